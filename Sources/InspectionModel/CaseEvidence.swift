/// A picture in a case, by its hash, with what the analyser said about it.
package struct CaseEvidence: Sendable, Hashable, Codable {
  /// What a picture shows: the hazard, or the place after somebody dealt with it.
  package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    case before, after
  }

  package var kind: Kind
  /// SHA-256 of the file's bytes, lower-case hex.
  package var sha256: String
  /// When the picture was taken.
  package var time: Timestamp
  /// Score of the case's hazard in the picture; `nil` where nobody scored it.
  package var score: HazardScore?
  /// The score from which the hazard counts as there.
  package var threshold: HazardScore?
  /// What gave the score.
  package var procedure: AnalysisProcedure?
  /// Where the picture shows the ground; `nil` where that is not known.
  package var place: ObservedPlace?
  /// Who took it.
  package var witness: Witness?

  package init(
    kind: Kind, sha256: String, time: Timestamp, score: HazardScore? = nil, threshold: HazardScore? = nil,
    procedure: AnalysisProcedure? = nil, place: ObservedPlace? = nil, witness: Witness? = nil
  ) {
    self.kind = kind
    self.sha256 = sha256
    self.time = time
    self.score = score
    self.threshold = threshold
    self.procedure = procedure
    self.place = place
    self.witness = witness
  }

  /// A picture of an observation, with the observation's score.
  package init(_ kind: Kind, of observation: Observation) {
    self.init(
      kind: kind, sha256: observation.frame.sha256, time: observation.phenomenonTime,
      score: observation.score, threshold: observation.threshold, procedure: observation.procedure,
      place: observation.place, witness: observation.witness)
  }
}
