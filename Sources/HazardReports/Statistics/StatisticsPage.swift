package import InspectionModel

/// The page of statistics that a duty officer reads, prints and signs: one file, no scripts, nothing fetched from
/// elsewhere; well-formed XML too.
package struct StatisticsPage: Sendable {
  let statistics: CaseStatistics
  let language: Language

  package init(_ statistics: CaseStatistics, language: Language) {
    self.statistics = statistics
    self.language = language
  }

  package static let fileName = "statistics.html"

  /// The whole file.
  package var text: String {
    let css = ReportStyle.css(header: Self.runningTitle(language), language: language) + Self.style
    let generator = "jinxun \(statistics.input.programVersion)"
    var page = "<!DOCTYPE html>\n" + ReportMarkup.opening(language) + "\n"
    page += ReportMarkup.head(title: "\(title) \(periodText)", generator: generator, css: css)
    page += "<body>\n" + header + "<main>\n" + figures + course
    for (number, group) in statistics.groups.enumerated() { page += section(of: group, number: number + 3) }
    return page + places + firstSights + meanings + signatures + "</main>\n</body>\n</html>\n"
  }

  /// The words of the page's language.
  func words(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

  private static func runningTitle(_ language: Language) -> String {
    language == .zh ? "津巡案件统计" : "Jinxun case statistics"
  }

  var title: String {
    switch statistics.input.subject {
    case .allCases: words("津巡案件统计", "Jinxun case statistics")
    case .campaign(_, let zh, let en, _): words("津巡攻坚行动统计：\(zh)", "Jinxun campaign statistics: \(en)")
    }
  }

  /// The first and the last day, or instants where the period is none of whole days.
  var periodText: String {
    let (from, to, zone) = (statistics.input.from, statistics.input.to, statistics.input.zone)
    let last = to.advanced(byNanoseconds: -1)
    let isWholeDays = [from, to].allSatisfy { $0.iso8601(in: zone).contains("T00:00:00.000") }
    guard isWholeDays, from < to else { return "\(timeText(from)) – \(timeText(to))" }
    let days = [from, last].map { String(timeText($0).prefix(10)) }
    return days[0] == days[1] ? days[0] : "\(days[0]) – \(days[1])"
  }

  /// Date and time of day to a minute, in the zone that the header states.
  func timeText(_ instant: Timestamp) -> String {
    let civil = instant.civil(in: statistics.input.zone)
    let date = "\(padded(civil.year, 4))-\(padded(civil.month, 2))-\(padded(civil.day, 2))"
    return "\(date) \(padded(civil.hour, 2)):\(padded(civil.minute, 2))"
  }

  private var header: String {
    let input = statistics.input
    var facts = [
      (words("区县", "District"), words(input.districtZh, input.districtEn)),
      (words("统计期", "Period"), periodText),
      (words("截至", "As known at"), timeText(input.asOf)),
      (words("时区", "Time zone"), "UTC\(input.zone.suffix)"),
      (words("程序", "Program"), "jinxun \(input.programVersion)"),
    ]
    if case .campaign(_, _, _, let classes) = input.subject {
      let names = classes.map { words($0.nameZh, $0.nameEn) }.joined(separator: words("、", ", "))
      facts.append((words("涵盖类别", "Classes"), names))
    }
    let list = facts.map { fact in
      element("div", [:], element("dt", [:], escaped(fact.0)) + element("dd", [:], escaped(fact.1)))
    }
    var notice = ""
    if input.asOf < input.to {
      let sentence = words(
        "统计期尚未结束：数字截至\(timeText(input.asOf))。",
        "The period is not over: figures up to \(timeText(input.asOf)).")
      notice = element("p", ["class": "notice"], escaped(sentence))
    }
    return element(
      "header", [:],
      "\n" + element("h1", [:], escaped(title)) + "\n"
        + element("dl", ["class": "facts"], list.joined(separator: "\n")) + notice + "\n") + "\n"
  }

  private var signatures: String {
    let names = [words("制表", "Prepared by"), words("审核", "Checked by"), words("日期", "Date")]
    return element("div", ["class": "signatures"], names.map { element("div", [:], escaped($0)) }.joined())
      + "\n"
  }

  /// What the style sheet of reports lacks for numbers and bars.
  private static let style = """
    .numbers td, .numbers thead th:not(:first-child) { text-align: right; }
    .numbers td { font-variant-numeric: tabular-nums; white-space: nowrap; }
    .numbers thead th { white-space: normal; vertical-align: bottom; line-height: 1.25; }
    .numbers tbody th { min-width: 7.5em; }
    .numbers tr.total { border-top: 1.5px solid #1f3a5f; font-weight: 700; }
    .numbers tr.total th { font-weight: 700; }
    .numbers .late { color: #a11212; font-weight: 700; }
    .numbers small { display: block; color: #555; }
    .bar { vertical-align: -1px; margin-right: 6px; }
    .remark { margin-bottom: 10px; }
    .course .new, .course .done { shape-rendering: crispEdges; }
    .course { margin: 0 0 10px; break-inside: avoid; }
    .course svg { width: 100%; height: auto; display: block; }
    .course text { font-family: var(--fonts); font-size: 10px; fill: #444; }
    .new { fill: #1f3a5f; }
    .done { fill: #fff; stroke: #1f3a5f; stroke-width: 0.8; }
    """ + "\n"
}
