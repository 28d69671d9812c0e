import Foundation
import InspectionModel
import InspectionStore
import Synchronization
import TestSupport
import Testing

/// What every store has to keep: leases, fencing, effects, reopening.
@Suite struct FlowLeaseContractTests {
  @Test(arguments: FlowStoreKind.allCases) func anEndedLeaseRedelivers(kind: FlowStoreKind) async throws {
    let clock = ManualClock()
    let flow = try await kind.flow(clock)
    _ = try await flow.append([.sample("a")], to: "work")
    let first = try await flow.claim(leaseMilliseconds: 1000)
    clock.advance(milliseconds: 999)
    #expect(try await flow.claimedKeys().isEmpty)
    clock.advance(milliseconds: 1)
    let second = try await flow.claim(leaseMilliseconds: 1000)
    #expect(second.map(\.item.key) == ["a"] && second.map(\.attempt) == [2])
    #expect(second[0].token > first[0].token)
    #expect(second[0].leaseEnds == clock.now.advanced(byNanoseconds: 1_000_000_000))
  }

  @Test(arguments: FlowStoreKind.allCases) func aStaleTokenDoesNothing(kind: FlowStoreKind) async throws {
    let clock = ManualClock()
    let flow = try await kind.flow(clock)
    _ = try await flow.append([.sample("a"), .sample("b")], to: "work")
    let first = try await flow.claim(maximum: 2, leaseMilliseconds: 1000)
    clock.advance(milliseconds: 1000)
    let second = try await flow.claim()
    let stale = FlowError.staleLease(queue: "work", keys: ["a"])
    await #expect(throws: stale) { try await flow.complete([first[0]], counting: ["e"]) }
    await #expect(throws: FlowError.self) { try await flow.complete(first, counting: ["e"]) }
    await #expect(throws: stale) { try await flow.extend([first[0]], byMilliseconds: 1000) }
    #expect(try await flow.release([first[0]]) == ReleasedClaims(stale: ["a"]))
    #expect(try await flow.counts(of: ["e"]) == [0])
    #expect(try await flow.depth(of: "work").rows == 2)
    try await flow.complete(second, counting: ["e"])
    await #expect(throws: stale) { try await flow.complete(second, counting: ["e"]) }
    #expect(try await flow.counts(of: ["e"]) == [1])
  }

  @Test(arguments: FlowStoreKind.allCases) func anEndedLeaseThatNobodyTookStillCompletes(kind: FlowStoreKind)
    async throws
  {
    let clock = ManualClock()
    let flow = try await kind.flow(clock)
    _ = try await flow.append([.sample("a")], to: "work")
    let claims = try await flow.claim(leaseMilliseconds: 1000)
    clock.advance(milliseconds: 5000)
    try await flow.complete(claims, counting: ["e"])
    #expect(try await flow.counts(of: ["e"]) == [1])
  }

  @Test(arguments: FlowStoreKind.allCases) func anExtendedLeaseHolds(kind: FlowStoreKind) async throws {
    let clock = ManualClock()
    let flow = try await kind.flow(clock)
    _ = try await flow.append([.sample("a")], to: "work")
    let claims = try await flow.claim(leaseMilliseconds: 1000)
    clock.advance(milliseconds: 900)
    let extended = try await flow.extend(claims, byMilliseconds: 2000)
    #expect(extended[0].leaseEnds == clock.now.advanced(byNanoseconds: 2_000_000_000))
    clock.advance(milliseconds: 1999)
    #expect(try await flow.claimedKeys().isEmpty)
    clock.advance(milliseconds: 1)
    #expect(try await flow.claimedKeys() == ["a"])
  }

  @Test(arguments: FlowStoreKind.allCases) func aClockThatJumpsDoesNothingTwice(kind: FlowStoreKind)
    async throws
  {
    let clock = ManualClock()
    let flow = try await kind.flow(clock)
    for (number, jump) in [3_600_000, -3_600_000].enumerated() {
      _ = try await flow.append([.sample("a\(number)"), .sample("b\(number)")], to: "work")
      let first = try await flow.claim(leaseMilliseconds: 10_000)
      clock.advance(milliseconds: jump)
      let second = try await flow.claim(leaseMilliseconds: 10_000)
      #expect(second.map(\.item.key) == ["a\(number)"], "a lease from another hour does not hold")
      await #expect(throws: FlowError.self) { try await flow.complete(first, counting: ["a"]) }
      try await flow.complete(second, counting: ["a"])
      try await flow.complete(try await flow.claim(leaseMilliseconds: 10_000), counting: ["b"])
    }
    _ = try await flow.append([.sample("c")], to: "work")
    let claims = try await flow.claim(leaseMilliseconds: 10_000)
    clock.advance(milliseconds: -9000)
    #expect(try await flow.claimedKeys().isEmpty, "a clock that is set right a little ends no lease")
    clock.advance(milliseconds: 18_999)
    #expect(try await flow.claimedKeys().isEmpty)
    try await flow.complete(claims, counting: ["c"])
    #expect(try await flow.counts(of: ["a", "b", "c"]) == [2, 2, 1])
  }

