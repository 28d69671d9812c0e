import InspectionModel
import InspectionSimulator

/// Days that are made up quickly: three towns, two of them close to each other.
enum DaySamples {
  static func plan(
    seed: UInt64 = 11, hazards: Int = 120, observations: Int = 4000,
    _ change: (inout DayPlan) -> Void = { _ in }
  ) throws -> DayPlan {
    let centers = [(29.276, 106.232, 4.0), (29.2924, 106.2559, 4.0), (28.9, 106.339, 1.0)].map {
      DayPlan.Center(
        position: GeodeticPosition(latitudeDegrees: $0.0, longitudeDegrees: $0.1), weight: $0.2)
    }
    let midnight = CivilTime(year: 2026, month: 11, day: 24)
    guard let start = Timestamp(midnight, zone: .shanghai) else { throw NoSuchDay() }
    var plan = DayPlan(
      seed: seed, start: start, centers: centers,
      box: DayPlan.Box(south: 28.5276, west: 105.8211, north: 29.4543, east: 106.6049))
    (plan.hazardCount, plan.observationCount) = (hazards, observations)
    change(&plan)
    return plan
  }

  static func text(of day: SimulatedDay) -> (lines: String, looks: String, truth: String) {
    var truth = ""
    day.truthPieces { truth += $0 }
    return (
      day.arrivals.map { day.line(of: day.observations[$0]) }.joined(),
      day.looks.map { day.line(of: $0) }.joined(), truth
    )
  }

  private struct NoSuchDay: Error {}
}
