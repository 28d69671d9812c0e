internal import InspectionModel

/// Looks at the places of hazards while nothing is seen there: after they have gone, some before they came, and a
/// few that miss what is there.
struct DayLooks {
  private let plan: DayPlan
  private let outlines: [DayOutline]
  private let sightings: DaySightings
  private let places: DayPlaces

  init(plan: DayPlan, outlines: [DayOutline], sightings: DaySightings, places: DayPlaces) {
    self.plan = plan
    self.outlines = outlines
    self.sightings = sightings
    self.places = places
  }

  /// In the order of their arrival.
  func all(_ hazards: [DayHazard]) -> [DayLook] {
    let cameras = camerasOfHazards()
    var looks: [DayLook] = []
    for (index, outline) in outlines.enumerated() {
      var random = SimulatorRandom(seed: SimulatorRandom.hash(index, 2, salt: plan.seed), stream: .dayLooks)
      for (witness, time) in moments(outline, cameras: cameras[index], &random) {
        if let look = look(at: hazards[index], index, witness, time, hazards: hazards, &random) {
          looks.append(look)
        }
      }
    }
    return looks.sorted { ($0.resultTime, $0.key) < ($1.resultTime, $1.key) }
  }

  private func camerasOfHazards() -> [[Int]] {
    var cameras = Array(repeating: Set<Int>(), count: outlines.count)
    for sighting in sightings.all where sightings.witnesses.all[sighting.witness].witness.kind == .ground {
      cameras[sighting.hazard].insert(sighting.witness)
    }
    return cameras.map { $0.sorted() }
  }

  /// Who looks when: the cameras that saw the hazard go on looking for four hours, flights pass.
  private func moments(
    _ outline: DayOutline, cameras: [Int], _ random: inout SimulatorRandom
  ) -> [(witness: Int, time: Int)] {
    let (begin, end) = (outline.milliseconds.lowerBound, outline.milliseconds.upperBound)
    var moments: [(witness: Int, time: Int)] = []
    for camera in cameras {
      if random.unit() < 0.3 { moments.append((camera, begin - Int(random.between(60_000, 3_600_000)))) }
      if random.unit() < 0.05 { moments.append((camera, begin + outline.milliseconds.count / 2)) }
      for step in 1...6 {
        moments.append((camera, end + Int((Double(step) - random.unit() * 0.7) * 2_400_000)))
      }
    }
    let passing = sightings.witnesses.flights[outline.center].filter {
      sightings.witnesses.all[$0].milliseconds.lowerBound > end
    }
    for flight in passing.prefix(2) {
      let time = sightings.witnesses.all[flight].milliseconds
      moments.append((flight, time.lowerBound + Int(random.unit() * Double(time.count))))
    }
    return moments.filter { (0..<86_400_000).contains($0.time) }
  }

  /// `nil` where a hazard of the same kind is in view at that time: the look would see that one.
  private func look(
    at hazard: DayHazard, _ index: Int, _ witnessIndex: Int, _ milliseconds: Int, hazards: [DayHazard],
    _ random: inout SimulatorRandom
  ) -> DayLook? {
    let witness = sightings.witnesses.all[witnessIndex]
    let radius = 30 + 2 * plan.spread(of: hazard.kind)
    let plane = LocalPlane(origin: hazard.position)
    var inView: Set<HazardKind> = []
    for other in places.grid.near(hazard.position)
    where other != index && outlines[other].milliseconds.contains(milliseconds) {
      let reach = radius + 4 * hazards[other].sigmaMeters
      if plane.distanceMeters(to: hazards[other].position) < reach { inView.insert(hazards[other].kind) }
    }
    let isMissed = outlines[index].milliseconds.contains(milliseconds)
    let key = random.hexDigits64()
    let delay =
      witness.witness.kind == .air
      ? witness.batchMilliseconds - milliseconds : Int(random.between(300, 20_000))
    guard !inView.contains(hazard.kind) else { return nil }
    var position = plane.position(
      eastMeters: random.between(-8, 8), northMeters: random.between(-8, 8))
    position.latitudeDegrees = roundedDecimals(position.latitudeDegrees, 7)
    position.longitudeDegrees = roundedDecimals(position.longitudeDegrees, 7)
    return DayLook(
      key: key, witness: witness.witness, phenomenonTime: plan.time(milliseconds),
      resultTime: plan.time(milliseconds + delay),
      hazards: HazardKind.allCases.filter { !inView.contains($0) }.sorted(), position: position,
      radiusMeters: radius, hazardID: hazard.id, isMissed: isMissed)
  }
}
