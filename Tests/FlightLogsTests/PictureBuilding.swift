import FlightLogs
import InspectionModel
import TestSupport

/// Writes picture files that hold nothing but headers and metadata.
enum PictureBuilding {
  /// A JPEG's markers up to its first scan.
  static func jpeg(_ segments: [UInt8]..., width: Int = 640, height: Int = 480) -> [UInt8] {
    JPEGWriting.startOfImage + segments.joined() + JPEGWriting.frameHeader(width: width, height: height)
      + JPEGWriting.scanHeader(components: 1) + [0] + JPEGWriting.endOfImage
  }

  /// A PNG's chunks with their checksums.
  static func png(_ chunks: [UInt8]..., width: Int = 640, height: Int = 480) -> [UInt8] {
    var picture = PNGWriting(width: width, height: height, depth: 8, colourType: .grey)
    picture.extraChunks = Array(chunks.joined())
    return picture.bytes(stream: [])
  }

  /// An uncompressed iTXt chunk with an XMP packet.
  static func textChunk(xmp packet: String) -> [UInt8] {
    PNGWriting.chunk("iTXt", Array("XML:com.adobe.xmp\0\0\0en\0translated\0".utf8) + Array(packet.utf8))
  }

  /// What a reader makes of a JPEG with this EXIF block.
  static func reading(_ tiff: [UInt8]) -> PictureMetadataReader.Reading? {
    PictureMetadataReader.read(jpeg(JPEGWriting.exif(tiff)), isWholeFile: true)
  }
}
