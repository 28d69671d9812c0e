internal import InspectionModel

/// Makes observations of sightings: adds their errors, and what else an observation says.
struct ObservationWriting {
  private let plan: DayPlan
  private let sightings: DaySightings
  private let places: DayPlaces
  /// Position of each sighting in the sequence of its witness.
  private let sequenceNumbers: [Int]
  private var random: SimulatorRandom

  init(plan: DayPlan, sightings: DaySightings, places: DayPlaces) {
    self.plan = plan
    self.sightings = sightings
    self.places = places
    random = SimulatorRandom(seed: plan.seed, stream: .dayErrors)
    let inTime = sightings.all.indices.sorted {
      (sightings.all[$0].milliseconds, $0) < (sightings.all[$1].milliseconds, $1)
    }
    var counts = Array(repeating: 0, count: sightings.witnesses.all.count)
    var numbers = Array(repeating: 0, count: sightings.all.count)
    for index in inTime {
      let witness = sightings.all[index].witness
      numbers[index] = counts[witness]
      counts[witness] += 1
    }
    sequenceNumbers = numbers
  }

  /// - Parameter arrival: milliseconds of the day.
  mutating func observation(_ index: Int, arrival: Int) -> Observation {
    let sighting = sightings.all[index], witness = sightings.witnesses.all[sighting.witness]
    let kind = sightings.outlines[sighting.hazard].kind
    let number = sequenceNumbers[index]
    let place = ObservedPlace(
      position: seenPosition(sighting, witness, spreadMeters: plan.spread(of: kind)),
      sigmaMeters: sighting.sigmaMeters, method: witness.method)
    return Observation(
      key: random.hexDigits64(), witness: witness.witness, hazard: kind, score: sighting.score,
      phenomenonTime: plan.time(sighting.milliseconds), timeSource: witness.timeSource,
      resultTime: plan.time(arrival), place: place, placeRemark: witness.placeRemark, region: region(),
      vehicleCount: kind == .congestion ? 8 + Int(random.next() % 60) : nil,
      frame: FrameReference(
        name: "SIM_\(padded(number + 1, 6)).JPG", sha256: random.hexDigits64(), sequenceNumber: number),
      procedure: AnalysisProcedure(
        name: "simulated-day", version: "1", parametersHash: "0000000000000000"),
      threshold: DayPlan.threshold)
  }

  private mutating func seenPosition(
    _ sighting: DaySighting, _ witness: DayWitness, spreadMeters: Double
  ) -> GeodeticPosition<CGCS2000> {
    let (scatter, noise) = (random.normalPair(), random.normalPair())
    let shared = witness.sharedSigma(of: sighting.sigmaMeters)
    let own = (sighting.sigmaMeters * sighting.sigmaMeters - shared * shared).squareRoot()
    return LocalPlane(origin: places.positions[sighting.hazard]).position(
      eastMeters: scatter.east * spreadMeters + noise.east * own + witness.bias.east * shared,
      northMeters: scatter.north * spreadMeters + noise.north * own + witness.bias.north * shared)
  }

  /// A tenth to a half of the picture's width and height.
  private mutating func region() -> NormalizedBox {
    let (width, height) = (random.between(0.1, 0.5), random.between(0.1, 0.5))
    return NormalizedBox(
      x: roundedDecimals(random.between(0, 1 - width), 4),
      y: roundedDecimals(random.between(0, 1 - height), 4),
      width: roundedDecimals(width, 4), height: roundedDecimals(height, 4))
  }
}

extension DayWitness {
  fileprivate var method: LocationMethod {
    switch witness.kind {
    case .air: .projected
    case .ground: .node
    case .person: .reported
    }
  }

  fileprivate var timeSource: TimeSource {
    switch witness.kind {
    case .air, .person: .exif
    case .ground: .nominal
    }
  }

  fileprivate var placeRemark: String? {
    switch witness.kind {
    case .air: nil
    case .ground: "place of the camera's view"
    case .person: "place told by the person's device"
    }
  }
}

extension SimulatorRandom {
  /// What stands for a SHA-256 where no bytes are: 64 hex digits, in no two draws the same.
  mutating func hexDigits64() -> String {
    var text = ""
    for _ in 0..<4 {
      let digits = String(next(), radix: 16)
      text += String(repeating: "0", count: 16 - digits.count) + digits
    }
    return text
  }
}
