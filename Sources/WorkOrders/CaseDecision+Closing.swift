import InspectionModel

/// Closing by picture: only a picture of the same place, taken after the handling began and scored by what scored the
/// first one, decides.
extension CaseDecision {
  func check(_ picture: CaseEvidence) throws(CaseRefusal) -> CaseStep {
    guard picture.kind == .after, let score = picture.score, let threshold = picture.threshold else {
      throw wrongPicture(
        zh: "须为带评分和阈值的处置后照片", en: "it takes an after-picture with a score and a threshold")
    }
    guard let began = file.handlingBeganAt, picture.time > began, picture.time <= time else {
      let since = (file.handlingBeganAt ?? time).iso8601(in: governance.calendar.zone)
      throw wrongPicture(
        zh: "照片须摄于处置开始（\(since)）之后、核查之前",
        en: "the picture has to be taken after the handling began (\(since)) and before the check")
    }
    if file.evidence.contains(where: { $0.kind == .before && $0.sha256 == picture.sha256 }) {
      throw wrongPicture(zh: "该照片是处置前照片", en: "that picture is one from before the handling")
    }
    try requireSameProcedure(picture)
    try requireSamePlace(picture)
    return score >= threshold ? .sentBack(evidence: picture) : .checkPassed(evidence: picture)
  }

  /// A case that no analyser ever scored (a call, say) takes any of them.
  private func requireSameProcedure(_ picture: CaseEvidence) throws(CaseRefusal) {
    let known = file.evidence.filter { $0.kind == .before }.compactMap(\.procedure)
    guard !known.isEmpty else { return }
    guard let procedure = picture.procedure, known.contains(procedure) else {
      let (found, expected) = (Self.name(picture.procedure), Self.name(known[known.count - 1]))
      throw wrongPicture(
        zh: "照片须由同一分析程序评分：应为 \(expected)，实为 \(found)；可先用新程序重评处置前照片",
        en: "the same procedure has to score it: expected \(expected), found \(found); "
          + "or add the before-picture scored anew")
    }
  }

  /// Within the joint errors of both places and the hazard's own size; without places, the same camera.
  private func requireSamePlace(_ picture: CaseEvidence) throws(CaseRefusal) {
    if let place = picture.place, let known = file.sighting.place {
      let rules = governance.caseRules.closing
      let variance =
        place.sigmaMeters * place.sigmaMeters + known.sigmaMeters * known.sigmaMeters
        + rules.spreadMeters * rules.spreadMeters
      let gate = rules.gateSigmas * variance.squareRoot()
      let distance = LocalPlane(origin: known.position).distanceMeters(to: place.position)
      guard distance <= gate else {
        let (away, allowed) = (Int(distance.rounded()), Int(gate.rounded()))
        throw wrongPicture(
          zh: "照片位置相距 \(away) 米，超出允许的 \(allowed) 米",
          en: "the picture shows a place \(away) m away; at most \(allowed) m are allowed")
      }
      return
    }
    guard let witness = picture.witness, file.sighting.witnesses.contains(witness) else {
      throw wrongPicture(
        zh: "照片无位置且不是发现来源所摄，无法认定为同一地点",
        en: "without a position, only a picture by one of the case's own witnesses shows the same place")
    }
  }

  private func wrongPicture(zh: String, en: String) -> CaseRefusal { refusal(.wrongPicture, zh: zh, en: en) }

  private static func name(_ procedure: AnalysisProcedure?) -> String {
    procedure.map { "\($0.name) \($0.version) (\($0.parametersHash))" } ?? "-"
  }
}
