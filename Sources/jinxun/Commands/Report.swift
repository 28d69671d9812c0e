internal import ArgumentParser
internal import Foundation
internal import HazardReports
internal import InspectionModel
internal import InspectionPipeline
internal import InspectionStore
internal import WorkOrders

/// `jinxun report`: statistics of a day or of a campaign.
struct Report: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes statistics of a day or of a campaign: statistics.html and statistics.csv.",
    discussion: """
      Cases established, closed, open and overdue, on-time rate, re-opened, time to first sight and to close, repeat \
      places, notices, per square kilometre and hour watched; by class, town, department and tier. What has no \
      denominator is shown as "-" with its reason.

      Examples:
        jinxun report --daily --store district.sqlite --out today
        jinxun report --daily 2026-11-24 --store district.sqlite --out day --language en
        jinxun report --campaign traffic --period 2026-11-01..2026-11-30 --store district.sqlite --out traffic
      """)

  @Flag(help: "One day: the one given, or that of --now.")
  var daily = false

  @Argument(help: "The day of --daily, such as 2026-11-24.")
  var date: String?

  @Option(help: ArgumentHelp("A campaign of the governance file, by key or name.", valueName: "name"))
  var campaign: String?

  @Option(help: ArgumentHelp("First and last day: 2026-11-01..2026-11-30.", valueName: "from..to"))
  var period: String?

  @Option(help: ArgumentHelp("The store.", valueName: "file"))
  var store: String

  @Option(help: ArgumentHelp("Folder for the results.", valueName: "dir"))
  var out: String

  @Option(help: ArgumentHelp("Time up to which is judged; default: the machine's clock.", valueName: "time"))
  var now: String?

  @OptionGroup var pipeline: PipelineOptions

  @Option(help: "Language of the page: zh or en.")
  var language: Language = .zh

  func validate() throws {
    guard daily != (campaign != nil) else { throw ValidationError("expected either --daily or --campaign") }
    if daily, period != nil { throw ValidationError("--daily takes one day and no --period") }
    if campaign != nil, period == nil { throw ValidationError("--campaign needs --period from..to") }
    if !daily, date != nil { throw ValidationError("expected no day without --daily, found \(date ?? "")") }
  }

  func run() async throws {
    try await reportingFailures {
      let pipeline = try pipeline.load()
      let governance = pipeline.governance
      let zone = governance.calendar.zone
      let now = try instant(now, option: "--now", zone: zone) ?? wallClock()
      let (subject, span) = (try subject(governance), try span(now: now, zone: zone))
      let opened = try InspectionStore.existing(path: store)
      let source = try await StatisticsSource(store: opened, pipeline: pipeline, now: now)
      try opened.close()
      let statistics = CaseStatistics(
        StatisticsInput(
          subject: subject, from: span.from, to: span.to, asOf: now, zone: zone, cases: source.cases,
          alarms: try source.alarms(in: span, life: CaseLife(governance: governance)),
          watched: source.watched(in: span),
          districtSquareKilometers: StatisticsSource.districtSquareKilometers, townSquareKilometers: [:],
          districtZh: governance.name.zh, districtEn: governance.name.en,
          programVersion: ProgramVersion.current))
      try write(statistics)
    }
  }

  private func span(now: Timestamp, zone: UTCOffset) throws -> StatisticsPeriod {
    guard let text = daily ? date : period else { return StatisticsPeriod(dayOf: now, zone: zone) }
    guard let span = StatisticsPeriod(text: text, zone: zone) else {
      let expected = daily ? "a day such as 2026-11-24" : "--period 2026-11-01..2026-11-30"
      throw ValidationError("expected \(expected), found \"\(text)\"")
    }
    return span
  }

  private func subject(_ governance: Governance) throws -> StatisticsInput.Subject {
    func reported(_ hazardClass: HazardClass) -> StatisticsInput.ReportedClass {
      .init(key: hazardClass.key, nameZh: hazardClass.name.zh, nameEn: hazardClass.name.en)
    }
    guard let campaign else { return .allCases(classes: governance.classes.map(reported)) }
    let found = governance.campaigns.first { [$0.key, $0.name.zh, $0.name.en].contains(campaign) }
    guard let found else {
      let known = governance.campaigns.map(\.key).joined(separator: ", ")
      throw ValidationError("--campaign: expected one of \(known), found \"\(campaign)\"")
    }
    return .campaign(
      key: found.key, nameZh: found.name.zh, nameEn: found.name.en,
      classes: found.classes.compactMap(governance.hazardClass).map(reported))
  }

  private func write(_ statistics: CaseStatistics) throws {
    let folder = URL(filePath: out, directoryHint: .isDirectory)
    let files = [
      (StatisticsPage.fileName, StatisticsPage(statistics, language: language).text),
      (StatisticsTable.fileName, StatisticsTable(statistics).text),
    ]
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
    } catch {
      throw CommandFailure("--out \(out): cannot write: \((error as NSError).localizedDescription)")
    }
    let total = statistics.total.figures
    Standard.error(
      "\(out): \(total.established) cases established, \(total.closed) closed, \(total.open) open")
  }
}
