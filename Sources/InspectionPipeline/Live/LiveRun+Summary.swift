internal import Foundation
internal import Ingest
internal import InspectionModel
internal import InspectionStore
internal import Synchronization

/// What a run tells of itself.
extension LiveRun {
  func summary(seconds: Double) async throws -> LiveSummary {
    let counts = desk.counts
    let frames = inlet.counts
    let totals = try await store.totals()
    var summary = LiveSummary()
    summary.nodes = pipeline.definition.enabledNodes.count
    summary.seconds = seconds
    summary.framesReceived = frames.values.reduce(0) { $0 + $1.offered }
    summary.framesAnalysed = counts.looked.values.reduce(0, +)
    for (reason, count) in frames.values.flatMap(\.dropped) {
      summary.framesDropped[reason.rawValue, default: 0] += count
    }
    summary.framesUnreadable = counts.unreadable.values.flatMap(\.values).reduce(0, +)
    summary.firstLooks = counts.firstLooks
    summary.fullLooks = counts.fullLooks
    for condition in desk.watch.conditions.values {
      summary.states[condition.state.rawValue, default: 0] += 1
    }
    summary.stateChanges = facts.withLock { $0.stateChanges }
    summary.observations = desk.intake.counts.recorded
    (summary.incidents, summary.workOrders, summary.reports) = totals
    summary.latencyP99Ms = desk.times.all[.observation]?.boundSeconds(ofQuantile: 0.99).map { $0 * 1000 }
    summary.rssPeakMb = Self.peakMegabytes
    return summary
  }

  /// The most memory that the process ever had, megabytes, as Linux tells it (`VmHWM`); 0 where it does not.
  static var peakMegabytes: Double {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let kilobytes = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap({
        Double($0)
      })
    else { return 0 }
    return kilobytes / 1024
  }
}

extension LiveNode {
  /// As a map of what was watched knows it.
  var watched: WatchedSource {
    WatchedSource(
      source: id, name: unitName, nameEnglish: unitNameEnglish, position: position,
      headingDegrees: view?.headingDegrees, fieldOfViewDegrees: view?.fieldOfViewDegrees,
      rangeMeters: view?.rangeMeters)
  }
}

extension LiveDefinition {
  /// Nodes that are switched on.
  var enabledNodes: [LiveNode] { nodes.filter { $0.endpoint != nil } }

  /// The same with the rules of their lives.
  var watchedNodes: [(id: String, rules: NodeLifeRules)] { enabledNodes.map { ($0.id, lifeRules($0)) } }

  var fullLookLimits: FullLookQueue.Limits {
    FullLookQueue.Limits(
      looksPerSecond: attention.fullLooksPerSecond, everySeconds: attention.fullLookEverySeconds,
      apartSeconds: attention.fullLookApartSeconds)
  }
}
