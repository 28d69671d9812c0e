internal import ArgumentParser
internal import Foundation
internal import InspectionModel
internal import InspectionPipeline
internal import InspectionSimulator
internal import WorkOrders

/// `jinxun simulate day`: makes up what three kinds of witness report of a district's hazards in one day.
struct SimulateDay: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "day",
    abstract: "Makes up a day's observations with known truth: observations.jsonl, looks.jsonl, truth.json.",
    discussion: """
      Hazards lie around the towns of the governance file; a share of them beside another one of their kind. \
      Observations stand in the order of their arrival: late, doubled, with honest errors. truth.json tells which \
      hazard each belongs to, and whether others of its kind are more than three sigmas away while it lasts; \
      looks.jsonl are looks at places where nothing was seen. The same options give the same bytes.

      Example:
        jinxun simulate day --hazards 600 --observations 20000 --seed 7 --out day
      """)

  @Option(help: ArgumentHelp("Folder to write into; has to be new or empty.", valueName: "dir"))
  var out: String

  @Option(help: "Number of hazards.")
  var hazards = 600

  @Option(help: "Number of different observations, at least two for each hazard.")
  var observations = 20_000

  @Option(help: "Chooses hazards, witnesses, errors.")
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("The day.", valueName: "date"))
  var date = "2026-11-24"

  @OptionGroup var pipeline: PipelineOptions

  func run() async throws {
    try await reportingFailures {
      let governance = try pipeline.load().governance
      let plan = try makePlan(governance)
      let day: SimulatedDay
      do throws(DayPlanError) {
        day = try SimulatedDay(plan: plan)
      } catch {
        throw ValidationError(error.message)
      }
      do throws(SimulationWritingError) {
        try day.write(to: URL(filePath: out, directoryHint: .isDirectory))
      } catch {
        throw CommandFailure(error.message)
      }
      let separable = day.hazards.count { $0.isSeparable }
      Standard.error(
        "\(out): \(day.hazards.count) hazards, \(separable) of them separable; \(day.observations.count) "
          + "observations in \(day.arrivals.count) lines; \(day.looks.count) looks")
    }
  }

  /// Streets and the two large towns have four times as many hazards as other towns.
  private func makePlan(_ governance: Governance) throws -> DayPlan {
    let area = governance.area
    guard let midnight = try instant(date, option: "--date", zone: .shanghai),
      midnight.civil(in: .shanghai).hour == 0, midnight.civil(in: .shanghai).minute == 0
    else { throw ValidationError("--date: expected a date such as 2026-11-24, found \"\(date)\"") }
    let centers = governance.towns.map { seat in
      let isPriority = seat.town.nameZh.hasSuffix("街道") || ["白沙镇", "珞璜镇"].contains(seat.town.nameZh)
      return DayPlan.Center(position: seat.position, weight: isPriority ? 4 : 1)
    }
    var plan = DayPlan(
      seed: seed, start: midnight, centers: centers,
      box: DayPlan.Box(
        south: area.southDegrees, west: area.westDegrees, north: area.northDegrees, east: area.eastDegrees))
    (plan.hazardCount, plan.observationCount) = (hazards, observations)
    return plan
  }
}
