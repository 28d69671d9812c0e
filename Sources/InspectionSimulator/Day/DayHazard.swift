package import InspectionModel

/// One hazard of a simulated day, as it truly was.
package struct DayHazard: Sendable, Hashable {
  package var id: String
  package var kind: HazardKind
  package var position: GeodeticPosition<CGCS2000>
  package var begins: Timestamp
  package var ends: Timestamp
  /// How far one sighting of it lies off: root of the mean of stated sigma squared plus spread squared over its
  /// sightings, metres per axis.
  package var sigmaMeters: Double
  /// Distance to the nearest hazard of its kind that is there at the same time, in joint sigmas (the root of both
  /// `sigmaMeters` squared and added); `nil` beyond 12.
  package var nearestSigmas: Double?
  package var observationCount: Int
  package var witnesses: [Witness]

  /// Whether no other hazard of its kind lies within three joint sigmas while it lasts.
  ///
  /// The sigma is that of the distance between one sighting of this and one of the other hazard: what is nearer
  /// cannot be told apart by looking at both once. Times count from beginning to end, seen or not.
  package var isSeparable: Bool { nearestSigmas.map { $0 > 3 } ?? true }
}
