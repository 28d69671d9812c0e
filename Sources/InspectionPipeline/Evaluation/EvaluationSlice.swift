internal import InspectionModel

/// A comparison of some collections: which pictures with a hazard against which without.
struct EvaluationSlice: Sendable {
  let name: String
  let hazard: HazardKind
  private let positives: [String]
  private let negatives: [String]
  /// Notes that positives and negatives must carry.
  private let positiveNote: String?
  private let negativeNote: String?

  private init(
    _ name: String, _ hazard: HazardKind, _ positives: [String], _ negatives: [String],
    positiveNote: String? = nil, negativeNote: String? = nil
  ) {
    (self.name, self.hazard, self.positives, self.negatives) = (name, hazard, positives, negatives)
    (self.positiveNote, self.negativeNote) = (positiveNote, negativeNote)
  }

  /// Those that can be asked of the collections in use; one of which a folder lacks is left out.
  static let all = [
    EvaluationSlice("fire.cair", .fireSmoke, ["cair-fire"], ["cair-fire"]),
    EvaluationSlice("fire.aerial_vs_drone", .fireSmoke, ["aider-aerial-fire"], ["drone-vehicles"]),
    EvaluationSlice("fire.cair_vs_hard_negative", .fireSmoke, ["cair-fire"], ["kunge-hard-negative"]),
    EvaluationSlice("water.cctv", .water, ["rio-cctv"], ["rio-cctv"]),
    EvaluationSlice(
      "water.cctv_clear", .water, ["rio-cctv"], ["rio-cctv"], positiveNote: "clear=1", negativeNote: "clear=1"
    ),
    EvaluationSlice("water.flood_vs_dry", .water, ["flood-area"], ["drone-vehicles", "camvid-streets"]),
    EvaluationSlice(
      "garbage.vs_bins_only", .garbage, ["cn-garbage"], ["cn-garbage"], negativeNote: "bins_only"),
    EvaluationSlice("garbage.vs_streets", .garbage, ["cn-garbage"], ["camvid-streets"]),
    EvaluationSlice(
      "road.vs_streets", .roadDamage, ["br-road", "pothole-seg", "crackforest"], ["camvid-streets"]),
  ]

  /// Whether a picture belongs here; its label says to which side.
  func takes(_ picture: LabelledPicture) -> Bool {
    guard let label = picture.labels[hazard] else { return false }
    let note = label ? positiveNote : negativeNote
    return (label ? positives : negatives).contains(picture.collection)
      && note.map { picture.notes.contains($0) } ?? true
  }
}
