internal import InspectionModel

/// When word of a sighting comes: pictures of a flight together after its landing, reports of people after minutes,
/// those of cameras after seconds; a few of all of them very late, some more than once.
struct ArrivalTimes {
  private let plan: DayPlan
  private var random: SimulatorRandom

  /// The latest arrival, milliseconds after the sighting; a second within the window.
  private static let latest = DayPlan.latenessSeconds * 1000 - 1000

  init(plan: DayPlan) {
    self.plan = plan
    random = SimulatorRandom(seed: plan.seed, stream: .dayArrivals)
  }

  /// Milliseconds of the day at which it comes first.
  mutating func next(after sighting: DaySighting, by witness: DayWitness) -> Int {
    let isLate = random.unit() < 0.005
    let delay: Int
    switch witness.witness.kind {
    case .air: delay = witness.batchMilliseconds - sighting.milliseconds + Int(random.between(0, 60_000))
    case .ground: delay = Int(random.between(300, 20_000))
    case .person: delay = Int(random.between(20_000, 900_000))
    }
    let late = Int(random.between(1_800_000, Double(Self.latest)))
    return sighting.milliseconds + min(isLate ? max(late, delay) : delay, Self.latest)
  }

  /// Indices of sightings in order of arrival, with those that come again within twenty minutes.
  mutating func order(_ sightings: [DaySighting], first times: [Int]) -> [Int] {
    var all: [(time: Int, index: Int)] = times.enumerated().map { ($0.element, $0.offset) }
    for (index, sighting) in sightings.enumerated() {
      var chance = plan.repeatedShare, time = times[index]
      while random.unit() < chance {
        time = min(time + Int(random.between(500, 1_200_000)), sighting.milliseconds + Self.latest)
        all.append((time, index))
        chance = 0.2
      }
    }
    return all.sorted { ($0.time, $0.index) < ($1.time, $1.index) }.map(\.index)
  }
}
