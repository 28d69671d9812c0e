import Foundation
import InspectionModel
import TestSupport
import Testing

/// `jinxun locate` from the outside.
@Suite struct LocateCommandTests {
  let root: TemporaryFolder
  static let flight = ProjectFiles.fixture("flights/subtitled")

  init() throws { root = try TemporaryFolder() }

  private func locate(_ points: String, flight: URL = Self.flight) throws -> Program.Outcome {
    try Data(points.utf8).write(to: root.file("points.csv"))
    return try Program.run(["locate", "--flight", flight.path, "--points", "points.csv"], in: root.url)
  }

  @Test func knownPointsAreFoundWithTheirError() throws {
    let truth = try String(contentsOf: Self.flight.appending(path: "tiepoints.csv"), encoding: .utf8)
      .split(whereSeparator: \.isNewline).dropFirst().map { $0.split(separator: ",") }
    let asked = "image,u,v\n" + truth.map { $0[..<3].joined(separator: ",") }.joined(separator: "\n")
    let outcome = try locate(asked)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let rows = outcome.output.split(separator: "\n")
    #expect(rows.first == "image,u,v,lon,lat,sigma_m")
    #expect(rows.count == truth.count + 1)
    for (row, known) in zip(rows.dropFirst(), truth) {
      let cells = row.split(separator: ",")
      #expect(cells[..<3] == known[..<3])
      let numbers = try (cells[3...5] + known[3...4]).map { try #require(Double($0)) }
      let place = GeodeticPosition<CGCS2000>(latitudeDegrees: numbers[1], longitudeDegrees: numbers[0])
      let origin = GeodeticPosition<CGCS2000>(latitudeDegrees: numbers[4], longitudeDegrees: numbers[3])
      #expect(LocalPlane(origin: origin).distanceMeters(to: place) < 3 * numbers[2], "\(row)")
    }
  }

  @Test func wrongRowsAndUnknownPicturesAreNamedAndTheRestIsDone() throws {
    let outcome = try locate(
      "image,u,v\r\nSIM_0001.JPG,0.5,0.5\r\nSIM_0002.JPG,half,0.5\r\nSIM_0003.JPG,0.5,1.5\r\n"
        + "none.jpg,0.1,0.1\r\n")
    #expect(outcome.status == 1)
    #expect(outcome.output.split(separator: "\n").count == 2)
    #expect(outcome.errors.contains("points.csv: line 3: expected"))
    #expect(outcome.errors.contains("'SIM_0002.JPG,half,0.5'"))
    #expect(outcome.errors.contains("points.csv: line 4: expected"))
    #expect(outcome.errors.contains("none.jpg: 1 point"))
  }

  @Test func picturesWithoutAPlaceAreLeftOutAndNamed() throws {
    let outcome = try locate(
      "image,u,v\nSIM_0004.JPG,0.5,0.5\nSIM_0004.JPG,0.1,0.5\n",
      flight: ProjectFiles.fixture("flights/fixed-camera"))
    #expect(outcome.status == 0)
    #expect(outcome.output == "image,u,v,lon,lat,sigma_m\n")
    #expect(outcome.errors == "SIM_0004.JPG: 2 points left out: the camera's position is unknown\n")
  }

  @Test(arguments: ["", "name,x,y\na,1,1\n", "image,u,v\n"])
  func withoutPointsThereIsNothingToRun(points: String) throws {
    let outcome = try locate(points)
    #expect(outcome.status == 2 && outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("points.csv: line ") && outcome.errors.contains("expected"))
    #expect(outcome.errors.split(separator: "\n").count == 1)
  }

  @Test func aMissingFolderOrFileIsOneLine() throws {
    let flight = try locate("image,u,v\na.jpg,0,0\n", flight: root.file("nowhere"))
    let points = try Program.run(
      ["locate", "--flight", Self.flight.path, "--points", "nothing.csv"], in: root.url)
    for (outcome, name) in [(flight, "nowhere"), (points, "nothing.csv")] {
      #expect(outcome.status == 2 && outcome.output.isEmpty)
      #expect(outcome.errors.contains(name) && outcome.errors.split(separator: "\n").count == 1)
    }
  }
}
