internal import InspectionModel

/// The report that a duty officer reads, prints and signs: one file, no scripts, nothing fetched from elsewhere.
///
/// The markup is well-formed XML too, so that any XML reader can check it.
struct HTMLReport {
  let record: InspectionRecord
  let language: Language
  let zone: UTCOffset
  let evidence: EvidenceLookup
  /// Incidents in the order of the report; their number is their index + 1, on the map too.
  let incidents: [Incident]

  init(record: InspectionRecord, language: Language, zone: UTCOffset, evidence: @escaping EvidenceLookup) {
    self.record = record
    self.language = language
    self.zone = zone
    self.evidence = evidence
    incidents = record.incidentsByUrgency
  }

  func write(to output: TextOutput) throws {
    try output.write("<!DOCTYPE html>\n")
    try output.write(ReportMarkup.opening(language))
    try output.write("\n" + head + "<body>\n")
    try output.write(header + "<main>\n")
    try output.write(summary + coverage + maps + incidentIndex)
    try writeIncidentCards(to: output)
    try output.write(faults + provenance + signatures)
    try output.write("</main>\n</body>\n</html>\n")
  }

  var title: String { text("津巡隐患巡查报告", "Jinxun hazard inspection report") }

  /// The words of the report's language.
  func text(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

  /// Date and time of day in the report's zone, which the header states.
  func timeText(_ instant: Timestamp) -> String {
    let civil = instant.civil(in: zone)
    let date = "\(padded(civil.year, 4))-\(padded(civil.month, 2))-\(padded(civil.day, 2))"
    return "\(date) \(padded(civil.hour, 2)):\(padded(civil.minute, 2)):\(padded(civil.second, 2))"
  }

  /// Two instants; the second without its date where that is the same.
  func spanText(_ first: Timestamp, _ last: Timestamp) -> String {
    let (from, to) = (timeText(first), timeText(last))
    if from == to { return from }
    return from.prefix(10) == to.prefix(10) ? "\(from) – \(to.dropFirst(11))" : "\(from) – \(to)"
  }

  /// A score to a hundredth.
  func scoreText(_ score: HazardScore) -> String { decimalText(score.fraction, decimals: 2) ?? "?" }

  func section(_ id: String, _ heading: String, _ content: String) -> String {
    ReportMarkup.section(id, heading, content)
  }

  func table(
    _ className: String, caption: String, headings: [String], rows: [(className: String, cells: [String])]
  ) -> String {
    ReportMarkup.table(className, caption: caption, headings: headings, rows: rows)
  }

  /// A small label beside a name.
  func badge(_ className: String, _ words: String) -> String {
    element("span", ["class": "badge \(className)"], escaped(words))
  }

  private var head: String {
    ReportMarkup.head(
      title: "\(title) \(timeText(record.run.establishedAt))",
      generator: "jinxun \(record.run.programVersion)",
      css: ReportStyle.css(header: title, language: language))
  }
}
