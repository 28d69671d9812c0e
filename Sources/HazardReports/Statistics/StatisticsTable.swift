internal import InspectionModel

/// Statistics as a table for spreadsheets: UTF-8 with byte order mark, CRLF, every heading in Chinese and English.
///
/// A share has its two numbers beside it. What is missing is `-`, and the last columns say why.
package struct StatisticsTable: Sendable {
  private let statistics: CaseStatistics

  package init(_ statistics: CaseStatistics) { self.statistics = statistics }

  package static let fileName = "statistics.csv"

  /// The whole file.
  package var text: String {
    let zone = statistics.input.zone
    let span = [statistics.input.from, statistics.input.to, statistics.asOf].map {
      CSVCell.text($0.iso8601(in: zone))
    }
    var lines = "\u{FEFF}" + CSVCell.line(Self.headings.map { .text($0) })
    let groups = [("total", [statistics.total])] + statistics.groups.map { ($0.kind.rawValue, $0.rows) }
    for (group, rows) in groups {
      for row in rows {
        let names = [group, row.key, row.nameZh, row.nameEn].map { CSVCell.text($0) }
        lines += CSVCell.line(names + span + Self.figures(of: row))
      }
    }
    return lines
  }

  private static let headings: [String] =
    ["分组 group", "键 key", "名称 name_zh", "name_en", "起 from", "止 to", "截至 as_of"]
    + StatisticsColumn.all.flatMap { column -> [String] in
      let heading = "\(column.zh) \(column.key)\(column.isSeconds ? "_s" : "")"
      return column.isShare ? [heading, "\(column.key)_part", "\(column.key)_whole"] : [heading]
    } + ["缺项说明 gaps_zh", "gaps_en"]

  private static func figures(of row: StatisticsRow) -> [CSVCell] {
    var cells: [CSVCell] = [], gaps: [(StatisticsColumn, StatisticsGap)] = []
    for column in StatisticsColumn.all {
      let figure = column.figure(row)
      cells.append(.number(figure.plainText))
      if let gap = figure.gap { gaps.append((column, gap)) }
      guard column.isShare else { continue }
      if case .share(let part, let whole) = figure {
        cells += [.number("\(part)"), .number("\(whole)")]
      } else {
        cells += [.number("-"), .number("0")]
      }
    }
    let words = Language.allCases.map { language in
      CSVCell.text(gaps.map { "\($0.0.key): \($0.1.text(in: language))" }.joined(separator: "; "))
    }
    return cells + words
  }
}

extension StatisticsColumn {
  fileprivate var isShare: Bool { ["on_time", "reopened_rate", "not_a_hazard"].contains(key) }
  fileprivate var isSeconds: Bool { ["sight_to_case_median", "close_median", "close_p90"].contains(key) }
}
