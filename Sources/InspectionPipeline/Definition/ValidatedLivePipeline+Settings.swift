import ImageCodecs
import Ingest
import InspectionModel

/// What `jinxun check` prints of a live pipeline.
extension ValidatedLivePipeline {
  /// Every setting that decides a run, by name, in a fixed order; secrets by the names of their places.
  package var effectiveSettings: [(name: String, value: String)] {
    let (live, policy, limits) = (definition, definition.addressPolicy, definition.sourceLimits)
    let kinds = Dictionary(grouping: live.nodes) { $0.endpoint?.kind ?? "disabled" }.mapValues(\.count)
    var settings = [
      ("pipeline", live.source.name), ("nodes file", live.nodesSource.name),
      ("governance", governanceFile.source.name),
      ("nodes", kinds.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")),
      ("emergency nodes", "\(live.nodes.count { $0.lane == .emergency })"),
      ("analyser", live.analyser.rawValue),
    ]
    for kind in HazardKind.allCases {
      settings.append(("threshold \(kind.rawValue)", live.thresholds[kind].map(\.decimal) ?? "fitted"))
    }
    settings += [
      (
        "attention",
        "\(live.attention.fullLooksPerSecond) full looks/s, every node in \(live.attention.fullLookEverySeconds) s, "
          + "\(live.attention.fullLookApartSeconds) s apart; first look every "
          + "\(live.attention.firstLookEverySeconds) s"
      ),
      (
        "health",
        "verdict \(live.health.verdictSeconds) s, recovery \(live.health.recoverySeconds) s, "
          + "alarm \(live.health.alarmSeconds) s"
      ),
      ("schemes", policy.schemes.sorted().joined(separator: ", ")),
      ("ports", policy.ports.sorted().map(String.init).joined(separator: ", ")),
      ("networks", policy.networks.map(\.description).joined(separator: ", ")),
      (
        "time-outs",
        "connect \(limits.connectSeconds) s, reply \(limits.replySeconds) s, stall \(limits.stallSeconds) s, "
          + "frame \(limits.frameSeconds) s"
      ),
      ("back-off", "\(limits.backoff.firstSeconds) to \(limits.backoff.capSeconds) s"),
      (
        "frame",
        "at most \(limits.maximumFrameBytes) bytes, \(limits.maximumGarbageBytes) bytes between frames"
      ),
      (
        "inlet",
        "\(live.inletLimits.maximumBytes) bytes, \(live.inletLimits.emergencyBytes) of them for emergencies; "
          + "\(live.inletLimits.waitingPerNode) frames a node"
      ),
      (
        "server",
        live.server.map { "\($0.host):\($0.port), \($0.reporters.count) reporters" } ?? "none"
      ),
      ("decode pixels", "\(live.decodeLimits.maximumPixels)"),
      ("evidence", "JPEG \(live.evidence.jpegQuality), \(live.evidence.maximumSidePixels) px"),
      (
        "retention",
        "evidence \(live.retention.evidenceDays) days, free space from \(live.retention.freeFloorMebibytes) MiB, "
          + "history \(live.retention.nodeHistoryDays) days"
      ),
      ("queued observations", "at most \(live.maximumQueuedObservations)"),
    ]
    return settings
  }

  /// The settings as lines of two columns.
  package var settingsText: String { twoColumns(effectiveSettings) }
}
