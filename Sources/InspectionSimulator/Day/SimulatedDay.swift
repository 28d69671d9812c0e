package import InspectionModel

/// A day of a district with every hazard, who saw it when and where they believe it was, and when word of it came.
///
/// Sightings lie off by the hazard's spread and by the error that is stated: per axis N(0, sigma²) in all, of which
/// one flight's or one camera's sightings share a part (`DayWitness.sharedSigma`).
package struct SimulatedDay: Sendable {
  package let plan: DayPlan
  package let hazards: [DayHazard]
  /// Every observation once, by hazard.
  package let observations: [Observation]
  /// Index of the hazard of each observation.
  package let hazardIndices: [Int]
  /// Indices of observations in the order in which they arrive; some come more than once.
  package let arrivals: [Int]
  /// In the order in which they arrive.
  package let looks: [DayLook]

  package init(plan: DayPlan) throws(DayPlanError) {
    try plan.validate()
    self.plan = plan
    let outlines = DayOutline.all(of: plan)
    let sightings = DaySightings(plan: plan, outlines: outlines)
    let sigmas = Self.sigmas(sightings.all, outlines, plan: plan)
    let places = try DayPlaces(plan: plan, outlines: outlines, sigmas: sigmas)
    let nearest = Self.nearestSigmas(outlines, places, sigmas)
    hazards = Self.hazards(plan, outlines, sightings, places, sigmas: sigmas, nearest: nearest)
    var arrivalTimes = ArrivalTimes(plan: plan)
    let times = sightings.all.map { arrivalTimes.next(after: $0, by: sightings.witnesses.all[$0.witness]) }
    var writing = ObservationWriting(plan: plan, sightings: sightings, places: places)
    observations = sightings.all.indices.map { writing.observation($0, arrival: times[$0]) }
    hazardIndices = sightings.all.map(\.hazard)
    arrivals = arrivalTimes.order(sightings.all, first: times)
    looks = DayLooks(plan: plan, outlines: outlines, sightings: sightings, places: places).all(hazards)
  }

  /// Root of the mean of stated sigma squared plus spread squared over the sightings of each hazard.
  private static func sigmas(
    _ sightings: [DaySighting], _ outlines: [DayOutline], plan: DayPlan
  ) -> [Double] {
    var sums = Array(repeating: 0.0, count: outlines.count)
    for sighting in sightings { sums[sighting.hazard] += sighting.sigmaMeters * sighting.sigmaMeters }
    return outlines.indices.map { index in
      let spread = plan.spread(of: outlines[index].kind)
      return (sums[index] / Double(outlines[index].sightingCount) + spread * spread).squareRoot()
    }
  }

  private static func nearestSigmas(
    _ outlines: [DayOutline], _ places: DayPlaces, _ sigmas: [Double]
  ) -> [Double?] {
    outlines.indices.map { index in
      let distances = places.grid.near(places.positions[index]).compactMap { other -> Double? in
        guard other != index, outlines[other].kind == outlines[index].kind,
          outlines[other].milliseconds.overlaps(outlines[index].milliseconds)
        else { return nil }
        // From the first of the two, so that both say the same.
        let (first, second) = (min(index, other), max(index, other))
        let meters = LocalPlane(origin: places.positions[first]).distanceMeters(to: places.positions[second])
        return meters / (sigmas[index] * sigmas[index] + sigmas[other] * sigmas[other]).squareRoot()
      }
      return distances.min().flatMap { $0 <= DayPlaces.distanceSigmas ? $0 : nil }
    }
  }

  private static func hazards(
    _ plan: DayPlan, _ outlines: [DayOutline], _ sightings: DaySightings, _ places: DayPlaces,
    sigmas: [Double], nearest: [Double?]
  ) -> [DayHazard] {
    var witnesses = Array(repeating: Set<Int>(), count: outlines.count)
    for sighting in sightings.all { witnesses[sighting.hazard].insert(sighting.witness) }
    return outlines.enumerated().map { index, outline in
      DayHazard(
        id: "H-\(padded(index + 1, 5))", kind: outline.kind, position: places.positions[index],
        begins: plan.time(outline.milliseconds.lowerBound), ends: plan.time(outline.milliseconds.upperBound),
        sigmaMeters: sigmas[index], nearestSigmas: nearest[index], observationCount: outline.sightingCount,
        witnesses: witnesses[index].sorted().map { sightings.witnesses.all[$0].witness })
    }
  }
}

extension DayPlan {
  /// An instant of the day.
  func time(_ milliseconds: Int) -> Timestamp {
    start.advanced(byNanoseconds: Int64(milliseconds) * 1_000_000)
  }
}
