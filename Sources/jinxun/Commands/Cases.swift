internal import ArgumentParser
internal import Foundation
internal import InspectionModel
internal import InspectionPipeline
internal import InspectionStore
internal import WorkOrders

/// `jinxun cases`: the cases of a store.
struct Cases: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists cases, shows and explains one, takes steps on it.",
    subcommands: [CasesList.self, CasesShow.self, CasesAdvance.self, CasesExplain.self, CasesLessons.self])
}

extension WorkOrder.Status: ExpressibleByArgument {}
extension GovernanceTier: ExpressibleByArgument {}
extension CaseQuery.Order: ExpressibleByArgument {}
extension CaseActor.Role: ExpressibleByArgument {}
extension CaseCommand.Kind: ExpressibleByArgument {}

/// What every command on cases needs.
struct CaseOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The store.", valueName: "file"))
  var store: String

  @OptionGroup var pipeline: PipelineOptions

  @Option(help: ArgumentHelp("When it happens; default: the machine's clock.", valueName: "time"))
  var now: String?

  @Option(help: "Language: zh or en.")
  var language: Language = .zh

  /// Opens the store and runs a piece of work on it.
  func open<Result>(
    _ work: (InspectionStore, ValidatedPipeline, Timestamp, CaseOffice) async throws -> Result
  ) async throws -> Result {
    try await reportingFailures {
      let pipeline = try pipeline.load()
      let now = try instant(now, option: "--now", zone: pipeline.governance.calendar.zone) ?? wallClock()
      let opened = try InspectionStore.existing(path: store)
      let office = try await CaseOffice(store: opened, governance: pipeline.governance, now: now)
      do {
        let result = try await work(opened, pipeline, now, office)
        try opened.close()
        return result
      } catch CaseOffice.Failure.refused(let refusal) {
        throw CommandFailure(refusal.text(in: language))
      }
    }
  }
}

/// `jinxun cases list`.
struct CasesList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists cases, a page at a time.",
    discussion: """
      Examples:
        jinxun cases list --store district.sqlite --open --tier town_street --town 500116001
        jinxun cases list --store district.sqlite --overdue --order due --limit 20
        jinxun cases list --store district.sqlite --json --page TOKEN

      The last line of a page that has a successor tells the token for --page.
      """)

  @OptionGroup var options: CaseOptions
  @Flag(inversion: .prefixedNo, help: "Only cases with, or without, something to do.")
  var open: Bool?
  @Flag(help: "Only open cases that are overdue.")
  var overdue = false
  @Option(help: "State: collected, registered, dispatched, handling, feedback, checked, …")
  var status: WorkOrder.Status?
  @Option(help: "Tier that holds the case: town_street, district, city.")
  var tier: GovernanceTier?
  @Option(help: "Town or street, by code or name.")
  var town: String?
  @Option(help: "Lead department, such as D04.")
  var department: String?
  @Option(name: .customLong("class"), help: "Class of the governance file, such as waterlogging.")
  var hazardClass: String?
  @Option(help: "Order: due, oldest, newest.")
  var order: CaseQuery.Order = .due
  @Option(help: "Cases of a page, 1 to 1000.")
  var limit = 50
  @Option(help: ArgumentHelp("Where to go on.", valueName: "token"))
  var page: String?
  @Flag(help: "One JSON object a line.")
  var json = false

  func run() async throws {
    guard (1...1000).contains(limit) else {
      throw ValidationError("--limit: expected 1 to 1000, found \(limit)")
    }
    try await options.open { store, pipeline, now, _ in
      var query = CaseQuery(
        status: status, isOpen: open, tier: tier, department: department, hazardClass: hazardClass,
        overdueAt: overdue ? now : nil, order: order)
      query.townCode = try town.map { try code(of: $0, in: pipeline.governance) }
      let token = try page.map { text in
        guard let token = CasePageToken(text: text) else {
          throw ValidationError("--page: expected a token that a page before ended with")
        }
        return token
      }
      let page = try await store.cases(matching: query, after: token, limit: limit)
      let zone = pipeline.governance.calendar.zone
      for order in page.cases {
        Standard.output(
          json ? try CaseLine.json(order, zone: zone) : CaseLine.text(order, options.language, now, zone))
      }
      if let next = page.next { Standard.error("--page \(next.text)") }
    }
  }

  private func code(of town: String, in governance: Governance) throws -> String {
    let found = governance.towns.map(\.town).first {
      [$0.code, $0.nameZh, $0.nameEn.lowercased()].contains(town)
        || $0.nameEn.lowercased() == town.lowercased()
    }
    guard let found else { throw ValidationError("--town: there is no town or street \"\(town)\"") }
    return found.code
  }
}

