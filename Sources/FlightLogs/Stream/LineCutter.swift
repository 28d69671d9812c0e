/// Cuts a text that comes in windows into lines, ended by LF, CRLF or CR; a byte-order mark at the start is left out.
///
/// The lines do not depend on where the windows end. Of a line longer than `lineLimit` the first `lineLimit` bytes are
/// told, the rest is dropped.
struct LineCutter {
  struct Line {
    /// From 1.
    let number: Int
    /// Inside the window.
    let range: Range<Int>
    /// The file ends before the line does: its last number may lack digits.
    let isCut: Bool
    /// The line goes on behind the range and its rest is dropped.
    let isLong: Bool
  }

  /// Longest line that is told, bytes.
  static let lineLimit = 1 << 16

  private var number = 0
  private var isAtStart = true
  private var isDropping = false
  /// Bytes of long lines that were dropped.
  private(set) var droppedByteCount = 0

  /// The next line from `position` on, which moves behind it; `nil` where the window holds no whole one.
  mutating func next(_ bytes: borrowing Span<UInt8>, _ position: inout Int, isEnd: Bool) -> Line? {
    if isAtStart {
      guard bytes.count - position >= 3 || isEnd else { return nil }
      isAtStart = false
      if bytes.matches("\u{FEFF}", at: position, end: bytes.count) { position += 3 }
    }
    if isDropping {
      let start = position
      let end = Self.lineEnd(bytes, start, bytes.count)
      droppedByteCount += end - start
      position = end
      guard end < bytes.count || isEnd else { return nil }
      guard skipEnd(bytes, &position, isEnd: isEnd) else { return nil }
      isDropping = false
    }
    guard position < bytes.count else { return nil }
    let limit = min(bytes.count, position + Self.lineLimit + 1)
    let end = Self.lineEnd(bytes, position, limit)
    if end - position > Self.lineLimit {
      number += 1
      let range = position..<position + Self.lineLimit
      position = range.upperBound
      isDropping = true
      return Line(number: number, range: range, isCut: false, isLong: true)
    }
    guard end < bytes.count || isEnd else { return nil }
    let range = position..<end
    var after = end
    guard skipEnd(bytes, &after, isEnd: isEnd) else { return nil }
    position = after
    number += 1
    return Line(number: number, range: range, isCut: end == bytes.count, isLong: false)
  }

  /// Moves behind a line's end; false where CR is the window's last byte and LF may follow.
  private func skipEnd(_ bytes: borrowing Span<UInt8>, _ position: inout Int, isEnd: Bool) -> Bool {
    guard position < bytes.count else { return true }
    guard bytes[position] == 13 else {
      position += 1
      return true
    }
    guard position + 1 < bytes.count || isEnd else { return false }
    position += position + 1 < bytes.count && bytes[position + 1] == 10 ? 2 : 1
    return true
  }

  @inline(__always)
  private static func lineEnd(_ bytes: borrowing Span<UInt8>, _ start: Int, _ limit: Int) -> Int {
    var position = start
    while position < limit, bytes[position] != 10, bytes[position] != 13 { position += 1 }
    return position
  }
}
