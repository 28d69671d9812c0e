package import InspectionModel

/// What a grid worker or a resident reports: a place, words, and a picture if there is one.
package struct PersonReport: Sendable, Hashable {
  /// The sender's key: a second report with the same key is the same report.
  package var idempotencyKey: String?
  /// The name of the token that was shown, never the token.
  package var sender: String
  /// When it was received, by this machine's clock.
  package var arrival: Timestamp
  /// When it was seen, as the sender says.
  package var seenAt: Timestamp?
  package var position: GeodeticPosition<CGCS2000>
  /// One sigma, metres, as the sender's receiver says.
  package var positionSigmaMeters: Double?
  /// What the sender takes it for.
  package var hazard: HazardKind?
  package var text: String
  /// JPEG or PNG by its first bytes, not decoded.
  package var picture: [UInt8]?

  package init(
    idempotencyKey: String?, sender: String, arrival: Timestamp, seenAt: Timestamp?,
    position: GeodeticPosition<CGCS2000>, positionSigmaMeters: Double?, hazard: HazardKind?, text: String,
    picture: [UInt8]?
  ) {
    self.idempotencyKey = idempotencyKey
    self.sender = sender
    self.arrival = arrival
    self.seenAt = seenAt
    self.position = position
    self.positionSigmaMeters = positionSigmaMeters
    self.hazard = hazard
    self.text = text
    self.picture = picture
  }
}
