internal import ArgumentParser
internal import Foundation
internal import InspectionModel
internal import InspectionSimulator

/// `jinxun simulate`: synthetic material with known truth.
struct Simulate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Makes synthetic flights, flight logs, camera sequences, days and live nodes with known truth: demos, fixtures, load.",
    subcommands: [
      SimulateFlight.self, SimulateCamera.self, SimulateDay.self, SimulateLogs.self, SimulateNodes.self,
    ])
}

/// `jinxun simulate flight`: draws a drone's flight over a piece of the district.
struct SimulateFlight: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "flight",
    abstract: "Draws a drone's flight: pictures with EXIF and XMP or a telemetry log, and truth.json.",
    discussion: """
      Beside the pictures stand truth.json (poses, hazards, what each picture shows) and tiepoints.csv (points of \
      the pictures with their ground). The same options give the same bytes.

      Examples:
        jinxun simulate flight --out demo --seed 7
        jinxun simulate flight --out log --tags time --sidecar srt --noise
      """)

  @Option(help: ArgumentHelp("Folder to write into; has to be new or empty.", valueName: "dir"))
  var out: String

  @Option(help: "Chooses layout, textures, jitter and errors.")
  var seed: UInt64 = 1

  @Option(help: "Number of pictures.")
  var frames = 24

  @Option(help: ArgumentHelp("Size of the pictures, pixels.", valueName: "WxH"))
  var size = "960x540"

  @Option(help: "Height over the ground, metres.")
  var height = 60.0

  @Option(help: "JPEG quality, 1 to 100.")
  var quality = 85

  @Option(
    help: ArgumentHelp("Time of the first picture; default 2026-11-24, 09:30 or 21:30.", valueName: "time"))
  var start: String?

  @Option(help: "Time between pictures, milliseconds.")
  var period = 2500

  @Option(
    help: ArgumentHelp("Middle of the flown area, degrees; default Degan street.", valueName: "lat,lon"))
  var origin: String?

  @Flag(help: "Fill each hazard with the pure colour that the fixed test analyser knows.")
  var markers = false

  @Flag(help: "Fly at night; one row of street lamps is out.")
  var night = false

  @Flag(inversion: .prefixedNo, help: "Every fifth picture looks ahead at a slant.")
  var oblique = true

  @Flag(help: "One camera on a pole instead of a flight, without telemetry and tags.")
  var fixedCamera = false

  @Option(
    help: ArgumentHelp("Kinds of hazard to draw, such as fire_smoke,water; default all.", valueName: "kinds"))
  var hazards: String?

  @Option(
    help: ArgumentHelp("The hazards are there from this picture on, counted from 0.", valueName: "picture"))
  var appearAt = 0

  @Option(help: "Tags of the pictures: pose, time or none.")
  var tags = FlightPlan.PictureTagging.pose

  @Option(help: "Telemetry log beside the pictures: srt, airdata or none.")
  var sidecar = FlightPlan.SidecarKind.none

  @Flag(help: "Errors of an ordinary receiver and gimbal in tags and log: 1.5 m, 1 m, 0.5 degrees.")
  var noise = false

  @Option(help: "Error of each horizontal axis, one sigma, metres.")
  var positionSigma: Double?

  @Option(help: "Error of the height, one sigma, metres.")
  var heightSigma: Double?

  @Option(help: "Error of each gimbal angle, one sigma, degrees.")
  var attitudeSigma: Double?

  @Option(
    help: ArgumentHelp(
      "What to break: " + FlightDamage.allCases.map(\.rawValue).joined(separator: ", ") + ".",
      valueName: "kinds"))
  var damage: String?

  func run() throws {
    let flight: SimulatedFlight
    do throws(FlightPlanError) {
      flight = try SimulatedFlight(plan: makePlan())
    } catch {
      throw ValidationError(error.message)
    }
    var count = 0
    do throws(SimulationWritingError) {
      try flight.write(to: URL(filePath: out, directoryHint: .isDirectory)) { _ in count += 1 }
      Standard.error("\(out): wrote \(count) files")
    } catch {
      Standard.error("jinxun: \(error.message)")
      throw ExitCode(2)
    }
  }

  /// The plan that the options describe.
  private func makePlan() throws(FlightPlanError) -> FlightPlan {
    var plan = FlightPlan(seed: seed)
    plan.frameCount = frames
    (plan.widthPixels, plan.heightPixels) = try pair(size, separator: "x", name: "size") { Int($0) }
    plan.heightMeters = height
    plan.quality = quality
    plan.periodMilliseconds = period
    if let start {
      guard let instant = Timestamp(iso8601: start, assuming: .shanghai) else {
        throw .outOfRange(name: "start", found: start, expected: "an ISO 8601 date and time")
      }
      plan.start = instant
    }
    if let origin {
      (plan.origin.latitudeDegrees, plan.origin.longitudeDegrees) = try pair(
        origin, separator: ",", name: "origin"
      ) { Double($0) }
    }
    (plan.isMarked, plan.isNight, plan.isFixedCamera) = (markers, night, fixedCamera)
    plan.hasObliqueFrames = oblique
    if let hazards { plan.hazards = try words(hazards, name: "hazards") }
    plan.hazardsAppearAtFrame = appearAt
    (plan.tags, plan.sidecar) = (tags, sidecar)
    if noise { plan.errors = .ordinary }
    plan.errors.positionSigmaMeters = positionSigma ?? plan.errors.positionSigmaMeters
    plan.errors.heightSigmaMeters = heightSigma ?? plan.errors.heightSigmaMeters
    plan.errors.attitudeSigmaDegrees = attitudeSigma ?? plan.errors.attitudeSigmaDegrees
    if let damage { plan.damages = try words(damage, name: "damage") }
    return plan
  }

  private func pair<Value>(
    _ text: String, separator: Character, name: String, _ read: (Substring) -> Value?
  ) throws(FlightPlanError) -> (Value, Value) {
    let parts = text.split(separator: separator, omittingEmptySubsequences: false)
    guard parts.count == 2, let first = read(parts[0]), let second = read(parts[1]) else {
      throw .outOfRange(name: name, found: text, expected: "two numbers with '\(separator)' between them")
    }
    return (first, second)
  }

  private func words<Word: RawRepresentable & Hashable & CaseIterable>(
    _ text: String, name: String
  ) throws(FlightPlanError) -> Set<Word> where Word.RawValue == String {
    var found: Set<Word> = []
    for part in text.split(separator: ",") {
      guard let word = Word(rawValue: String(part)) else {
        let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
        throw .outOfRange(name: name, found: String(part), expected: "some of \(known)")
      }
      found.insert(word)
    }
    return found
  }
}

extension FlightPlan.PictureTagging: ExpressibleByArgument {}
extension FlightPlan.SidecarKind: ExpressibleByArgument {}
