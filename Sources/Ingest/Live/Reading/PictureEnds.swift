/// Whether the bytes of a picture are all there, by beginning and end; what lies between is the decoder's affair.
package enum PictureEnds {
  private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
  private static let pngEnd: [UInt8] = [0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82]
  /// Cameras pad pictures to whole words or blocks; more than this is no padding.
  private static let maximumPaddingBytes = 4096

  /// Whether the bytes begin as JPEG does.
  package static func isJPEG(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 3 && bytes[0] == 0xFF && bytes[1] == 0xD8 && bytes[2] == 0xFF
  }

  /// Whether the bytes begin as PNG does.
  package static func isPNG(_ bytes: [UInt8]) -> Bool { bytes.starts(with: png) }

  /// Removes padding behind the picture's end.
  ///
  /// - Returns: whether a whole JPEG (SOI to EOI) or PNG (signature to IEND) remains.
  package static func trim(_ bytes: inout [UInt8]) -> Bool {
    if isPNG(bytes) {
      removePadding(&bytes, until: { $0.suffix(8).elementsEqual(pngEnd) })
      return bytes.suffix(8).elementsEqual(pngEnd)
    }
    guard isJPEG(bytes) else { return false }
    removePadding(&bytes, until: endsWithEOI)
    return bytes.count > 4 && endsWithEOI(bytes)
  }

  private static func endsWithEOI(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 2 && bytes[bytes.count - 2] == 0xFF && bytes[bytes.count - 1] == 0xD9
  }

  private static func removePadding(_ bytes: inout [UInt8], until isEnd: ([UInt8]) -> Bool) {
    var removed = 0
    while !isEnd(bytes), let last = bytes.last, [0x00, 0x0A, 0x0D, 0x20, 0xFF].contains(last),
      removed < maximumPaddingBytes
    {
      bytes.removeLast()
      removed += 1
    }
  }
}
