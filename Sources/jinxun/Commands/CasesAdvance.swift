internal import ArgumentParser
internal import Foundation
internal import InspectionModel
internal import InspectionPipeline
internal import InspectionStore
internal import WorkOrders

/// `jinxun cases advance`.
struct CasesAdvance: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "advance", abstract: "Takes a step on a case, or tells of the limits that have passed.",
    discussion: """
      Steps: register, dispatch, accept, reach, feedback, check, evaluate, decline, sendBack, handUp, handSideways, \
      pushDown, reopen, pause, resume, extend, merge, void, notAHazard, confirm, add, note. A step that the case does \
      not take is refused with what it would take; nothing is written then.

      Examples:
        jinxun cases advance CASE dispatch --as dispatcher --tier district --name 值班员 --store district.sqlite
        jinxun cases advance CASE feedback --as handler --tier town_street --name 几江街道 --reason 已清理 --picture after.jpg
        jinxun cases advance CASE check --as checker --tier district --name 李四 --picture after.jpg --place 29.29,106.25
        jinxun cases advance --due --store district.sqlite

      Exit code: 0 done; 2 refused or could not run.
      """)

  @Argument(help: ArgumentHelp("Its number.", valueName: "case"))
  var number: String?
  @Argument(help: "The step.")
  var step: CaseCommand.Kind?
  @OptionGroup var options: CaseOptions
  @Flag(help: "Tells of every share of a limit that has passed on any open case.")
  var due = false
  @Option(
    name: .customLong("as"), help: "Role: collector, acceptor, dispatcher, handler, checker, supervisor.")
  var role: CaseActor.Role?
  @Option(help: "Tier that it is done for: town_street, district, city.")
  var tier: GovernanceTier?
  @Option(help: "Who does it: a post, a person, a unit.")
  var name: String?
  @Option(help: "Why, in words.")
  var reason: String?
  @Option(help: "Department, such as D04 (dispatch, handSideways).")
  var department: String?
  @Option(help: "Step with a limit, such as barrier (reach, extend).")
  var limit: String?
  @Option(help: "More time, such as \"2 working d\" (extend).")
  var by: String?
  @Option(help: "1 to 5 (evaluate).")
  var grade: Int?
  @Option(help: ArgumentHelp("The case that goes on (merge).", valueName: "case"))
  var into: String?
  @Option(help: ArgumentHelp("Picture (feedback, check, add).", valueName: "file"))
  var picture: String?
  @Option(
    help: ArgumentHelp("Where it was taken, CGCS2000; default: its tags.", valueName: "lat,lon[,sigma]"))
  var place: String?
  @Option(help: ArgumentHelp("When it was taken; default: its tags.", valueName: "time"))
  var taken: String?
  @Option(help: ArgumentHelp("Fixed camera that took it.", valueName: "node"))
  var node: String?

  func validate() throws {
    if due != (number == nil && step == nil) {
      throw ValidationError("expected a case and a step, or --due alone")
    }
    if !due, step == nil { throw ValidationError("expected a step, such as dispatch") }
    if !due, role == nil || name == nil {
      throw ValidationError("expected --as ROLE and --name: the record says who did it")
    }
  }

  func run() async throws {
    try await options.open { store, pipeline, now, office in
      if due {
        for event in try await office.escalate(at: now) { tell(event) }
        return
      }
      guard let number, let step, let role, let name else { return }
      let file = try await office.file(caseNumber: number)
      let command = try command(step, file, pipeline, store, now)
      let (after, events) = try await office.advance(
        caseNumber: number, command, at: now, by: CaseActor(role: role, tier: tier, name: name))
      for event in events { tell(event) }
      Standard.output("\(number)  \(after.status.name(in: options.language))")
    }
  }

  private func tell(_ event: CaseEvent) {
    Standard.output("\(event.caseNumber) #\(event.sequence)  \(event.reason.text(in: options.language))")
  }

  private func command(
    _ step: CaseCommand.Kind, _ file: CaseFile, _ pipeline: ValidatedPipeline, _ store: InspectionStore,
    _ now: Timestamp
  ) throws -> CaseCommand {
    let words = reason ?? ""
    switch step {
    case .register: return .register
    case .dispatch: return .dispatch(departmentID: department)
    case .accept: return .accept
    case .reach: return .reach(step: try need(limit, "--limit"))
    case .feedback: return .feedback(evidence: try pictures(.after, file, pipeline, store), note: words)
    case .check:
      guard let after = try pictures(.after, file, pipeline, store).first else {
        throw ValidationError("check: it takes a --picture taken after the handling")
      }
      return .check(after: after)
    case .evaluate: return .evaluate(grade: try need(grade, "--grade"), note: words)
    case .decline: return .decline(reason: words)
    case .sendBack: return .sendBack(reason: words)
    case .handUp: return .handUp(reason: words)
    case .handSideways:
      return .handSideways(departmentID: try need(department, "--department"), reason: words)
    case .pushDown: return .pushDown(reason: words)
    case .reopen: return .reopen(reason: words)
    case .pause: return .pause(reason: words)
    case .resume: return .resume
    case .extend:
      let text = try need(by, "--by")
      guard let more = WorkLimit(text) else {
        throw ValidationError("--by: expected a limit such as \"2 working d\", found \"\(text)\"")
      }
      return .extend(step: try need(limit, "--limit"), by: more, reason: words)
    case .merge: return .merge(into: try need(into, "--into"), reason: words)
    case .void: return .void(reason: words)
    case .notAHazard: return .notAHazard(reason: words)
    case .confirm: return .confirm(by: Witness(kind: .person, source: name ?? ""))
    case .add: return .add(evidence: try pictures(.before, file, pipeline, store))
    case .note: return .note(words)
    case .linkDuplicate, .see, .miss:
      throw ValidationError("\(step.rawValue): the rules do that by themselves")
    }
  }

  private func need<Value>(_ value: Value?, _ option: String) throws -> Value {
    guard let value else { throw ValidationError("this step takes \(option)") }
    return value
  }

  private func pictures(
    _ kind: CaseEvidence.Kind, _ file: CaseFile, _ pipeline: ValidatedPipeline, _ store: InspectionStore
  ) throws -> [CaseEvidence] {
    guard let picture else { return [] }
    let statement = AfterPicture.Statement(
      taken: try instant(taken, option: "--taken", zone: pipeline.governance.calendar.zone),
      place: try statedPlace(), witness: node.map { Witness(kind: .ground, source: $0) })
    return [
      try AfterPicture(pipeline: pipeline, store: store)
        .evidence(URL(filePath: picture), kind: kind, hazard: file.order.hazard, statement)
    ]
  }

  private func statedPlace() throws -> ObservedPlace? {
    guard let place else { return nil }
    let numbers = place.split(separator: ",").map { Double($0.trimmingPrefix(" ")) }
    guard (2...3).contains(numbers.count), let latitude = numbers[0], let longitude = numbers[1],
      let sigma = numbers.count == 3 ? numbers[2] : 10, sigma > 0
    else { throw ValidationError("--place: expected \"latitude,longitude[,sigma]\", found \"\(place)\"") }
    let position = GeodeticPosition<CGCS2000>(latitudeDegrees: latitude, longitudeDegrees: longitude)
    guard position.isPlausible else { throw ValidationError("--place: there is no such place") }
    return ObservedPlace(position: position, sigmaMeters: sigma, method: .reported)
  }
}
