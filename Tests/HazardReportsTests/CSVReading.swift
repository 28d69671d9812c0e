import Testing

/// Reads tables as a spreadsheet does.
enum CSVReading {
  /// RFC 4180, written from its grammar: every record ends with CRLF, a quote inside quotes is doubled.
  static func rows(_ text: String) throws -> [[String]] {
    var (rows, row, cell): ([[String]], [String], String.UnicodeScalarView) = ([], [], .init())
    var isQuoted = false
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      if isQuoted {
        guard scalar == "\"" else {
          cell.append(scalar)
          continue
        }
        if scalars.first == "\"" {
          cell.append(scalars.removeFirst())
        } else {
          isQuoted = false
          #expect(scalars.first == "," || scalars.first == "\r")
        }
      } else if scalar == "\"" {
        #expect(cell.isEmpty, "a quote inside a bare cell")
        isQuoted = true
      } else if scalar == "," || scalar == "\r" {
        row.append(String(cell))
        cell = .init()
        guard scalar == "\r" else { continue }
        try #require(scalars.popFirst() == "\n")
        rows.append(row)
        row = []
      } else {
        #expect(scalar != "\n")
        cell.append(scalar)
      }
    }
    #expect(!isQuoted && row.isEmpty && cell.isEmpty, "the last record ends with CRLF")
    return rows
  }
}
