import Foundation
import HazardAnalysis
import InspectionModel
import InspectionSimulator
import Testing

/// Marked flights: where the truth says that a hazard is, the fixed test analyser finds its colour.
@Suite struct MarkedFlightTests {
  /// A flight like the fixtures: large enough for every marker.
  private static let plan = SmallFlight.plan(seed: 3, frameCount: 15, widthPixels: 640, heightPixels: 360) {
    ($0.heightMeters, $0.isMarked, $0.quality) = (50, true, 80)
  }

  @Test(arguments: [1, 3, 9])
  func theAnalyzerFindsTheMarkersWhereTheTruthSays(index: Int) throws {
    let flight = try SimulatedFlight(plan: Self.plan)
    let (file, truth) = try flight.frame(index)
    let kinds = Dictionary(
      uniqueKeysWithValues: flight.truth(frames: []).hazards.map { ($0.id, $0.kind) })
    var workspace = AnalysisWorkspace()
    let measured = FixedTestAnalyzer().measure(
      try SmallFlight.decoded(file.bytes), wantsHeatMaps: false, workspace: &workspace)
    // A tile of 8 pixels counts when some four fifths of it are covered: thin tips of uneven edges are lost.
    let tile = (u: 8.0 / 640, v: 8.0 / 360)
    func isClose(_ box: NormalizedBox, _ other: NormalizedBox) -> Bool {
      abs(box.x - other.x) <= 2 * tile.u && abs(box.y - other.y) <= 2 * tile.v
        && abs(box.x + box.width - other.x - other.width) <= 2 * tile.u
        && abs(box.y + box.height - other.y - other.height) <= 2 * tile.v
    }
    let regions = measured.hazards.flatMap(\.regions)
    #expect(!truth.sightings.isEmpty)
    for sighting in truth.sightings where sighting.box.width > 3 * tile.u && sighting.box.height > 3 * tile.v
    {
      let found = regions.filter { $0.hazard == kinds[sighting.hazard] && isClose($0.box, sighting.box) }
      #expect(found.count == 1, "\(file.name): \(sighting.hazard) part \(sighting.part) at \(sighting.box)")
    }
    for region in regions {
      let drawn = truth.sightings.contains {
        kinds[$0.hazard] == region.hazard && abs($0.box.center.u - region.box.center.u) <= 2 * tile.u
          && abs($0.box.center.v - region.box.center.v) <= 2 * tile.v
      }
      #expect(drawn, "\(file.name): \(region.hazard) at \(region.box) was not drawn")
    }
  }

  /// A picture of a flight with one hazard only shows that kind to the analyser and no other.
  @Test(arguments: [
    (HazardKind.congestion, 7), (.darkness, 2), (.fireSmoke, 9), (.garbage, 12), (.roadDamage, 0),
    (.water, 5),
  ])
  func markerColoursAreThoseOfTheAnalyzer(kind: HazardKind, index: Int) throws {
    var plan = Self.plan
    plan.hazards = [kind]
    var workspace = AnalysisWorkspace()
    let frame = try SmallFlight.decoded(SimulatedFlight(plan: plan).frame(index).file.bytes)
    let measured = FixedTestAnalyzer().measure(frame, wantsHeatMaps: false, workspace: &workspace)
    #expect(measured.hazards.filter(\.isSeen).map(\.hazard) == [kind])
  }
}
