import Foundation
import InspectionModel
import InspectionSimulator
import TestSupport
import Testing

/// The committed flights are what the simulator draws today, byte for byte.
@Suite struct FixturesTests {
  @Test(arguments: FixturePlans.all)
  func committedFlightsAreRemadeByteForByte(folder: String, plan: FlightPlan) throws {
    let url = ProjectFiles.fixture("flights/\(folder)")
    let made = try SmallFlight.files(of: SimulatedFlight(plan: plan))
    for (name, bytes) in made.sorted(by: { $0.key < $1.key }) {
      let committed = try? [UInt8](Data(contentsOf: url.appending(path: name)))
      #expect(
        committed == bytes, "\(folder)/\(name) differs; Fixtures/flights/README.md tells how to make it")
    }
    let present = try FileManager.default.contentsOfDirectory(
      at: url, includingPropertiesForKeys: [.isDirectoryKey])
    let files = Set(present.filter { !$0.hasDirectoryPath }.map(\.lastPathComponent))
    #expect(files == Set(made.keys), "\(folder) holds other files than the simulator makes")
  }

  @Test func everyHazardIsSeenTwiceInTheMarkedFlight() throws {
    let truth = try JSONDecoder().decode(
      FlightTruth.self, from: Data(contentsOf: ProjectFiles.fixture("flights/marked/truth.json")))
    #expect(truth.hazards.count == 6)
    for hazard in truth.hazards {
      let whole = truth.frames.filter { frame in
        frame.sightings.contains { $0.hazard == hazard.id && !$0.isCut && $0.box.width * 640 >= 16 }
      }
      #expect(whole.count >= 2, "\(hazard.id) is seen whole in \(whole.count) pictures")
    }
  }
}
