import FlightLogs
import InspectionModel

/// Writes picture files that hold nothing but headers and metadata.
enum PictureBuilding {
  /// APP1 with EXIF.
  static func exif(_ tiff: [UInt8]) -> [UInt8] { segment(0xE1, Array("Exif\0\0".utf8) + tiff) }

  /// APP1 with an XMP packet.
  static func xmp(_ packet: String) -> [UInt8] {
    segment(0xE1, Array("http://ns.adobe.com/xap/1.0/\0".utf8) + Array(packet.utf8))
  }

  static func segment(_ marker: UInt8, _ body: [UInt8]) -> [UInt8] {
    let length = body.count + 2
    return [0xFF, marker, UInt8(length >> 8), UInt8(length & 0xFF)] + body
  }

  /// A JPEG's markers up to its first scan.
  static func jpeg(_ segments: [UInt8]..., width: Int = 640, height: Int = 480) -> [UInt8] {
    let sides = [UInt8(height >> 8), UInt8(height & 0xFF), UInt8(width >> 8), UInt8(width & 0xFF)]
    let frame = segment(0xC0, [8] + sides + [1, 1, 0x11, 0])
    return [0xFF, 0xD8] + segments.joined() + frame + segment(0xDA, [1, 1, 0, 0, 63, 0]) + [0, 0xFF, 0xD9]
  }

  /// A PNG's chunks with their checksums.
  static func png(_ chunks: [UInt8]..., width: Int = 640, height: Int = 480) -> [UInt8] {
    let header = chunk("IHDR", bigEndian(width) + bigEndian(height) + [8, 0, 0, 0, 0])
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + header + chunks.joined() + chunk("IEND", [])
  }

  static func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
    let content = Array(name.utf8) + body
    return bigEndian(body.count) + content + bigEndian(Int(checksum(content)))
  }

  /// An uncompressed iTXt chunk with an XMP packet.
  static func textChunk(xmp packet: String) -> [UInt8] {
    chunk("iTXt", Array("XML:com.adobe.xmp\0\0\0en\0translated\0".utf8) + Array(packet.utf8))
  }

  private static func bigEndian(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  /// CRC-32 as PNG has it, bit by bit.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum = UInt32.max
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
  }

  /// What a reader makes of a JPEG with this EXIF block.
  static func reading(_ tiff: [UInt8]) -> PictureMetadataReader.Reading? {
    PictureMetadataReader.read(jpeg(exif(tiff)), isWholeFile: true)
  }
}
