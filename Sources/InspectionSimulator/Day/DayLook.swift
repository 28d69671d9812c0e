package import InspectionModel

/// A look at a place at which nothing was seen: what tells that a hazard has gone.
package struct DayLook: Sendable, Hashable {
  /// 64 hex digits.
  package var key: String
  package var witness: Witness
  package var phenomenonTime: Timestamp
  package var resultTime: Timestamp
  /// What would have been seen; sorted.
  package var hazards: [HazardKind]
  package var position: GeodeticPosition<CGCS2000>
  /// How far around the position the look went.
  package var radiusMeters: Double
  /// The hazard at whose place was looked; a truth, no part of the look.
  package var hazardID: String
  /// The hazard was there and was not seen; a truth, no part of the look.
  package var isMissed: Bool
}
