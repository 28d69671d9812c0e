internal import InspectionModel

/// What stands and lies where: a main street along `y`, a cross street, houses, fields, and the hazards.
struct SceneLayout: Sendable {
  var patches: [GroundPatch] = []
  var buildings: [Building] = []
  var trees: [Tree] = []
  var vehicles: [Vehicle] = []
  var lamps: [StreetLamp] = []
  var hazards: [SceneHazard] = []

  /// Half the width of the main street between its kerbs, metres.
  static let mainHalfWidth = 6.0
  static let sidewalkWidth = 3.5
  static let crossStreet = 12.0...20.0
  /// Far enough that slanted views end in fields, not in nothing.
  static let farMeters = 400.0

  init(plan: FlightPlan) {
    var random = SimulatorRandom(seed: plan.seed, stream: .layout)
    placeHazards(plan, &random)
    placeStreets()
    placeBlocks(&random)
    var traffic = SimulatorRandom(seed: plan.seed, stream: .vehicles)
    placeVehicles(plan, &traffic)
    placeLamps()
  }

  // MARK: - Hazards

  private mutating func placeHazards(_ plan: FlightPlan, _ random: inout SimulatorRandom) {
    func shifted(_ x: Double, _ y: Double, _ by: Double) -> ScenePoint {
      ScenePoint(x: x + random.between(-by, by), y: y + random.between(-by, by))
    }
    func ellipse(_ center: ScenePoint, _ width: Double, _ length: Double, wobble: Double) -> GroundShape {
      GroundShape(
        form: .ellipse, center: center, halfWidthMeters: width * random.between(0.9, 1.1),
        halfLengthMeters: length * random.between(0.9, 1.1), wobbleMeters: wobble)
    }
    let fire = ellipse(shifted(20, 44, 2), 3.6, 3.2, wobble: 0.5)
    let pool = ellipse(shifted(-27, 16, 0.5), 7.5, 3, wobble: 1.1)
    let broken = GroundShape(
      form: .rectangle, center: ScenePoint(x: 3, y: -46 + random.between(-3, 3)), halfWidthMeters: 2.6,
      halfLengthMeters: 4.5)
    let heap = ellipse(shifted(15.5, -4, 1.5), 3.4, 2.8, wobble: 0.4)
    let jam = GroundShape.rectangle(-5.6...(-0.4), 27...62)
    let dark = GroundShape.rectangle(-5.5...5.5, -24...(-14))
    let queue = (0..<10).map { index in
      GroundShape(
        form: .rectangle,
        center: ScenePoint(
          x: (index % 2 == 0 ? -4.4 : -1.6) + random.between(-0.1, 0.1),
          y: 30.5 + Double(index / 2) * 7 + random.between(-0.6, 0.6)),
        halfWidthMeters: 0.95, halfLengthMeters: random.between(2.1, 2.5))
    }
    // Darkness can be seen at night only; a mark can be seen always.
    let all = [
      SceneHazard(kind: .fireSmoke, area: fire), SceneHazard(kind: .water, area: pool),
      SceneHazard(kind: .roadDamage, area: broken), SceneHazard(kind: .garbage, area: heap),
      SceneHazard(kind: .congestion, area: jam, parts: queue), SceneHazard(kind: .darkness, area: dark),
    ]
    hazards = all.filter {
      plan.hazards.contains($0.kind) && ($0.kind != .darkness || plan.isNight || plan.isMarked)
    }
  }

  // MARK: - Streets and blocks

  private mutating func placeStreets() {
    let (main, walk, far) = (Self.mainHalfWidth, Self.sidewalkWidth, Self.farMeters)
    let cross = Self.crossStreet
    patches += [
      GroundPatch(.rectangle(-main - walk...main + walk, -far...far), .pavement),
      GroundPatch(.rectangle(-far...far, cross.lowerBound - 2...cross.upperBound + 2), .pavement),
      GroundPatch(.rectangle(-main...main, -far...far), .asphalt),
      GroundPatch(.rectangle(-far...far, cross), .asphalt),
    ]
  }

  private mutating func placeBlocks(_ random: inout SimulatorRandom) {
    patches.insert(
      contentsOf: [
        GroundPatch(.rectangle(-Self.farMeters...(-9.5), -Self.farMeters...Self.farMeters), .courtyard),
        GroundPatch(.rectangle(9.5...Self.farMeters, 22...Self.farMeters), .field),
        GroundPatch(.rectangle(9.5...36, 29...58), .soil),
        GroundPatch(.rectangle(9.5...24, -15...6), .soil),
      ], at: 0)
    for row in -6...6 {
      for column in 0...5 {
        let (x, y) = (-24 - Double(column) * 26, Double(row) * 22 + (row >= 1 ? 16 : -4))
        buildings.append(
          Building(
            base: .rectangle(
              x - random.between(7, 10)...x + random.between(7, 10),
              y - random.between(5, 8)...y + random.between(5, 8)),
            heightMeters: (random.between(6, 16) / 3).rounded() * 3,
            roof: Roof.allCases[Int(random.next() % 3)],
            tint: random.between(-12, 12)))
      }
    }
    for _ in 0..<70 {
      let point = ScenePoint(x: random.between(26, 90), y: random.between(-95, 8))
      trees.append(
        Tree(center: point, radiusMeters: random.between(1.6, 3.4), tint: random.between(-14, 14)))
    }
    for index in 0..<24 {
      let y = -110 + Double(index) * 9.5
      guard !(8...24).contains(y) else { continue }
      for side in [-8.2, 8.2] {
        trees.append(
          Tree(
            center: ScenePoint(x: side + random.between(-0.3, 0.3), y: y + random.between(-1, 1)),
            radiusMeters: random.between(1.2, 1.9), tint: random.between(-10, 10)))
      }
    }
  }

  private mutating func placeVehicles(_ plan: FlightPlan, _ random: inout SimulatorRandom) {
    let jam = hazards.first { $0.kind == .congestion }
    for part in jam?.parts ?? [] {
      vehicles.append(
        Vehicle(
          base: part, paint: Vehicle.paints[Int(random.next() % UInt64(Vehicle.paints.count))],
          facesAlong: false))
    }
    for y in [-64.0, -32, 2, 34, 66] {
      vehicles.append(
        Vehicle(
          base: GroundShape(
            form: .rectangle, center: ScenePoint(x: 4.4, y: y + random.between(-3, 3)), halfWidthMeters: 0.95,
            halfLengthMeters: random.between(2.1, 2.6)),
          paint: Vehicle.paints[Int(random.next() % UInt64(Vehicle.paints.count))], facesAlong: true))
    }
  }

  private mutating func placeLamps() {
    let dark = hazards.first { $0.kind == .darkness }?.area
    for index in 0..<14 {
      let y = -150 + Double(index) * 22
      for side in [-6.6, 6.6] {
        let isOut = dark.map { abs(y - $0.center.y) < $0.halfLengthMeters + 8 } ?? false
        lamps.append(StreetLamp(point: ScenePoint(x: side, y: y), isLit: !isOut))
      }
    }
    for x in stride(from: -142.0, through: 146, by: 24) where abs(x) > 12 {
      lamps.append(StreetLamp(point: ScenePoint(x: x, y: Self.crossStreet.upperBound + 0.6), isLit: true))
    }
  }
}
