import IncidentFusion
import InspectionModel
import Testing

/// Place and confidence of an incident, against values computed by hand.
@Suite struct IncidentEstimateTests {
  private func offset(_ incident: Incident) throws -> (east: Double, north: Double, sigma: Double) {
    let place = try #require(incident.place)
    let (east, north) = Sighting.origin.offsetMeters(of: place.position)
    return (east, north, place.sigmaMeters)
  }

  @Test func independentWitnessesWeighByTheirVariance() throws {
    // Weights 1/16 and 1/64: the mean lies at 20 × (1/64) / (5/64) = 4; sigma = sqrt(64/5) = 3.578.
    let incidents = Sighting.incidents([
      Sighting.make("a", sigma: 4),
      Sighting.make("b", kind: .ground, source: "n", seconds: 1, east: 20, sigma: 8),
    ])
    let result = try offset(#require(incidents.first))
    #expect(incidents.count == 1)
    #expect(abs(result.east - 4) < 1e-6 && abs(result.north) < 1e-6)
    #expect(abs(result.sigma - (64.0 / 5).squareRoot()) < 1e-9)
  }

  @Test func repeatedSightingsNeverRemoveWhatTheyShare() throws {
    for count in [1, 2, 3, 4, 10, 500] {
      let sightings = (0..<count).map { Sighting.make("k\($0)", seconds: Double($0), sigma: 8) }
      let sigma = try offset(#require(Sighting.incidents(sightings).first)).sigma
      // Half of 8 m is shared, so from the fourth sighting on nothing more is gained.
      #expect(abs(sigma - max(8 / Double(count).squareRoot(), 4)) < 1e-9, "\(count) sightings")
    }
    // Satellite bias is the floor where the share of sigma is smaller: 4 m × 0.5 < 2.5 m.
    let sharp = (0..<100).map { Sighting.make("k\($0)", seconds: Double($0), sigma: 4) }
    #expect(abs(try offset(#require(Sighting.incidents(sharp).first)).sigma - 2.5) < 1e-9)
    // A sighting better than the bias (a surveyed place) keeps its own sigma.
    let surveyed = (0..<100).map { Sighting.make("k\($0)", seconds: Double($0), sigma: 0.1) }
    #expect(abs(try offset(#require(Sighting.incidents(surveyed).first)).sigma - 0.1) < 1e-9)
  }

  private func confidence(_ observations: [Observation]) -> [String] {
    Sighting.incidents(observations).map(\.confidence.decimal)
  }

  @Test func doubtsOfIndependentWitnessesMultiply() {
    #expect(confidence([Sighting.make("a")]) == ["0.800000"])
    // 1 − 0.2 × 0.2
    #expect(
      confidence([Sighting.make("a"), Sighting.make("b", kind: .ground, source: "n", seconds: 1)])
        == ["0.960000"])
    // 1 − 0.2 × 0.2 × 0.5
    #expect(
      confidence([
        Sighting.make("a"), Sighting.make("b", kind: .ground, source: "n", seconds: 1),
        Sighting.make("c", kind: .person, source: "p", score: 0.5, seconds: 2),
      ]) == ["0.980000"])
    // A second drone counts half: 1 − 0.2 × (1 − 0.4)
    #expect(
      confidence([Sighting.make("a"), Sighting.make("b", source: "flight-2", seconds: 1)]) == ["0.880000"])
  }

  @Test func theStrongestOfAKindCountsInFull() {
    // 1 − 0.1 × (1 − 0.3), whichever of the two is named first.
    for (first, second) in [(0.6, 0.9), (0.9, 0.6)] {
      let sightings = [
        Sighting.make("a", source: "flight-1", score: first),
        Sighting.make("b", source: "flight-2", score: second, seconds: 1),
      ]
      #expect(confidence(sightings) == ["0.930000"])
    }
  }

  @Test func repeatedSightingsGainLittle() {
    // 0.8 + 0.2 × 0.1 × (n − 1)/n
    let two = [Sighting.make("a"), Sighting.make("b", seconds: 1)]
    #expect(confidence(two) == ["0.810000"])
    let many = (0..<1000).map { Sighting.make("k\($0)", seconds: Double($0) / 10) }
    #expect(confidence(many) == ["0.819980"])
    // Regions of one frame are one sighting of one witness.
    let regions = (0..<10).map { Sighting.make("r\($0)", frame: "same") }
    #expect(confidence(regions) == ["0.800000"])
    // Frames taken at the same instant are told apart, in whatever order their keys stand.
    let interleaved = ["f", "g", "f", "g"].enumerated().map {
      Sighting.make("i\($0.offset)", frame: $0.element)
    }
    #expect(confidence(interleaved) == ["0.810000"])
  }

  @Test func confirmationNeedsConfidenceAndFrames() {
    func states(_ observations: [Observation]) -> [Incident.State] {
      Sighting.incidents(observations).map(\.state)
    }
    #expect(states([Sighting.make("a", score: 0.99)]) == [.suspected])
    #expect(states([Sighting.make("a"), Sighting.make("b", seconds: 1)]) == [.confirmed])
    #expect(
      states([Sighting.make("a", score: 0.7), Sighting.make("b", score: 0.7, seconds: 1)]) == [.suspected])
  }
}
