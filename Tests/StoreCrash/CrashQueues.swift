import Foundation
import InspectionModel
import InspectionStore

/// The flow of the trials.
enum CrashQueues {
  static let all = [
    FlowQueue(name: "work", maximumRows: 5000, maximumBytes: 16 << 20),
    FlowQueue(name: "outbox", maximumRows: 100_000, maximumBytes: 64 << 20, remembersCompletedKeys: true),
  ]

  static func flow(of store: InspectionStore) async throws -> StoredFlow {
    try await StoredFlow(store: store, queues: all) { now }
  }

  static var now: Timestamp {
    Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded()))
  }

  /// One effect for each item, and a notice.
  static func complete(_ claims: [FlowClaim], with flow: StoredFlow) async throws {
    try await flow.complete(claims) { transaction in
      for claim in claims {
        _ = try transaction.domain.nextSerial(day: claim.item.key, sourceLetter: "E")
        try transaction.append(
          [FlowItem(key: claim.item.key, sortKey: claim.item.sortKey, payload: Data())], to: "outbox")
      }
    }
  }
}
