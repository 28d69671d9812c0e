internal import HazardReports
package import HazardAnalysis
package import InspectionModel

/// What is told about one picture of a list.
package struct PictureScore: Sendable {
  /// As the list writes it.
  package var name: String
  /// What was measured, or why the picture could not be looked at.
  package var result: Result<Judgement, Refusal>
  /// What was wrong with a picture that was looked at all the same.
  package var faults: [Fault] = []

  /// A measurement with the time that it took.
  package struct Judgement: Sendable {
    package var measurement: FrameMeasurement
    package var decodeMilliseconds: Double
    package var analyzeMilliseconds: Double
  }

  /// Why a picture could not be looked at, in one plain sentence.
  package struct Refusal: Error, Sendable, Hashable {
    package var message: String
  }

  /// The answer as one line of JSON.
  package var line: String {
    switch result {
    case .failure(let refusal):
      return JSONValue.object([("file", .text(name)), ("error", .text(refusal.message))]).line
    case .success(let judgement):
      let measurement = judgement.measurement
      var members: [(name: String, value: JSONValue)] = [
        ("file", .text(name)),
        ("scores", .object(measurement.hazards.map { ($0.hazard.rawValue, .score($0.score)) })),
        ("regions", .array(measurement.hazards.flatMap(\.regions).map(Self.value))),
      ]
      if let count = measurement.vehicleCount { members.append(("vehicles", .integer(count))) }
      members.append(("decode_ms", .number(judgement.decodeMilliseconds, decimals: 3)))
      members.append(("analyze_ms", .number(judgement.analyzeMilliseconds, decimals: 3)))
      return JSONValue.object(members).line
    }
  }

  private static func value(_ region: HazardRegion) -> JSONValue {
    let box = [region.box.x, region.box.y, region.box.width, region.box.height]
    return .object([
      ("hazard", .text(region.hazard.rawValue)), ("score", .score(region.score)),
      ("box", .array(box.map { .number($0, decimals: 6) })),
    ])
  }
}
