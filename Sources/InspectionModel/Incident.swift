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
  /// Keys of the joined observations, each once; those of a stored record in order of time.
  package var observationKeys: [String]
  /// Key of the observation with the highest score: the evidence that a report shows.
  package var bestObservationKey: String
  /// The most vehicles counted in one frame.
  package var vehicleCount: Int?
  /// Counts how often the hazard came back after it had been taken for gone; 1 the first time.
  package var episode: Int
  /// The incident that this one was split from, since its sightings turned out to be two hazards.
  package var splitFrom: String?
  /// When its first result was made; `nil` in records of earlier versions.
  package var knownSince: Timestamp?
  /// When it had enough results to be confirmed.
  package var confirmedSince: Timestamp?
  /// The last look that did not find it, where it counts as gone.
  package var goneSince: Timestamp?

  package init(
    id: String, hazard: HazardKind, state: State, peakScore: HazardScore, confidence: HazardScore,
    firstSeen: Timestamp, lastSeen: Timestamp, place: ObservedPlace?, witnesses: [Witness],
    observationKeys: [String], bestObservationKey: String, vehicleCount: Int?, episode: Int = 1,
    splitFrom: String? = nil,
    knownSince: Timestamp? = nil, confirmedSince: Timestamp? = nil, goneSince: Timestamp? = nil
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
    self.episode = episode
    self.splitFrom = splitFrom
    self.knownSince = knownSince
    self.confirmedSince = confirmedSince
    self.goneSince = goneSince
  }
}

extension Incident {
  private enum CodingKeys: String, CodingKey {
    case id, hazard, state, peakScore, confidence, firstSeen, lastSeen, place, witnesses, observationKeys
    case bestObservationKey, vehicleCount, episode, splitFrom, knownSince, confirmedSince, goneSince
  }

  /// Reads records of earlier versions, too, which knew no episodes.
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      id: try values.decode(String.self, forKey: .id),
      hazard: try values.decode(HazardKind.self, forKey: .hazard),
      state: try values.decode(State.self, forKey: .state),
      peakScore: try values.decode(HazardScore.self, forKey: .peakScore),
      confidence: try values.decode(HazardScore.self, forKey: .confidence),
      firstSeen: try values.decode(Timestamp.self, forKey: .firstSeen),
      lastSeen: try values.decode(Timestamp.self, forKey: .lastSeen),
      place: try values.decodeIfPresent(ObservedPlace.self, forKey: .place),
      witnesses: try values.decode([Witness].self, forKey: .witnesses),
      observationKeys: try values.decode([String].self, forKey: .observationKeys),
      bestObservationKey: try values.decode(String.self, forKey: .bestObservationKey),
      vehicleCount: try values.decodeIfPresent(Int.self, forKey: .vehicleCount),
      episode: try values.decodeIfPresent(Int.self, forKey: .episode) ?? 1,
      splitFrom: try values.decodeIfPresent(String.self, forKey: .splitFrom),
      knownSince: try values.decodeIfPresent(Timestamp.self, forKey: .knownSince),
      confirmedSince: try values.decodeIfPresent(Timestamp.self, forKey: .confirmedSince),
      goneSince: try values.decodeIfPresent(Timestamp.self, forKey: .goneSince))
  }
}
