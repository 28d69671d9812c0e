import HazardReports
import InspectionModel

/// Text that tries to leave its place in every format.
enum HostileText {
  static let all = [
    "\"quoted\" 'text'", "</script><script>alert(1)</script>", "a\nb\r\nc\rd", "=cmd|' /C calc'!A0", "+1+1",
    "-2+3",
    "@SUM(A1)", "\t=1", "＝1", "😀 津巡 e\u{301}", "nul\u{0} bell\u{7} esc\u{1B} del\u{7F} nel\u{85}",
    "\u{2028}line\u{2029}", "\u{FFFE}\u{FFFF}", "]]> <!-- -- & &amp; &#0;", "a,b;c", "\\u0041 \\ \\n", "",
    "..\\..\\..//%00", "\u{202E}override",
  ]

  /// A record in which every free text is hostile.
  static func record(_ text: String) -> InspectionRecord {
    let whole = ExampleRecord.whole
    var observations = whole.observations
    for index in observations.indices {
      observations[index].frame.name = text
      observations[index].placeRemark = text
      observations[index].witness.source = text
      observations[index].procedure.name = text
    }
    var incidents = whole.incidents
    for index in incidents.indices { incidents[index].witnesses = [Witness(kind: .person, source: text)] }
    var orders = whole.workOrders
    for index in orders.indices {
      orders[index].nameZh = text
      orders[index].nameEn = text
      orders[index].department = text
      orders[index].departmentID = text
      orders[index].reason = .init(rule: text, zh: text, en: text)
      orders[index].town = .init(code: text, nameZh: text, nameEn: text)
      orders[index].supportingDepartments = [text, text]
      orders[index].deadlines[0].nameZh = text
      orders[index].deadlines[0].nameEn = text
      orders[index].deadlines[0].limitZh = text
    }
    var run = whole.run
    run.programVersion = text
    run.pipelineName = text
    run.settingsHash = text
    run.attributions = [text]
    run.sources[0].witness.source = text
    run.analysers[0].procedure.version = text
    return InspectionRecord(
      run: run, observations: observations, incidents: incidents, workOrders: orders,
      faults: [Fault(code: text, subject: text, place: .line(1), message: text)],
      filter: RecordFilter(townCodes: [text]))
  }
}