  @Test(arguments: FlowStoreKind.allCases) func effectsHappenTogetherOrNotAtAll(kind: FlowStoreKind)
    async throws
  {
    struct Stop: Error {}
    let flow = try await kind.flow()
    _ = try await flow.append([.sample("a"), .sample("b")], to: "work")
    let claims = try await flow.claim(maximum: 2)
    await #expect(throws: Stop.self) {
      try await flow.complete(claims, counting: ["e"], outbox: [.sample("notice")], failing: Stop())
    }
    #expect(try await flow.counts(of: ["e"]) == [0])
    #expect(try await flow.depth(of: "outbox") == FlowDepth())
    #expect(try await flow.depth(of: "work") == FlowDepth(rows: 2, bytes: 4))
    try await flow.complete(claims, counting: ["e"], outbox: [.sample("notice")], failing: nil)
    #expect(try await flow.counts(of: ["e"]) == [1])
    #expect(try await flow.depth(of: "work") == FlowDepth())
    let notices = try await flow.claim("outbox", maximum: 9)
    #expect(notices.map(\.item.key) == ["notice"])
    try await flow.complete(notices)
    try await flow.complete([], counting: [], outbox: [.sample("notice")], failing: nil)
    #expect(try await flow.depth(of: "outbox").rows == 0, "the outbox knows what was sent")
  }

  @Test(arguments: FlowStoreKind.allCases) func aCrashBetweenClaimAndCompleteLosesNothing(kind: FlowStoreKind)
    async throws
  {
    let clock = ManualClock()
    var flow = try await kind.flow(clock)
    _ = try await flow.append((0..<10).map { .sample("\($0)", sort: Int64($0)) }, to: "work")
    let first = try await flow.claim(maximum: 4)
    try await flow.complete([first[0]], counting: ["0"])
    flow = try await flow.reopened()
    #expect(try await flow.depth(of: "work").rows == 9)
    #expect(try await flow.claim(maximum: 9).map(\.item.key) == ["4", "5", "6", "7", "8", "9"])
    clock.advance(milliseconds: 30_000)
    let again = try await flow.claim(maximum: 9)
    #expect(again.map(\.item.key) == (1...9).map(String.init))
    #expect(again[0].token > first[0].token, "tokens go on where they were")
    await #expect(throws: FlowError.self) { try await flow.complete([first[1]]) }
    try await flow.complete(again, counting: (1...9).map(String.init))
    #expect(try await flow.counts(of: (0...9).map(String.init)) == Array(repeating: 1, count: 10))
  }

  /// Also shows order per key: a claimer notes the sequence inside the effects' transaction.
  @Test(arguments: FlowStoreKind.allCases) func eightClaimersShareTenThousandItems(kind: FlowStoreKind)
    async throws
  {
    // The obvious flow looks through everything at each step.
    let count = kind == .memory ? 1000 : 10_000
    let flow = try await kind.flow()
    let items = (0..<count).map { FlowItem.sample("\($0)", sort: Int64($0), ordering: "lane \($0 % 97)") }
    for start in stride(from: 0, to: count, by: 500) {
      _ = try await flow.append(Array(items[start..<start + 500]), to: "work")
    }
    let seen = Deliveries()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for claimer in 0..<8 {
        group.addTask {
          while try await flow.depth(of: "work").rows > 0 {
            let claims = try await flow.claim(
              from: "work", by: "claimer \(claimer)", maximum: 20 + claimer, leaseMilliseconds: 600_000)
            seen.note(claims)
            try await flow.complete(claims, counting: claims.map(\.item.key))
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await flow.counts(of: items.map(\.key)) == Array(repeating: 1, count: count))
    #expect(seen.all.values.map(\.count).reduce(0, +) == count)
    for (lane, order) in seen.all { #expect(order == order.sorted(), "\(lane) out of order") }
  }
}

/// Which items came in which order, by ordering key.
final class Deliveries: Sendable {
  private let state = Mutex<[String: [Int64]]>([:])

  var all: [String: [Int64]] { state.withLock { $0 } }

  func note(_ claims: [FlowClaim]) {
    state.withLock { state in
      for claim in claims { state[claim.item.orderingKey ?? "", default: []].append(claim.item.sortKey) }
    }
  }
}
