/// Walks the marker segments before the entropy-coded data of a JPEG file (ITU-T T.81, B.1.1).
struct JPEGSegments {
  struct Segment {
    let marker: UInt8
    /// The segment without marker and length.
    let body: BoundedBytes
  }

  struct Damage {
    let offset: Int
    let message: String
    /// The bytes ended too early: no damage where only the first part of a file was loaded.
    let isEndOfBytes: Bool
  }

  private let bytes: [UInt8]
  private var position = 2
  private var isDone = false
  private(set) var fault: Damage?

  /// - Precondition: the bytes begin with the start-of-image marker.
  init(_ bytes: [UInt8]) {
    precondition(bytes.starts(with: [0xFF, 0xD8]), "a JPEG begins with FF D8")
    self.bytes = bytes
  }

  /// The next segment; `nil` at the start of the scan, the end of the bytes or at damage (see `fault`).
  mutating func next() -> Segment? {
    while !isDone {
      guard position < bytes.count else { return stop("the file ends before its picture data", atEnd: true) }
      guard bytes[position] == 0xFF else { return stop("expected a marker (FF)", atEnd: false) }
      // Any number of fill bytes may stand before a marker.
      var place = position + 1
      while place < bytes.count, bytes[place] == 0xFF { place += 1 }
      guard place < bytes.count else { return stop("the file ends inside a marker", atEnd: true) }
      let marker = bytes[place]
      position = place + 1
      switch marker {
      case 0x01, 0xD0...0xD7: continue
      case 0x00: return stop("expected a marker, found FF 00", atEnd: false)
      case 0xDA, 0xD9:
        isDone = true
        return nil
      default: break
      }
      let whole = BoundedBytes(bytes, 0..<bytes.count)
      guard let length = whole.uint16(position, bigEndian: true) else {
        return stop("the file ends inside a segment's length", atEnd: true)
      }
      guard length >= 2 else { return stop("expected a segment length of 2 or more", atEnd: false) }
      guard let body = whole.part(position + 2, length - 2) else {
        return stop("a segment is cut by the end of the file", atEnd: true)
      }
      position += length
      return Segment(marker: marker, body: body)
    }
    return nil
  }

  private mutating func stop(_ message: String, atEnd: Bool) -> Segment? {
    isDone = true
    fault = Damage(offset: position, message: message, isEndOfBytes: atEnd)
    return nil
  }
}
