/// The lines of a text file, ended by LF, CRLF or CR; a byte-order mark at the start is left out.
package struct TextLines {
  /// One line, without its end.
  package struct Line {
    /// From 1.
    package let number: Int
    package let text: ArraySlice<UInt8>
    /// The file ends before the line does: its last number may lack digits.
    package let isCut: Bool
  }

  private let bytes: ArraySlice<UInt8>
  private var position: Int
  private var number = 0

  /// Stands before the first line.
  package init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position += 3 }
  }

  /// The next line without its end; `nil` after the last.
  package mutating func next() -> Line? {
    guard position < bytes.endIndex else { return nil }
    number += 1
    let start = position
    while position < bytes.endIndex, bytes[position] != 10, bytes[position] != 13 { position += 1 }
    let text = bytes[start..<position]
    let isCut = position == bytes.endIndex
    if position < bytes.endIndex {
      let isPair = bytes[position] == 13 && position + 1 < bytes.endIndex && bytes[position + 1] == 10
      position += isPair ? 2 : 1
    }
    return Line(number: number, text: text, isCut: isCut)
  }
}
