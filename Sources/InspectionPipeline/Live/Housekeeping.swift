internal import InspectionModel
internal import InspectionStore
internal import Logging

/// Keeps the disk from filling up: evidence of closed cases goes by its age, and sooner where space is short; then new
/// evidence stops. Observations, reports and orders are never given up for space.
struct Housekeeping: Sendable {
  private static let removedAtOnce = 500

  let store: InspectionStore
  let retention: LiveDefinition.Retention
  let logger: Logger

  /// Free bytes, and whether new evidence may be kept, after what could be given up was.
  func run(at now: Timestamp) async throws -> (freeBytes: Int, mayKeepEvidence: Bool) {
    let days = -86_400.0
    try await store.forgetNodeHistory(
      before: now.advanced(bySeconds: days * Double(retention.nodeHistoryDays)))
    try await remove(keptBefore: now.advanced(bySeconds: days * Double(retention.evidenceDays))) { true }
    let floor = retention.freeFloorMebibytes << 20
    if try store.freeDiskBytes() < floor {
      // By the hour of this run: what came since the space ran short is the last to go.
      try await remove(keptBefore: now.advanced(bySeconds: -3600)) { try store.freeDiskBytes() < floor }
    }
    let free = try store.freeDiskBytes()
    return (free, free >= floor)
  }

  private func remove(keptBefore time: Timestamp, whileTrue isNeeded: () throws -> Bool) async throws {
    var (pictures, bytes) = (0, 0)
    while try isNeeded() {
      let part = try await store.removeEvidence(keptBefore: time, limit: Self.removedAtOnce)
      pictures += part.pictures
      bytes += part.bytes
      guard part.pictures == Self.removedAtOnce else { break }
    }
    guard pictures > 0 else { return }
    logger.notice(
      "evidence of closed cases was removed", metadata: ["pictures": "\(pictures)", "bytes": "\(bytes)"])
  }
}
