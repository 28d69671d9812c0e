import Foundation
import InspectionModel
import InspectionStore

/// The slow and obvious durable flow: lists in memory, looked through from end to end. The other flows have to do as
/// it does.
actor MemoryFlow {
  struct Entry {
    var item: FlowItem
    var appendedAt: Timestamp
    var position: Int64
    var attempts = 0
    var token: Int64 = 0
    var leaseFrom: Int64 = 0
    var leaseUntil: Int64 = 0
    var worker = ""

    /// Order of the queue.
    func isBefore(_ other: Entry) -> Bool {
      item.sortKey != other.item.sortKey
        ? item.sortKey < other.item.sortKey
        : item.key.utf8.lexicographicallyPrecedes(other.item.key.utf8)
    }
  }

  struct State {
    var entries: [String: [Entry]] = [:]
    var dead: [String: [DeadLetter]] = [:]
    var completed: [String: [(key: String, time: Timestamp)]] = [:]
    var tokens: [String: Int64] = [:]
    var effects: [String: Int] = [:]
    var lastPosition: Int64 = 0
  }

  let queues: [String: FlowQueue]
  let clock: ManualClock
  var state = State()

  init(queues: [FlowQueue], clock: ManualClock) {
    self.queues = Dictionary(uniqueKeysWithValues: queues.map { ($0.name, $0) })
    self.clock = clock
  }

  /// All or nothing.
  func transaction<Result: Sendable>(_ body: @Sendable (isolated MemoryFlow) throws -> Result) throws
    -> Result
  {
    let before = state
    do { return try body(self) } catch {
      state = before
      throw error
    }
  }

  func queue(_ name: String) throws -> FlowQueue {
    guard let queue = queues[name] else { throw FlowError.unknownQueue(name) }
    return queue
  }

  func append(_ items: [FlowItem], to name: String) throws -> AppendedItems {
    let queue = try queue(name)
    for item in items { try item.validate() }
    var result = AppendedItems(added: 0, duplicates: [])
    for item in items {
      if isKnown(item.key, in: name) {
        result.duplicates.append(item.key)
        continue
      }
      state.lastPosition += 1
      state.entries[name, default: []].append(
        Entry(item: item, appendedAt: clock.now, position: state.lastPosition))
      result.added += 1
    }
    if result.added > 0 { try checkBound(of: queue) }
    return result
  }

  private func isKnown(_ key: String, in name: String) -> Bool {
    let keys =
      state.entries[name, default: []].map(\.item.key) + state.dead[name, default: []].map(\.item.key)
      + state.completed[name, default: []].map(\.key)
    return keys.contains { $0.utf8.elementsEqual(key.utf8) }
  }

  private func checkBound(of queue: FlowQueue) throws {
    let depth = depth(of: queue.name)
    guard depth.rows <= queue.maximumRows, depth.bytes <= queue.maximumBytes else {
      throw FlowError.full(
        queue: queue.name, rows: depth.rows, bytes: depth.bytes, maximumRows: queue.maximumRows,
        maximumBytes: queue.maximumBytes)
    }
  }

  func claim(from name: String, by worker: String, maximum: Int, leaseMilliseconds: Int) throws -> [FlowClaim]
  {
    try endLeases(of: try queue(name))
    let entries = state.entries[name, default: []].sorted { $0.isBefore($1) }
    let held = Set(entries.filter { $0.token > 0 }.compactMap(\.item.orderingKey).map { Array($0.utf8) })
    var chosen: [Entry] = []
    for entry in entries where entry.token == 0 && chosen.count < maximum {
      if let ordering = entry.item.orderingKey, held.contains(Array(ordering.utf8)) { continue }
      if entry.attempts >= 2 {
        if chosen.isEmpty { chosen = [entry] }
        break
      }
      chosen.append(entry)
    }
    guard !chosen.isEmpty else { return [] }
    state.tokens[name, default: 0] += 1
    let token = state.tokens[name]!
    return chosen.map { entry in
      change(entry.position, in: name) {
        $0.token = token
        $0.attempts += 1
        $0.worker = worker
        setLease(&$0, milliseconds: leaseMilliseconds)
      }
      return FlowClaim(
        queue: name, item: entry.item, token: token, attempt: entry.attempts + 1,
        leaseEnds: clock.now.advanced(byNanoseconds: Int64(leaseMilliseconds) * 1_000_000),
        appendedAt: entry.appendedAt, position: entry.position)
    }
  }

  private func setLease(_ entry: inout Entry, milliseconds: Int) {
    entry.leaseFrom = clock.now.nanoseconds - Int64(milliseconds) * 1_000_000
    entry.leaseUntil = clock.now.nanoseconds + Int64(milliseconds) * 1_000_000
  }

  private func change(_ position: Int64, in name: String, _ body: (inout Entry) -> Void) {
    let index = state.entries[name]!.firstIndex { $0.position == position }!
    body(&state.entries[name]![index])
  }

  private func endLeases(of queue: FlowQueue) throws {
    let now = clock.now.nanoseconds
    for entry in state.entries[queue.name, default: []]
    where entry.token > 0 && !(entry.leaseFrom <= now && now < entry.leaseUntil) {
      if entry.attempts >= queue.maximumAttempts {
        bury(
          entry, in: queue.name,
          reason: "the lease of \(entry.worker) ended without an answer at attempt \(entry.attempts)")
      } else {
        change(entry.position, in: queue.name) { $0.token = 0 }
      }
    }
  }

  private func bury(_ entry: Entry, in name: String, reason: String) {
    state.entries[name]!.removeAll { $0.position == entry.position }
    state.dead[name, default: []].append(
      DeadLetter(
        queue: name, item: entry.item, attempts: entry.attempts, reason: reason, appendedAt: entry.appendedAt,
        diedAt: clock.now))
  }

  private func held(_ claim: FlowClaim) -> Entry? {
    state.entries[claim.queue, default: []].first {
      $0.position == claim.position && $0.token == claim.token
    }
  }

  private func verify(_ claims: [FlowClaim]) throws {
    for batch in Dictionary(grouping: claims, by: { "\($0.token) \($0.queue)" }).values {
      let stale = batch.filter { held($0) == nil }
      guard stale.isEmpty else {
        throw FlowError.staleLease(queue: batch[0].queue, keys: stale.map(\.item.key))
      }
    }
  }

  func complete(_ claims: [FlowClaim], effects: @Sendable (isolated MemoryFlow) throws -> Void) throws {
    try transaction { flow in
      try flow.verify(claims)
      for claim in claims {
        flow.state.entries[claim.queue]!.removeAll { $0.position == claim.position }
        if try flow.queue(claim.queue).remembersCompletedKeys {
          flow.state.completed[claim.queue, default: []].append((claim.item.key, flow.clock.now))
        }
      }
      try effects(flow)
    }
  }

  func extend(_ claims: [FlowClaim], byMilliseconds milliseconds: Int) throws -> [FlowClaim] {
    try verify(claims)
    return claims.map { claim in
      change(claim.position, in: claim.queue) { setLease(&$0, milliseconds: milliseconds) }
      var claim = claim
      claim.leaseEnds = clock.now.advanced(byNanoseconds: Int64(milliseconds) * 1_000_000)
      return claim
    }
  }

  /// All claims are of one call.
  func release(_ claims: [FlowClaim], reason: String, retryAfterMilliseconds: Int) throws -> ReleasedClaims {
    var released = ReleasedClaims()
    var waiting: [FlowClaim] = []
    for claim in claims {
      guard let entry = held(claim) else {
        released.stale.append(claim.item.key)
        continue
      }
      if entry.attempts >= (try queue(claim.queue)).maximumAttempts {
        bury(entry, in: claim.queue, reason: reason)
        released.dead.append(claim.item.key)
      } else {
        waiting.append(claim)
      }
    }
    if let first = waiting.first, retryAfterMilliseconds > 0 { state.tokens[first.queue]! += 1 }
    for claim in waiting {
      let token = retryAfterMilliseconds > 0 ? state.tokens[claim.queue]! : 0
      change(claim.position, in: claim.queue) {
        $0.token = token
        setLease(&$0, milliseconds: retryAfterMilliseconds)
      }
    }
    for claim in waiting {
      for entry in state.entries[claim.queue]! where isBehind(entry, claim) {
        change(entry.position, in: claim.queue) {
          $0.token = 0
          $0.attempts -= 1
        }
      }
    }
    released.waiting = waiting.map(\.item.key)
    return released
  }

  private func isBehind(_ entry: Entry, _ claim: FlowClaim) -> Bool {
    guard let ordering = claim.item.orderingKey, let other = entry.item.orderingKey else { return false }
    return entry.token == claim.token && ordering.utf8.elementsEqual(other.utf8)
      && Entry(item: claim.item, appendedAt: claim.appendedAt, position: 0).isBefore(entry)
  }

  func depth(of name: String) -> FlowDepth {
    let live = state.entries[name, default: []].map(\.item.byteCount)
    let dead = state.dead[name, default: []].map(\.item.byteCount)
    return FlowDepth(
      rows: live.count, bytes: live.reduce(0, +), deadRows: dead.count, deadBytes: dead.reduce(0, +))
  }

  func deadLetters(of name: String, after key: String?, limit: Int) -> [DeadLetter] {
    let letters = state.dead[name, default: []]
      .filter { (key ?? "").utf8.lexicographicallyPrecedes($0.item.key.utf8) }
      .sorted { $0.item.key.utf8.lexicographicallyPrecedes($1.item.key.utf8) }
    return Array(letters.prefix(limit))
  }

  func requeue(deadLetters keys: [String], of name: String) throws -> Int {
    try transaction { flow in
      var count = 0
      for key in keys {
        guard
          let index = flow.state.dead[name, default: []].firstIndex(where: {
            $0.item.key.utf8.elementsEqual(key.utf8)
          })
        else { continue }
        let letter = flow.state.dead[name]!.remove(at: index)
        flow.state.lastPosition += 1
        flow.state.entries[name, default: []].append(
          Entry(item: letter.item, appendedAt: letter.appendedAt, position: flow.state.lastPosition))
        count += 1
      }
      if count > 0 { try flow.checkBound(of: try flow.queue(name)) }
      return count
    }
  }

  func forgetCompletedKeys(of name: String, olderThanMilliseconds: Int) -> Int {
    let limit = clock.now.advanced(byNanoseconds: -Int64(olderThanMilliseconds) * 1_000_000)
    let before = state.completed[name, default: []].count
    state.completed[name, default: []].removeAll { $0.time < limit }
    return before - state.completed[name, default: []].count
  }
}
