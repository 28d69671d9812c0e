/// The words inside the brackets of a line, two that follow one another at a time.
struct BracketWords {
  private let end: Int
  private var position: Int
  private var close: Int?
  private var previous: Range<Int>?

  init(_ line: Range<Int>) { (position, end) = (line.lowerBound, line.upperBound) }

  mutating func nextPair(_ bytes: borrowing Span<UInt8>) -> (Range<Int>, Range<Int>)? {
    while true {
      if close == nil {
        guard let open = bytes.firstIndex(of: UInt8(ascii: "["), in: position..<end),
          let closing = bytes.firstIndex(of: UInt8(ascii: "]"), in: open..<end)
        else { return nil }
        (position, close, previous) = (open + 1, closing, nil)
      }
      guard let word = nextWord(bytes) else { continue }
      defer { previous = word }
      if let previous { return (previous, word) }
    }
  }

  /// The next word of the open bracket; `nil` and no open bracket behind its last one.
  private mutating func nextWord(_ bytes: borrowing Span<UInt8>) -> Range<Int>? {
    guard let close else { return nil }
    while position < close, Self.separates(bytes[position]) { position += 1 }
    guard position < close else {
      position = close + 1
      self.close = nil
      return nil
    }
    let start = position
    while position < close, !Self.separates(bytes[position]) { position += 1 }
    return start..<position
  }

  @inline(__always)
  private static func separates(_ byte: UInt8) -> Bool {
    byte <= 32 || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ",")
  }
}
