/// The cells of one row of a CSV file (RFC 4180, without line ends inside quotes), blanks and quotes around them
/// taken off.
package struct CSVCells {
  private var cells: [ArraySlice<UInt8>] = []

  /// Cuts out the first `limit` cells.
  package init(_ row: ArraySlice<UInt8>, limit: Int) {
    cells.reserveCapacity(min(limit, 64))
    var start = row.startIndex
    var position = start
    var isQuoted = false
    while position < row.endIndex, cells.count < limit {
      let byte = row[position]
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if byte == UInt8(ascii: ","), !isQuoted {
        cells.append(row[start..<position])
        start = position + 1
      }
      position += 1
    }
    if cells.count < limit { cells.append(row[start..<row.endIndex]) }
  }

  package var count: Int { cells.count }

  package subscript(index: Int) -> ArraySlice<UInt8>? {
    guard index < cells.count else { return nil }
    let cell = trimmed(cells[index])
    let quote = UInt8(ascii: "\"")
    guard cell.count >= 2, cell.first == quote, cell.last == quote else { return cell }
    return trimmed(cell.dropFirst().dropLast())
  }

  mutating func removeLast() { cells.removeLast() }
}
