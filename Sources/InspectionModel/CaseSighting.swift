/// What a case knows of its incident: as much as decisions about the case need.
package struct CaseSighting: Sendable, Hashable, Codable {
  package var incidentID: String
  package var state: Incident.State
  package var peakScore: HazardScore
  package var confidence: HazardScore
  package var firstSeen: Timestamp
  package var lastSeen: Timestamp
  package var place: ObservedPlace?
  /// All who saw it, each once.
  package var witnesses: [Witness]
  package var observationCount: Int

  /// What a case keeps of an incident.
  package init(_ incident: Incident) {
    incidentID = incident.id
    state = incident.state
    peakScore = incident.peakScore
    confidence = incident.confidence
    firstSeen = incident.firstSeen
    lastSeen = incident.lastSeen
    place = incident.place
    witnesses = incident.witnesses
    observationCount = incident.observationKeys.count
  }
}
