internal import InspectionModel

/// How hazards of a kind behave in the course of a day.
struct DayTraits: Sendable {
  /// Of a thousand hazards.
  let perMille: Int
  /// Sightings of one hazard are never further apart than this: what is not seen for longer might have gone and
  /// come again, and no truth would tell.
  let longestGapMinutes: Int

  static func of(_ kind: HazardKind) -> DayTraits {
    switch kind {
    case .fireSmoke: DayTraits(perMille: 60, longestGapMinutes: 100)
    case .water: DayTraits(perMille: 140, longestGapMinutes: 600)
    case .roadDamage: DayTraits(perMille: 220, longestGapMinutes: 1440)
    case .garbage: DayTraits(perMille: 240, longestGapMinutes: 1440)
    case .congestion: DayTraits(perMille: 140, longestGapMinutes: 25)
    case .darkness: DayTraits(perMille: 100, longestGapMinutes: 600)
    case .obstruction: DayTraits(perMille: 100, longestGapMinutes: 600)
    }
  }

  static func kind(_ random: inout SimulatorRandom) -> HazardKind {
    var rest = Int(random.next() % 1000)
    for kind in HazardKind.allCases {
      rest -= of(kind).perMille
      if rest < 0 { return kind }
    }
    return .garbage
  }

  /// When a hazard of that kind is there: minutes of the day, at least 20 of them.
  static func minutes(of kind: HazardKind, _ random: inout SimulatorRandom) -> ClosedRange<Double> {
    func lasting(
      from begin: ClosedRange<Double>, for duration: ClosedRange<Double>, allDay share: Double = 0
    ) -> ClosedRange<Double> {
      if random.unit() < share { return 0...1440 }
      let first = random.between(begin.lowerBound, begin.upperBound)
      return first...min(1440, first + random.between(duration.lowerBound, duration.upperBound))
    }
    switch kind {
    case .fireSmoke: return lasting(from: 0...1380, for: 20...180)
    case .water: return lasting(from: 0...720, for: 180...720, allDay: 0.3)
    case .roadDamage: return lasting(from: 0...960, for: 1440...1440, allDay: 0.75)
    case .garbage: return lasting(from: 0...1080, for: 240...960, allDay: 0.35)
    case .congestion:
      let rushes: [ClosedRange<Double>] = [420...570, 660...780, 990...1170]
      return lasting(from: rushes[Int(random.next() % 3)], for: 20...120)
    case .darkness:
      // Lamps are missed between 19:00 and 07:00 only.
      let (first, last) = random.unit() < 0.4 ? (2.0, 410.0) : (1150.0, 1438.0)
      let begin = random.between(first, last - 120)
      return begin...random.between(begin + 60, last)
    case .obstruction: return lasting(from: 300...1200, for: 60...720)
    }
  }
}
