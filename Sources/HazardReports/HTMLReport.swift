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
    let tongue = language == .zh ? "zh-CN" : "en"
    try output.write(
      openingTag("html", ["xmlns": "http://www.w3.org/1999/xhtml", "lang": tongue, "xml:lang": tongue]))
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

  /// A section with its heading.
  func section(_ id: String, _ heading: String, _ content: String) -> String {
    let title = element("h2", ["id": "\(id)-heading"], escaped(heading))
    return element("section", ["id": id, "aria-labelledby": "\(id)-heading"], "\n\(title)\n\(content)\n")
      + "\n"
  }

  /// A table whose first cell of each row names the row. Cells are markup.
  func table(
    _ className: String, caption: String, headings: [String], rows: [(className: String, cells: [String])]
  ) -> String {
    let head = headings.map { element("th", ["scope": "col"], escaped($0)) }.joined()
    let body = rows.map { row -> String in
      let first = element("th", ["scope": "row"], row.cells.first ?? "")
      let others = row.cells.dropFirst().map { element("td", [:], $0) }.joined()
      return element("tr", row.className.isEmpty ? [:] : ["class": row.className], first + others)
    }
    return element(
      "table", ["class": className],
      element("caption", [:], escaped(caption)) + element("thead", [:], element("tr", [:], head))
        + element("tbody", [:], "\n" + body.joined(separator: "\n") + "\n"))
  }

  /// A small label beside a name.
  func badge(_ className: String, _ words: String) -> String {
    element("span", ["class": "badge \(className)"], escaped(words))
  }

  private var head: String {
    let meta = [
      "<meta charset=\"utf-8\" />",
      element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      element("meta", ["name": "generator", "content": "jinxun \(record.run.programVersion)"]),
      // The file must never load or run anything, whatever hostile text it shows.
      element(
        "meta",
        [
          "http-equiv": "Content-Security-Policy",
          "content": "default-src 'none'; img-src data:; style-src 'unsafe-inline'",
        ]),
      element("title", [:], escaped("\(title) \(timeText(record.run.establishedAt))")),
    ]
    let style = element("style", [:], "\n" + ReportStyle.css(header: title, language: language))
    return element("head", [:], "\n" + meta.joined(separator: "\n") + "\n" + style + "\n") + "\n"
  }
}
