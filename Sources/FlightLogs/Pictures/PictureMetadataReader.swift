package import InspectionModel

/// Reads a picture's embedded metadata from the first bytes of its file.
///
/// Source: ITU-T T.81 annex B and the PNG specification for the containers, CIPA DC-008 for EXIF, ISO 16684 for
/// XMP. Extended XMP, thumbnails and maker notes are left alone. Nothing is decoded.
package enum PictureMetadataReader {
  /// Metadata and what was wrong on the way.
  package struct Reading: Sendable {
    package var metadata: PictureMetadata
    /// Damage with its byte offset; the metadata holds what could be read.
    package var faults: [(offset: Int, message: String)]
  }

  /// The kind of picture that the first bytes announce; `nil` for anything else.
  package static func format(of bytes: [UInt8]) -> PictureMetadata.Format? {
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
    return bytes.starts(with: PNGChunks.signature) ? .png : nil
  }

  /// Reads what is there.
  ///
  /// - Parameters:
  ///   - bytes: the file, or its first part.
  ///   - isWholeFile: whether missing bytes are damage, or only beyond what was loaded.
  /// - Returns: `nil` where the bytes are no picture.
  package static func read(_ bytes: [UInt8], isWholeFile: Bool) -> Reading? {
    guard let format = format(of: bytes) else { return nil }
    var reading = Reading(metadata: PictureMetadata(format: format), faults: [])
    switch format {
    case .jpeg: readJPEG(bytes, isWholeFile: isWholeFile, into: &reading)
    case .png: readPNG(bytes, isWholeFile: isWholeFile, into: &reading)
    }
    return reading
  }

  private static func readJPEG(_ bytes: [UInt8], isWholeFile: Bool, into reading: inout Reading) {
    var segments = JPEGSegments(bytes)
    var (tiff, packet) = (BoundedBytes?.none, BoundedBytes?.none)
    while let segment = segments.next() {
      switch segment.marker {
      case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF:
        reading.metadata.storedHeightPixels = segment.body.uint16(1, bigEndian: true).flatMap(nonZero)
        reading.metadata.storedWidthPixels = segment.body.uint16(3, bigEndian: true).flatMap(nonZero)
      case 0xE1 where segment.body.starts(with: "Exif\0"):
        // Two bytes end the name; the second is 0 or padding.
        tiff = tiff ?? segment.body.part(6, segment.body.count - 6)
      case 0xE1 where segment.body.starts(with: "http://ns.adobe.com/xap/1.0/\0"):
        packet = packet ?? segment.body.part(29, segment.body.count - 29)
      default: break
      }
    }
    readTags(tiff: tiff, packet: packet, into: &reading)
    if let fault = segments.fault, isWholeFile || !fault.isEndOfBytes {
      reading.faults.append((fault.offset, fault.message))
    }
  }

  private static func readPNG(_ bytes: [UInt8], isWholeFile: Bool, into reading: inout Reading) {
    var chunks = PNGChunks(bytes)
    var (tiff, packet) = (BoundedBytes?.none, BoundedBytes?.none)
    while let chunk = chunks.next() {
      switch chunk.name {
      case "IHDR":
        reading.metadata.storedWidthPixels = chunk.body.uint32(0, bigEndian: true).flatMap(nonZero)
        reading.metadata.storedHeightPixels = chunk.body.uint32(4, bigEndian: true).flatMap(nonZero)
      case "eXIf": tiff = tiff ?? chunk.body
      case "iTXt" where chunk.body.starts(with: "XML:com.adobe.xmp\0\0\0"):
        // Language and translated keyword, each ended by 0, stand before the packet.
        packet = packet ?? chunk.body.afterZeros(2, from: 20)
      default: break
      }
    }
    readTags(tiff: tiff, packet: packet, into: &reading)
    if let offset = chunks.cutOffset, isWholeFile {
      reading.faults.append((offset, "a PNG chunk is cut by the end of the file"))
    }
  }

  /// Reads the first block of each kind: EXIF first, since XMP states some of it more precisely.
  private static func readTags(tiff: BoundedBytes?, packet: BoundedBytes?, into reading: inout Reading) {
    if let tiff {
      let message =
        if let reader = ExifReader(tiff) { reader.read(into: &reading.metadata) } else {
          String?("expected a TIFF header (II or MM)")
        }
      if let message { reading.faults.append((tiff.range.lowerBound, message)) }
    }
    if let packet, let message = XMPReader(packet).read(into: &reading.metadata) {
      reading.faults.append((packet.range.lowerBound, message))
    }
  }

  private static func nonZero(_ value: Int) -> Int? { value > 0 ? value : nil }
}

extension BoundedBytes {
  /// What follows the `count`th zero byte at or after `offset`.
  fileprivate func afterZeros(_ count: Int, from offset: Int) -> BoundedBytes? {
    var (position, left) = (offset, count)
    while left > 0 {
      guard let byte = byte(position) else { return nil }
      if byte == 0 { left -= 1 }
      position += 1
    }
    return part(position, self.count - position)
  }
}
