internal import HazardReports
internal import InspectionModel
internal import InspectionPipeline

/// What a run gave, on one screen.
struct RunSummaryText {
  let record: InspectionRecord
  let outcome: InspectionRun.Outcome
  let language: Language
  let zone: UTCOffset
  let folder: String
  let files: [String]
  let store: String

  /// Incidents and faults that are listed; the report holds all.
  private static let incidentLimit = 10
  private static let faultLimit = 5

  var text: String {
    let lines = sources + [""] + counts + incidents + faults + [""] + results
    return lines.joined(separator: "\n") + "\n"
  }

  private func words(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

  private var sources: [String] {
    record.run.sources.map { source in
      let earlier = source.framesAnalysedEarlier
      var text = "\(source.witness.source) (\(source.witness.kind.name(in: language))): "
      text += words(
        "图像 \(source.framesFound)，已查看 \(source.framesLookedAt)",
        "\(source.framesFound) pictures, \(source.framesLookedAt) looked at")
      if earlier > 0 { text += words("（其中此前 \(earlier)）", " (\(earlier) before this run)") }
      text += words(
        "，可定位 \(source.framesLocated)，损坏 \(source.framesFaulty)",
        ", \(source.framesLocated) located, \(source.framesFaulty) faulty")
      for (condition, count) in source.conditions.sorted(by: { $0.key < $1.key }) {
        text += ", \(condition) \(count)"
      }
      return text
    }
  }

  private var counts: [String] {
    let changes = outcome.changes
    var lines = [
      words(
        "观测 \(record.observations.count)（新增 \(changes.observationsAdded)），事件 \(record.incidents.count)（新增 \(changes.incidentsAdded)），工单 \(record.workOrders.count)（新增 \(changes.workOrdersAdded)）",
        "\(record.observations.count) observations (\(changes.observationsAdded) new), \(record.incidents.count) incidents (\(changes.incidentsAdded) new), \(record.workOrders.count) work orders (\(changes.workOrdersAdded) new)"
      )
    ]
    if outcome.addedRows == 0 {
      lines.append(
        words("本次没有新增内容：这些航次此前已处理。", "Nothing was added: these flights were processed before."))
    }
    return lines
  }

  private var incidents: [String] {
    let all = record.incidentsByUrgency
    guard !all.isEmpty else { return [] }
    var lines = [""]
    for (index, incident) in all.prefix(Self.incidentLimit).enumerated() {
      let order = record.workOrder(of: incident)
      let name = order.map { language == .zh ? $0.nameZh : $0.nameEn } ?? incident.hazard.name(in: language)
      var parts = ["\(index + 1).", name, fixed(incident.peakScore.fraction, 2), place(of: incident)]
      if let order {
        parts += [order.caseNumber, order.department]
        if let due = order.deadlines.map(\.due).min() {
          parts.append(words("时限 ", "due ") + String(due.iso8601(in: zone).prefix(16)))
        }
      } else {
        parts.append(words("未立案", "no case"))
      }
      lines.append("  " + parts.joined(separator: "  "))
    }
    if all.count > Self.incidentLimit {
      let more = all.count - Self.incidentLimit
      lines.append(words("  另有 \(more) 起，见报告", "  and \(more) more in the report"))
    }
    return lines
  }

  private func place(of incident: Incident) -> String {
    guard let place = incident.place else { return words("无位置", "no position") }
    let position = place.position
    var text = "\(fixed(position.latitudeDegrees, 5)), \(fixed(position.longitudeDegrees, 5))"
    text += " ±\(fixed(place.sigmaMeters, place.sigmaMeters < 10 ? 1 : 0)) m"
    if place.method == .camera { text += words("（相机位置）", " (camera)") }
    return text
  }

  private var faults: [String] {
    guard !outcome.faults.isEmpty else { return [] }
    var lines = ["", words("故障 \(outcome.faults.count)：", "\(outcome.faults.count) faults:")]
    lines += outcome.faults.prefix(Self.faultLimit).map { "  \($0.description)" }
    if outcome.faults.count > Self.faultLimit {
      lines.append(words("  其余见 run.json", "  the others are in run.json"))
    }
    return lines
  }

  private var results: [String] {
    var lines = ["\(folder): \(files.joined(separator: ", "))", words("数据库：", "store: ") + store]
    if let timing = record.run.timing {
      let frames = record.run.sources.reduce(0) { $0 + $1.framesLookedAt + $1.framesFaulty }
      let rate = timing.elapsedSeconds > 0 ? Double(frames) / timing.elapsedSeconds : 0
      lines.append(
        words(
          "用时 \(fixed(timing.elapsedSeconds, 2)) 秒，\(fixed(rate, 1)) 帧/秒，\(timing.workers) 个并行，\(timing.kernelTier)",
          "\(fixed(timing.elapsedSeconds, 2)) s, \(fixed(rate, 1)) frames/s, \(timing.workers) workers, \(timing.kernelTier)"
        ))
    }
    return lines
  }
}
