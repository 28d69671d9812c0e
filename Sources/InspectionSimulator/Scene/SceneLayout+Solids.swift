internal import InspectionModel

extension SceneLayout {
  /// Everything that stands on the ground, as blocks and balls.
  func solids(parts: [GroundScene.HazardPart], seed: UInt64) -> [Solid] {
    func number(of kind: HazardKind, _ base: GroundShape) -> UInt8 {
      UInt8((parts.firstIndex { $0.kind == kind && $0.shape == base } ?? -1) + 1)
    }
    var solids = buildings.map {
      Solid(form: .block(Solid.Block($0.base, topMeters: $0.heightMeters)), look: .building($0))
    }
    solids += trees.map {
      let ball = Solid.Ball(
        center: $0.center, heightMeters: $0.heightMeters, radiusMeters: $0.radiusMeters, isRagged: true)
      return Solid(form: .ball(ball), look: .leaves(tint: $0.tint))
    }
    for vehicle in vehicles {
      solids += vehicle.solids(part: number(of: .congestion, vehicle.base))
    }
    if let heap = hazards.first(where: { $0.kind == .garbage }) {
      solids += Self.heap(heap.area, part: number(of: .garbage, heap.area), seed: seed)
    }
    return solids
  }

  /// Bags and boxes, higher towards the middle.
  private static func heap(_ area: GroundShape, part: UInt8, seed: UInt64) -> [Solid] {
    var random = SimulatorRandom(seed: seed, stream: .refuse)
    return (0..<220).compactMap { _ in
      let (u, v) = (random.between(-1, 1), random.between(-1, 1))
      let paint = Refuse.colors[Int(random.next() % UInt64(Refuse.colors.count))]
      let size = random.between(0.08, 0.36), isBox = random.unit() < 0.35, width = random.between(0.6, 1.4)
      let rest = 1 - u * u - v * v
      guard rest > 0 else { return nil }
      let center = ScenePoint(
        x: area.center.x + u * (area.halfWidthMeters - 0.3),
        y: area.center.y + v * (area.halfLengthMeters - 0.3))
      let base = rest * 0.9
      if isBox {
        let shape = GroundShape(
          form: .rectangle, center: center, halfWidthMeters: size * width, halfLengthMeters: size)
        let block = Solid.Block(shape, bottomMeters: 0, topMeters: base + size)
        return Solid(form: .block(block), look: .refuse(paint), part: part)
      }
      let ball = Solid.Ball(center: center, heightMeters: base, radiusMeters: size, isRagged: false)
      return Solid(form: .ball(ball), look: .refuse(paint), part: part)
    }
  }
}

extension Vehicle {
  /// A body and a cabin, a little narrower, on its rear half.
  func solids(part: UInt8) -> [Solid] {
    let length = base.halfLengthMeters * 2
    var top = base
    top.halfWidthMeters *= 0.88
    top.halfLengthMeters = length * 0.29
    top.center.y -= (facesAlong ? 1 : -1) * length * 0.06
    return [
      Solid(
        form: .block(Solid.Block(base, topMeters: 0.86)), look: .body(paint, facesAlong: facesAlong),
        part: part),
      Solid(
        form: .block(Solid.Block(top, bottomMeters: 0.86, topMeters: Self.heightMeters)), look: .cabin(paint),
        part: part),
    ]
  }
}
