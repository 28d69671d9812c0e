internal import InspectionModel

/// A hazard before it has a place: what, around which centre, when, seen how often.
struct DayOutline: Sendable {
  var kind: HazardKind
  /// Index of the plan's centre.
  var center: Int
  /// Milliseconds of the day.
  var milliseconds: Range<Int>
  var sightingCount = 0
  /// Index of the hazard beside which this one lies.
  var neighbour: Int?
  /// Index of the first hazard of those that lie beside each other; `nil` for itself and for those alone.
  var group: Int?

  /// Every hazard of the plan; neighbours come after the one they lie beside.
  static func all(of plan: DayPlan) -> [DayOutline] {
    var random = SimulatorRandom(seed: plan.seed, stream: .dayHazards)
    let placed = Int((Double(plan.hazardCount) * plan.neighbourShare).rounded())
    var outlines: [DayOutline] = [], alone: [Int] = []
    while outlines.count < plan.hazardCount {
      if outlines.count >= max(1, plan.hazardCount - placed) {
        outlines.append(beside(outlines, alone: &alone, &random))
      } else {
        let kind = DayTraits.kind(&random)
        let minutes = DayTraits.minutes(of: kind, &random)
        let (first, last) = (Int(minutes.lowerBound * 60_000), Int(minutes.upperBound * 60_000))
        alone.append(outlines.count)
        outlines.append(
          DayOutline(kind: kind, center: center(of: plan, &random), milliseconds: first..<last))
      }
    }
    let counts = sightingCounts(outlines.count, sum: plan.observationCount, &random)
    for index in outlines.indices { outlines[index].sightingCount = counts[index] }
    return outlines
  }

  /// A hazard beside one that stands alone so far, or, one time in six, beside any: three of a kind are harder.
  private static func beside(
    _ outlines: [DayOutline], alone: inout [Int], _ random: inout SimulatorRandom
  ) -> DayOutline {
    let isThird = random.unit() < 1 / 6.0, choice = random.next()
    let index: Int
    if isThird || alone.isEmpty {
      index = Int(choice % UInt64(outlines.count))
    } else {
      index = alone.remove(at: Int(choice % UInt64(alone.count)))
    }
    var outline = outlines[index]
    let (first, length) = (outline.milliseconds.lowerBound, Double(outline.milliseconds.count))
    let begin = first + Int(random.between(0, 0.15) * length)
    let end = outline.milliseconds.upperBound - Int(random.between(0, 0.15) * length)
    outline.milliseconds = begin..<end
    outline.group = outline.group ?? index
    outline.neighbour = index
    return outline
  }

  private static func center(of plan: DayPlan, _ random: inout SimulatorRandom) -> Int {
    var rest = random.unit() * plan.centers.reduce(0) { $0 + $1.weight }
    for (index, center) in plan.centers.enumerated() {
      rest -= center.weight
      if rest < 0 { return index }
    }
    return plan.centers.count - 1
  }

  /// At least two each, the rest in very unequal shares: many hazards are seen two or three times, some hundreds of
  /// times.
  private static func sightingCounts(_ count: Int, sum: Int, _ random: inout SimulatorRandom) -> [Int] {
    let shares = (0..<count).map { _ in
      let (rare, wide) = (random.unit(), random.unit())
      return rare * rare / (wide + 0.03)
    }
    let perShare = Double(sum - 2 * count) / max(shares.reduce(0, +), 1e-9)
    var counts = shares.map { 2 + Int($0 * perShare) }
    // What rounding down left over goes to the first, one each.
    let missing = sum - counts.reduce(0, +)
    for index in 0..<max(0, missing) { counts[index % count] += 1 }
    return counts
  }
}
