/// What a person reported, as it is kept: durable before it is acknowledged, and until it is worked on.
package struct ReportedSighting: Sendable, Hashable, Codable {
  /// Follows from sender and content: the same report twice is one.
  package var id: String
  /// Name of the sender's token.
  package var sender: String
  package var receivedAt: Timestamp
  package var seenAt: Timestamp?
  package var position: GeodeticPosition<CGCS2000>
  package var positionSigmaMeters: Double?
  /// What the sender takes it for.
  package var hazard: HazardKind?
  package var text: String
  /// The picture lies in the evidence folder under this hash.
  package var pictureSHA256: String?

  package init(
    id: String, sender: String, receivedAt: Timestamp, seenAt: Timestamp?,
    position: GeodeticPosition<CGCS2000>, positionSigmaMeters: Double?, hazard: HazardKind?, text: String,
    pictureSHA256: String?
  ) {
    self.id = id
    self.sender = sender
    self.receivedAt = receivedAt
    self.seenAt = seenAt
    self.position = position
    self.positionSigmaMeters = positionSigmaMeters
    self.hazard = hazard
    self.text = text
    self.pictureSHA256 = pictureSHA256
  }
}
