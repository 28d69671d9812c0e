internal import InspectionModel

/// Who sees a hazard when: drawn for one hazard after the other.
struct DaySightings: Sendable {
  let plan: DayPlan
  let outlines: [DayOutline]
  private(set) var witnesses: DayWitnesses
  private(set) var all: [DaySighting] = []

  init(plan: DayPlan, outlines: [DayOutline]) {
    self.plan = plan
    self.outlines = outlines
    witnesses = DayWitnesses(plan: plan)
    all.reserveCapacity(plan.observationCount)
    for (index, outline) in outlines.enumerated() {
      var random = SimulatorRandom(
        seed: SimulatorRandom.hash(index, 0, salt: plan.seed), stream: .daySightings)
      see(index, outline, &random)
    }
  }

  private mutating func see(_ hazard: Int, _ outline: DayOutline, _ random: inout SimulatorRandom) {
    let first = all.count
    let window = SeenWindow(outline, &random)
    var left = outline.sightingCount - window.regularCount
    let nodes = nodes(for: outline, &random)
    // People and cameras see a good part of what is seen often.
    var byAir = outline.sightingCount > 6 ? min(left, outline.sightingCount * 4 / 10) : left
    for witness in flights(for: outline, window: window.milliseconds, &random) where byAir > 0 {
      let seen = min(byAir, max(2, outline.sightingCount / 12) + Int(random.next() % 12))
      addPass(of: witness, over: hazard, count: seen, window: window.milliseconds, &random)
      byAir -= seen
      left -= seen
    }
    var persons = nodes.isEmpty ? left : min(left, Int(random.next() % 10))
    let times = window.regularTimes(&random) + window.anyTimes(left, &random)
    for (index, time) in times.enumerated() {
      if nodes.isEmpty || Int(random.next() % UInt64(times.count - index)) < persons {
        persons -= 1
        let witness = witnesses.addPerson(center: outline.center, &random)
        add(hazard, witness, time, sigma: witnesses.all[witness].sigmaMeters, &random)
      } else {
        let node = nodes[Int(random.next() % UInt64(nodes.count))]
        add(hazard, node.witness, time, sigma: node.sigma, &random)
      }
    }
    makeSure(first..<all.count, &random)
  }

  /// The cameras that have the hazard in view, with the error at its distance: one, more for what is seen very
  /// often, none for some of what is seen rarely.
  private func nodes(
    for outline: DayOutline, _ random: inout SimulatorRandom
  ) -> [(witness: Int, sigma: Double)] {
    let around = witnesses.nodes[outline.center]
    if outline.sightingCount <= 15, random.unit() < 0.6 { return [] }
    let count = min(around.count, outline.sightingCount > 150 ? 2 + Int(random.next() % 2) : 1)
    let first = Int(random.next() % UInt64(around.count))
    return (0..<count).map { (around[(first + $0) % around.count], random.between(8, 20)) }
  }

  /// The flights that pass the hazard while it may be seen; one at most for what is seen rarely.
  private func flights(
    for outline: DayOutline, window: Range<Int>, _ random: inout SimulatorRandom
  ) -> [Int] {
    let passing = witnesses.flights[outline.center].filter {
      witnesses.all[$0].milliseconds.clamped(to: window).count > 10_000 && random.unit() < 0.6
    }
    return outline.sightingCount > 6 ? passing : Array(passing.prefix(1))
  }

  /// Pictures of one pass, 2.5 seconds apart.
  private mutating func addPass(
    of witness: Int, over hazard: Int, count: Int, window: Range<Int>, _ random: inout SimulatorRandom
  ) {
    let shared = witnesses.all[witness].milliseconds.clamped(to: window)
    let begin = shared.lowerBound + Int(random.unit() * Double(max(1, shared.count - count * 2500)))
    for index in 0..<count {
      let offset = begin - shared.lowerBound + index * 2500 + Int(random.next() % 400)
      let sigma = witnesses.all[witness].sigmaMeters + random.between(-0.3, 0.7)
      add(hazard, witness, shared.lowerBound + offset % shared.count, sigma: sigma, &random)
    }
  }

  private mutating func add(
    _ hazard: Int, _ witness: Int, _ milliseconds: Int, sigma: Double, _ random: inout SimulatorRandom
  ) {
    // The middle of three draws is beta(2, 2).
    let draws = [random.unit(), random.unit(), random.unit()].sorted()
    let above = Double(1_000_000 - DayPlan.threshold.millionths) * draws[1]
    all.append(
      DaySighting(
        hazard: hazard, witness: witness, milliseconds: milliseconds,
        sigmaMeters: roundedDecimals(sigma, 2),
        score: HazardScore(millionths: DayPlan.threshold.millionths + Int(above))))
  }

  /// Raises one score of a hazard that is seen faintly only.
  private mutating func makeSure(_ range: Range<Int>, _ random: inout SimulatorRandom) {
    let least = DayPlan.surestScoreAtLeast
    if all[range].contains(where: { $0.score >= least }) { return }
    let chosen = range.lowerBound + Int(random.next() % UInt64(range.count))
    all[chosen].score = HazardScore(millionths: least.millionths + Int(random.next() % 140_000))
  }
}
