/// One hazard at one place over time, joined from observations.
package struct Incident: Sendable, Hashable, Codable {
  /// Where an incident stands.
  package enum State: String, Sendable, Hashable, Codable, CaseIterable {
    case suspected, confirmed, resolved, dismissed

    /// Name for people, in the given language.
    package func name(in language: Language) -> String {
      switch (self, language) {
      case (.suspected, .zh): "疑似"
      case (.confirmed, .zh): "确认"
      case (.resolved, .zh): "已消除"
      case (.dismissed, .zh): "已排除"
      case (_, .en): rawValue
      }
    }
  }

  /// Stable identifier, derived from the key of the first observation.
  package var id: String
  package var hazard: HazardKind
  package var state: State
  /// Highest score seen.
  package var peakScore: HazardScore
  /// Joint confidence: rises with independent witnesses only.
  package var confidence: HazardScore
  package var firstSeen: Timestamp
  package var lastSeen: Timestamp
  /// Best estimate over all located observations; `nil` where no observation has a place.
  package var place: ObservedPlace?
  /// All who saw it, sorted, each once.
  package var witnesses: [Witness]
  /// Keys of the joined observations in order of time.
  package var observationKeys: [String]
  /// Key of the observation with the highest score: the evidence that a report shows.
  package var bestObservationKey: String
  /// The most vehicles counted in one frame.
  package var vehicleCount: Int?

  package init(
    id: String, hazard: HazardKind, state: State, peakScore: HazardScore, confidence: HazardScore,
    firstSeen: Timestamp, lastSeen: Timestamp, place: ObservedPlace?, witnesses: [Witness],
    observationKeys: [String], bestObservationKey: String, vehicleCount: Int?
  ) {
    self.id = id
    self.hazard = hazard
    self.state = state
    self.peakScore = peakScore
    self.confidence = confidence
    self.firstSeen = firstSeen
    self.lastSeen = lastSeen
    self.place = place
    self.witnesses = witnesses
    self.observationKeys = observationKeys
    self.bestObservationKey = bestObservationKey
    self.vehicleCount = vehicleCount
  }
}
