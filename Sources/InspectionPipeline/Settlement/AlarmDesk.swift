import Foundation
import InspectionModel
import InspectionStore
import WorkOrders

/// Offers notices to the alarm budget within a transaction: what passes goes to the outbox, the rest waits for the
/// digest of its hour. The budget's hours and the digests are rows of the store.
struct AlarmDesk {
  /// Queue of notices that tiers are told at once.
  static let outbox = FlowQueue(
    name: "notices", maximumRows: 1_000_000, maximumBytes: 1 << 30, remembersCompletedKeys: true)
  private static let budgetKey = "budget"
  /// Hours that are kept after their end, since late events count against them.
  private static let keptSeconds = 3.0 * 86_400

  private let effects: FlowTransaction
  private var budget: AlarmBudget
  private var newest: Timestamp?

  init(effects: FlowTransaction, governance: Governance) throws {
    self.effects = effects
    let hours = try effects.domain.alarmDigest(as: [AlarmBudget.Hour].self, key: Self.budgetKey)
    budget = AlarmBudget(
      rules: governance.caseRules.alarms, zone: governance.calendar.zone, hours: hours ?? [])
  }

  /// Notices that wait for the digest of their hour.
  var waiting: [AlarmNotice] { budget.hours.flatMap(\.waiting) }

  /// Offers notices of one event.
  mutating func offer(_ notices: [AlarmNotice]) throws {
    var passed: [FlowItem] = []
    for notice in notices {
      newest = max(newest ?? notice.time, notice.time)
      guard budget.offer(notice) == .delivered else { continue }
      passed.append(
        FlowItem(
          key: notice.key, sortKey: notice.time.nanoseconds, orderingKey: notice.caseNumber,
          payload: try Self.encoded(notice)))
    }
    if !passed.isEmpty { try effects.append(passed, to: Self.outbox.name) }
  }

  /// Takes the digests of hours that are over.
  mutating func takeDigests(at now: Timestamp) throws -> [AlarmDigest] {
    let digests = budget.takeDigests(at: now)
    for digest in digests {
      let base = "digest \(digest.hourStart.iso8601()) \(digest.tier.rawValue)"
      var number = 1
      while try effects.domain.alarmDigest(as: AlarmDigest.self, key: "\(base) \(number)") != nil {
        number += 1
      }
      try effects.domain.putAlarmDigest(digest, key: "\(base) \(number)", time: digest.hourStart)
    }
    return digests
  }

  /// Writes the budget's hours back.
  mutating func save() throws {
    if let newest { budget.forget(endedBy: newest.advanced(bySeconds: -Self.keptSeconds)) }
    // Before all times, so that no list of digests shows it.
    try effects.domain.putAlarmDigest(
      budget.hours, key: Self.budgetKey, time: Timestamp(nanoseconds: .min))
  }

  static func encoded(_ notice: AlarmNotice) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(notice)
  }
}
