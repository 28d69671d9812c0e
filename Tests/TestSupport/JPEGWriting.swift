/// Writes JPEG marker segments.
package enum JPEGWriting {
  package static let startOfImage: [UInt8] = [0xFF, 0xD8]
  package static let endOfImage: [UInt8] = [0xFF, 0xD9]

  /// A marker segment with its length.
  ///
  /// - Precondition: at most 65,533 bytes.
  package static func segment(_ marker: UInt8, _ body: [UInt8]) -> [UInt8] {
    let length = body.count + 2
    precondition(length <= 0xFFFF, "a JPEG segment holds at most 65,533 bytes")
    return [0xFF, marker, UInt8(length >> 8), UInt8(length & 0xFF)] + body
  }

  /// APP1 with EXIF.
  package static func exif(_ tiff: [UInt8]) -> [UInt8] { segment(0xE1, Array("Exif\0\0".utf8) + tiff) }

  /// APP1 with an XMP packet.
  package static func xmp(_ packet: String) -> [UInt8] {
    segment(0xE1, Array("http://ns.adobe.com/xap/1.0/\0".utf8) + Array(packet.utf8))
  }

  /// A start-of-frame segment; `factors` holds one sampling byte a component.
  package static func frameHeader(
    _ marker: UInt8 = 0xC0, width: Int, height: Int, precision: UInt8 = 8, factors: [UInt8] = [0x11]
  ) -> [UInt8] {
    let sides = [UInt8(height >> 8), UInt8(height & 0xFF), UInt8(width >> 8), UInt8(width & 0xFF)]
    let components: [UInt8] = factors.enumerated().flatMap { [UInt8($0.offset + 1), $0.element, 0] }
    return segment(marker, [precision] + sides + [UInt8(factors.count)] + components)
  }

  /// A start-of-scan segment of components 1 ... `components` with tables 0.
  package static func scanHeader(components: Int, spectral: ClosedRange<UInt8> = 0...63, bits: UInt8 = 0)
    -> [UInt8]
  {
    let list: [UInt8] = (1...components).flatMap { [UInt8($0), 0] }
    return segment(
      0xDA, [UInt8(components)] + list + [spectral.lowerBound, spectral.upperBound, bits])
  }

  /// Quantisation table 0, all ones.
  package static let flatQuantisation = segment(0xDB, [0] + [UInt8](repeating: 1, count: 64))

  /// Huffman table 0 with two codes of one bit: `0` and `1` stand for these symbols. Class 0 is DC, 1 is AC.
  package static func huffman(tableClass: UInt8, _ zero: UInt8, _ one: UInt8) -> [UInt8] {
    segment(0xC4, [tableClass << 4, 1, 1] + [UInt8](repeating: 0, count: 14) + [zero, one])
  }
}

extension JPEGWriting {
  /// A file cut into its start marker, its segments up to the first scan, and the rest from that scan on.
  ///
  /// - Precondition: a sound file of a program's own encoder.
  package static func parts(of file: [UInt8]) -> (segments: [[UInt8]], scans: [UInt8]) {
    var segments: [[UInt8]] = []
    var position = 2
    while file[position + 1] != 0xDA {
      let end = position + 2 + Int(file[position + 2]) << 8 + Int(file[position + 3])
      segments.append(Array(file[position..<end]))
      position = end
    }
    return (segments, Array(file[position...]))
  }

  /// The file with its segments changed.
  package static func changing(_ file: [UInt8], _ change: ([[UInt8]]) -> [[UInt8]]) -> [UInt8] {
    let parts = parts(of: file)
    return startOfImage + change(parts.segments).joined() + parts.scans
  }

  /// APP14 of Adobe: transform 0 says R, G, B or C, M, Y, K; 1 Y, Cb, Cr; 2 Y, C, C, K.
  package static func adobe(transform: UInt8) -> [UInt8] {
    segment(0xEE, Array("Adobe".utf8) + [0, 100, 0, 0, 0, 0, transform])
  }
}
