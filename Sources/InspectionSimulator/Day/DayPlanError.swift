internal import InspectionModel

/// Why a day cannot be made up.
package enum DayPlanError: Error, Sendable, Hashable {
  case outOfRange(name: String, found: String, expected: String)
  /// So many hazards cannot keep their distance within the box.
  case noRoom(hazards: Int)

  /// One plain sentence for a person.
  package var message: String {
    switch self {
    case .outOfRange(let name, let found, let expected): "\(name): expected \(expected), found \(found)"
    case .noRoom(let hazards): "the box has no room for \(hazards) hazards that keep their distance"
    }
  }
}

extension DayPlan {
  /// Throws for the first value with which no day could be made up.
  package func validate() throws(DayPlanError) {
    func require<Value: Comparable>(
      _ name: String, _ value: Value, _ range: ClosedRange<Value>
    ) throws(DayPlanError) {
      guard range.contains(value) else {
        throw .outOfRange(
          name: name, found: "\(value)", expected: "\(range.lowerBound) to \(range.upperBound)")
      }
    }
    try require("hazards", hazardCount, 1...100_000)
    try require("observations", observationCount, 2 * hazardCount...5_000_000)
    try require("share of neighbours", neighbourShare, 0...0.5)
    try require("share of repeated observations", repeatedShare, 0...0.5)
    try require("centres", centers.count, 1...10_000)
    for center in centers {
      try require("weight of a centre", center.weight, 0.001...1000)
      guard box.contains(center.position) else {
        let found = "\(center.position.latitudeDegrees), \(center.position.longitudeDegrees)"
        throw .outOfRange(name: "centre", found: found, expected: "a place in the box")
      }
    }
    for (kind, spread) in spreadMeters.sorted(by: { $0.key < $1.key }) {
      try require("spread of \(kind.rawValue)", spread, 0...60)
    }
  }

  /// The spread of a kind, metres; 0 where the plan names none.
  func spread(of kind: HazardKind) -> Double { spreadMeters[kind] ?? 0 }
}
