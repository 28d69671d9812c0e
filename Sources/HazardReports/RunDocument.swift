internal import InspectionModel

/// `run.json`: what ran, on what, what it looked at, what it found and what went wrong.
struct RunDocument {
  let record: InspectionRecord
  let zone: UTCOffset

  var value: JSONValue {
    let run = record.run
    return .object([
      ("program", .object([("name", .text("jinxun")), ("version", .text(run.programVersion))])),
      (
        "pipeline",
        .object([("name", .text(run.pipelineName)), ("settings_hash", .text(run.settingsHash))])
      ),
      ("established", .text(run.establishedAt.iso8601(in: zone))),
      ("coord_system", .text(CGCS2000.name)),
      ("filter", record.filter.map(filter) ?? .null),
      ("counts", counts),
      ("changes", run.changes.map(changes) ?? .null),
      ("analysers", .array(run.analysers.map(analyser))),
      ("sources", .array(run.sources.map(source))),
      ("fault_counts", faultCounts),
      ("faults", .array(record.faults.map(fault))),
      ("timing", run.timing.map(timing) ?? .null),
      ("attributions", .texts(run.attributions)),
    ])
  }

  private func filter(_ filter: RecordFilter) -> JSONValue {
    .object(filter.words(in: zone).map { ($0.option, .text($0.value)) })
  }

  private var counts: JSONValue {
    let sources = record.run.sources
    func sum(_ count: (SourceCoverage) -> Int) -> JSONValue { .integer(sources.reduce(0) { $0 + count($1) }) }
    return .object([
      ("frames_found", sum(\.framesFound)),
      ("frames_analysed", sum(\.framesAnalysed)),
      ("frames_analysed_earlier", sum(\.framesAnalysedEarlier)),
      ("frames_faulty", sum(\.framesFaulty)),
      ("frames_not_looked_at", sum(\.framesNotLookedAt)),
      ("observations", .integer(record.observations.count)),
      ("incidents", .integer(record.incidents.count)),
      ("work_orders", .integer(record.workOrders.count)),
      ("work_orders_open", .integer(record.workOrders.count { $0.status.isOpen })),
      ("faults", .integer(record.faults.count)),
      (
        "incidents_by_hazard",
        .object(
          HazardKind.allCases.map { hazard in
            (hazard.rawValue, .integer(record.incidents.count { $0.hazard == hazard }))
          })
      ),
    ])
  }

  private func changes(_ changes: RunSummary.Changes) -> JSONValue {
    .object([
      ("observations_added", .integer(changes.observationsAdded)),
      ("incidents_added", .integer(changes.incidentsAdded)),
      ("incidents_updated", .integer(changes.incidentsUpdated)),
      ("work_orders_added", .integer(changes.workOrdersAdded)),
    ])
  }

  private func analyser(_ analyser: RunSummary.Analyser) -> JSONValue {
    .object([
      ("procedure", analyser.procedure.json),
      ("thresholds", .object(analyser.thresholds.map { ($0.hazard.rawValue, .score($0.score)) })),
    ])
  }

  private func source(_ source: SourceCoverage) -> JSONValue {
    .object([
      ("witness", source.witness.json),
      ("frames_found", .integer(source.framesFound)),
      ("frames_analysed", .integer(source.framesAnalysed)),
      ("frames_analysed_earlier", .integer(source.framesAnalysedEarlier)),
      ("frames_faulty", .integer(source.framesFaulty)),
      ("frames_not_looked_at", .integer(source.framesNotLookedAt)),
      ("frames_located", .integer(source.framesLocated)),
      (
        "conditions",
        .object(source.conditions.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) })
      ),
      ("first_frame", .optional(source.firstFrame?.iso8601(in: zone))),
      ("last_frame", .optional(source.lastFrame?.iso8601(in: zone))),
      ("procedure", source.procedure?.json ?? .null),
      ("hazards_assessed", .texts(source.hazardsAssessed.map(\.rawValue))),
    ])
  }

  private var faultCounts: JSONValue {
    var counts: [String: Int] = [:]
    for fault in record.faults { counts[fault.code, default: 0] += 1 }
    return .object(counts.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) })
  }

  private func fault(_ fault: Fault) -> JSONValue {
    .object([
      ("code", .text(fault.code)), ("subject", .text(fault.subject)),
      ("place", .optional(fault.place?.text)), ("message", .text(fault.message)),
    ])
  }

  private func timing(_ timing: RunSummary.Timing) -> JSONValue {
    .object([
      ("started", .text(timing.startedAt.iso8601(in: zone))),
      ("elapsed_s", .number(timing.elapsedSeconds, decimals: 3)),
      ("workers", .integer(timing.workers)),
      ("kernel_tier", .text(timing.kernelTier)),
    ])
  }
}
