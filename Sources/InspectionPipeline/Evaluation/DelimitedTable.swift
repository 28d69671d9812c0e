internal import FlightLogs
package import Foundation

/// A small CSV file with a line of column names (RFC 4180, without line ends inside quotes), held in memory.
package struct DelimitedTable: Sendable {
  /// Where a file is no table, for people.
  package struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
    package let description: String
  }

  static let mostBytes = 64 << 20
  static let mostColumns = 256

  /// For messages.
  package let name: String
  private let columns: [String: Int]
  private let rows: [(line: Int, cells: [String])]

  /// - Throws: `Failure` where the file cannot be read or lacks one of the columns.
  package init(contentsOf file: URL, columns needed: [String]) throws {
    let text: String
    do {
      let size = try file.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
      guard size <= Self.mostBytes else {
        throw Failure(description: "\(file.path): \(size) bytes; expected at most \(Self.mostBytes)")
      }
      text = try String(contentsOf: file, encoding: .utf8)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(description: "\(file.path): cannot read it: \((error as NSError).localizedDescription)")
    }
    try self.init(text, name: file.lastPathComponent, columns: needed)
  }

  /// - Throws: `Failure` where the text lacks one of the columns.
  package init(_ text: String, name: String, columns needed: [String]) throws(Failure) {
    self.name = name
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let header = lines.first.map(Self.cells) ?? []
    let places = Dictionary(zip(header, header.indices), uniquingKeysWith: { first, _ in first })
    columns = places
    if let missing = needed.first(where: { places[$0] == nil }) {
      throw Failure(
        description: "\(name):1: expected a column '\(missing)', found \(header.joined(separator: ", "))")
    }
    rows = lines.enumerated().dropFirst().filter { !$0.element.isEmpty }.map { index, line in
      (line: index + 1, cells: Self.cells(line))
    }
  }

  /// One row.
  package struct Row: Sendable {
    let table: String
    /// From 1.
    package let line: Int
    fileprivate let columns: [String: Int]
    fileprivate let cells: [String]

    /// The text of a cell; empty where the row is too short or has no such column.
    package subscript(column: String) -> String {
      guard let index = columns[column], index < cells.count else { return "" }
      return cells[index]
    }

    /// A number, `nil` for an empty cell.
    ///
    /// - Throws: `Failure` for another text.
    func number(_ column: String) throws(Failure) -> Double? {
      let text = self[column]
      guard !text.isEmpty else { return nil }
      guard let number = Double(text), number.isFinite else {
        throw Failure(description: "\(table):\(line): \(column): expected a number, found '\(text)'")
      }
      return number
    }
  }

  package var allRows: [Row] {
    rows.map { Row(table: name, line: $0.line, columns: columns, cells: $0.cells) }
  }

  private static func cells(_ line: Substring) -> [String] {
    let cells = CSVCells(Array(line.utf8)[...], limit: mostColumns)
    return (0..<cells.count).map { String(decoding: cells[$0] ?? [], as: UTF8.self) }
  }
}