/// A case in one line.
enum CaseLine {
  static func text(_ order: WorkOrder, _ language: Language, _ now: Timestamp, _ zone: UTCOffset) -> String {
    let name = language == .zh ? order.nameZh : order.nameEn
    let town = order.town.map { language == .zh ? $0.nameZh : $0.nameEn } ?? "-"
    let due = order.deadlines.last.map { String($0.due.iso8601(in: zone).prefix(16)) } ?? "-"
    let isLate = order.status.isOpen && order.deadlines.contains { $0.due < now }
    return [
      order.caseNumber, order.status.name(in: language), name, town, order.department,
      "\(isLate ? "! " : "")\(due)",
    ].joined(separator: "  ")
  }

  static func json(_ order: WorkOrder, zone: UTCOffset) throws -> String {
    try CaseDossier.line(order, zone: zone)
  }
}

/// `jinxun cases show`.
struct CasesShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "A case's whole life as JSON.",
    discussion: "Example: jinxun cases show 500116-20261124-N-000001 --store district.sqlite")

  @Argument(help: ArgumentHelp("Its number.", valueName: "case"))
  var number: String
  @OptionGroup var options: CaseOptions

  func run() async throws {
    try await options.open { store, pipeline, _, office in
      let file = try await office.file(caseNumber: number)
      let dossier = try await CaseDossier(file, store: store)
      Standard.output(
        String(decoding: try dossier.json(zone: pipeline.governance.calendar.zone), as: UTF8.self))
    }
  }
}

/// `jinxun cases explain`.
struct CasesExplain: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Says step by step what happened to a case, by whom and why.",
    discussion: "Example: jinxun cases explain 500116-20261124-N-000001 --store district.sqlite --language en"
  )

  @Argument(help: ArgumentHelp("Its number.", valueName: "case"))
  var number: String
  @OptionGroup var options: CaseOptions

  func run() async throws {
    try await options.open { _, pipeline, _, office in
      let file = try await office.file(caseNumber: number)
      for sentence in CaseLife(governance: pipeline.governance).explain(file) {
        Standard.output(sentence.text(in: options.language))
      }
    }
  }
}

/// `jinxun cases lessons`.
struct CasesLessons: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lessons", abstract: "What \"not a hazard\" has taught: raised thresholds of fixed cameras.",
    discussion: """
      Examples:
        jinxun cases lessons --store district.sqlite
        jinxun cases lessons --store district.sqlite --revoke CASE --reason "it was a fire" --name 张三
      """)

  @OptionGroup var options: CaseOptions
  @Option(help: ArgumentHelp("Takes back what a case taught.", valueName: "case"))
  var revoke: String?
  @Option(help: "Why.")
  var reason: String?
  @Option(help: "Who does it.")
  var name = "supervisor"

  func run() async throws {
    try await options.open { _, _, now, office in
      if let revoke {
        guard let reason, !reason.isEmpty else { throw ValidationError("--revoke: it takes a --reason") }
        let count = try await office.revokeLesson(
          caseNumber: revoke, reason: reason, at: now,
          by: CaseActor(role: .supervisor, tier: .district, name: name))
        Standard.output("\(revoke): \(count) lessons revoked")
      }
      for lesson in try await office.lessons().adjustments {
        let hours = "\(padded(lesson.bandStartHour, 2)):00"
        Standard.output(
          "\(lesson.witness.source)  \(lesson.hazard.name(in: options.language))  \(hours)  "
            + "+\(lesson.raise.decimal)  \(lesson.caseNumbers.joined(separator: ", "))")
      }
    }
  }
}
