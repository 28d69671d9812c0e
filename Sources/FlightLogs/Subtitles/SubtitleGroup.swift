/// The comma-separated values of `name(…)`; the closing bracket must be there.
struct SubtitleGroup {
  private(set) var count = 0
  private(set) var first = 0..<0
  private(set) var second = 0..<0
  private(set) var third = 0..<0

  /// - Parameter start: right behind the name.
  init?(_ bytes: borrowing Span<UInt8>, _ start: Int, _ line: Range<Int>) {
    var position = start
    while position < line.upperBound, bytes[position] == 32 { position += 1 }
    guard position < line.upperBound, bytes[position] == UInt8(ascii: "("),
      let close = bytes.firstIndex(of: UInt8(ascii: ")"), in: position..<line.upperBound)
    else { return nil }
    position += 1
    while true {
      let end = bytes.firstIndex(of: UInt8(ascii: ","), in: position..<close) ?? close
      let value = bytes.trimmed(position..<end)
      switch count {
      case 0: first = value
      case 1: second = value
      case 2: third = value
      default: break
      }
      count += 1
      guard end < close else { return }
      position = end + 1
    }
  }
}
