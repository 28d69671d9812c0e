import InspectionModel

/// Pauses, extensions, new clocks: each gives the case its deadlines anew.
extension CaseDecision {
  func pause() throws(CaseRefusal) -> CaseStep {
    try requireClockThatMayStop()
    return .paused
  }

  func resumed() -> CaseStep {
    var pauses = file.pauses
    if let last = pauses.indices.last { pauses[last].to = time }
    return .resumed(
      deadlines: life.deadlines(of: file, from: file.clockStartedAt, pauses, file.extensions))
  }

  func extend(_ step: String, by limit: WorkLimit) throws(CaseRefusal) -> CaseStep {
    try requireClockThatMayStop()
    try requireDeadline(step)
    guard file.reachedAt(step: step) == nil else {
      throw refusal(.unknownStep, zh: "节点“\(step)”已完成", en: "step '\(step)' is done already")
    }
    let extensions = file.extensions + [CaseFile.Extension(step: step, limit: limit.text)]
    return .extended(
      step: step, by: limit.text,
      deadlines: life.deadlines(of: file, from: file.clockStartedAt, file.pauses, extensions))
  }

  func reopened() -> CaseStep {
    .reopened(deadlines: life.deadlines(of: file, from: time, [], []))
  }

  func requireDeadline(_ step: String) throws(CaseRefusal) {
    guard order.deadlines.contains(where: { $0.step == step }) else {
      let known = order.deadlines.map(\.step)
      throw refusal(
        .unknownStep, zh: "没有节点“\(step)”，本案节点为：\(known.joined(separator: "、"))",
        en: "no step '\(step)'; this case has \(known.joined(separator: ", "))")
    }
  }

  private func requireClockThatMayStop() throws(CaseRefusal) {
    guard hazardClass?.neverPauses != true else {
      throw refusal(
        .clockNeverPauses, zh: "“\(order.nameZh)”涉及生命安全，不停表、不延期",
        en: "life safety: the clock of class \(order.hazardClass) never stops and is never extended")
    }
  }
}
