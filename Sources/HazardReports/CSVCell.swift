/// One cell of a table for spreadsheets (RFC 4180): text is from outside and may try to be a formula, a number is our
/// own.
enum CSVCell {
  case text(String?)
  case number(String?)

  /// A row with its line end.
  static func line(_ cells: [CSVCell]) -> String {
    cells.map { cell in
      switch cell {
      case .number(let text): text ?? ""
      case .text(let text): quoted(text ?? "")
      }
    }.joined(separator: ",") + "\r\n"
  }

  /// A cell that a spreadsheet would run as a formula gets an apostrophe, which it shows as plain text (OWASP, "CSV
  /// injection", with the full-width signs that some spreadsheets accept). Control characters other than line
  /// breaks and tabs become U+FFFD.
  private static func quoted(_ text: String) -> String {
    var cell = printable(text)
    if let first = cell.unicodeScalars.first, "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first) {
      cell = "'" + cell
    }
    guard cell.unicodeScalars.contains(where: { "\",\r\n;\t".unicodeScalars.contains($0) }) else {
      return cell
    }
    return "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}
