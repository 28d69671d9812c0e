internal import InspectionModel

/// Where the hazards of a day lie.
struct DayPlaces: Sendable {
  /// Hazards of one kind that are not put beside each other keep at least this many joint sigmas between them, so
  /// that a place is not used twice on one day: whether what comes again is a new hazard is a matter of words.
  static let distanceSigmas = 12.0

  private(set) var positions: [GeodeticPosition<CGCS2000>] = []
  private(set) var grid = PlaceGrid()

  /// - Parameter sigmas: how far one sighting of each hazard lies off, metres.
  init(plan: DayPlan, outlines: [DayOutline], sigmas: [Double]) throws(DayPlanError) {
    for (index, outline) in outlines.enumerated() {
      var random = SimulatorRandom(seed: SimulatorRandom.hash(index, 1, salt: plan.seed), stream: .dayPlaces)
      var attempt = 0
      while true {
        let position = candidate(plan, outlines, sigmas, index, attempt: attempt, &random)
        if plan.box.contains(position), keepsDistance(position, outlines, sigmas, index, outline) {
          positions.append(position)
          grid.insert(index, at: position)
          break
        }
        attempt += 1
        if attempt > 2000 { throw .noRoom(hazards: plan.hazardCount) }
      }
    }
  }

  /// A place around the centre, the further out the more attempts failed; for a neighbour 1.5 to 8 joint sigmas from
  /// the hazard beside which it lies, if there is room.
  private func candidate(
    _ plan: DayPlan, _ outlines: [DayOutline], _ sigmas: [Double], _ index: Int, attempt: Int,
    _ random: inout SimulatorRandom
  ) -> GeodeticPosition<CGCS2000> {
    var position: GeodeticPosition<CGCS2000>
    if let other = outlines[index].neighbour, attempt < 200 {
      let joint = (sigmas[index] * sigmas[index] + sigmas[other] * sigmas[other]).squareRoot()
      let distance = random.between(1.5, 8) * joint
      let bearing = Int(random.next() % 3600)
      position = LocalPlane(origin: positions[other]).position(
        eastMeters: distance * ExactTrigonometry.sine(decidegrees: bearing),
        northMeters: distance * ExactTrigonometry.cosine(decidegrees: bearing))
    } else {
      let (east, north) = random.normalPair()
      let reach = 700 * (1 + Double(attempt) / 20)
      position = LocalPlane(origin: plan.centers[outlines[index].center].position).position(
        eastMeters: east * reach, northMeters: north * reach)
    }
    position.latitudeDegrees = roundedDecimals(position.latitudeDegrees, 7)
    position.longitudeDegrees = roundedDecimals(position.longitudeDegrees, 7)
    return position
  }

  private func keepsDistance(
    _ position: GeodeticPosition<CGCS2000>, _ outlines: [DayOutline], _ sigmas: [Double], _ index: Int,
    _ outline: DayOutline
  ) -> Bool {
    let plane = LocalPlane(origin: position)
    return grid.near(position).allSatisfy { other in
      guard outlines[other].kind == outline.kind else { return true }
      if outline.group != nil, other == outline.group || outlines[other].group == outline.group {
        return true
      }
      let joint = (sigmas[index] * sigmas[index] + sigmas[other] * sigmas[other]).squareRoot()
      return plane.distanceMeters(to: positions[other]) >= Self.distanceSigmas * joint
    }
  }
}
