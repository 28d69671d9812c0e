import Foundation
import InspectionStore
import Testing

/// What every store has to keep: queue, order, bounds, dead letters. Leases and effects are next door.
@Suite struct FlowContractTests {
  @Test(arguments: FlowStoreKind.allCases) func appendingTwiceStoresOnce(kind: FlowStoreKind) async throws {
    let flow = try await kind.flow()
    let items = [FlowItem.sample("a"), .sample("b"), .sample("a")]
    #expect(try await flow.append(items, to: "work") == AppendedItems(added: 2, duplicates: ["a"]))
    var other = FlowItem.sample("b", sort: -1)
    other.payload = Data("other".utf8)
    #expect(
      try await flow.append([other, .sample("c")], to: "work") == AppendedItems(added: 1, duplicates: ["b"]))
    let claims = try await flow.claim(maximum: 10)
    #expect(claims.map(\.item.key) == ["a", "b", "c"])
    #expect(claims.map { String(decoding: $0.item.payload, as: UTF8.self) } == ["a", "b", "c"])
    #expect(
      try await flow.append([.sample("a")], to: "work").duplicates == ["a"], "a claimed item is known, too")
    #expect(try await flow.append([.sample("a")], to: "outbox").added == 1, "each queue has its own keys")
  }

  @Test(arguments: FlowStoreKind.allCases) func aCompletedKeyIsKnownWhereRemembered(kind: FlowStoreKind)
    async throws
  {
    let clock = ManualClock()
    let flow = try await kind.flow(clock)
    for queue in ["work", "outbox"] {
      _ = try await flow.append([.sample("a")], to: queue)
      try await flow.complete(try await flow.claim(queue))
    }
    #expect(try await flow.append([.sample("a")], to: "work").added == 1)
    #expect(try await flow.append([.sample("a")], to: "outbox").duplicates == ["a"])
    clock.advance(milliseconds: 1000)
    #expect(try await flow.forgetCompletedKeys(of: "outbox", olderThanMilliseconds: 1000) == 0)
    clock.advance(milliseconds: 1)
    #expect(try await flow.forgetCompletedKeys(of: "outbox", olderThanMilliseconds: 1000) == 1)
    #expect(try await flow.append([.sample("a")], to: "outbox").added == 1)
  }

  @Test(arguments: FlowStoreKind.allCases) func theSmallestSortKeyComesFirst(kind: FlowStoreKind) async throws
  {
    let flow = try await kind.flow()
    let items = [
      FlowItem.sample("z", sort: -5), .sample("b", sort: 7), .sample("a", sort: 7), .sample("m", sort: .max),
      .sample("n", sort: .min), .sample("B", sort: 7),
    ]
    _ = try await flow.append(items, to: "work")
    #expect(try await flow.claimedKeys(maximum: 2) == ["n", "z"])
    #expect(try await flow.claimedKeys() == ["B", "a", "b", "m"])
    #expect(try await flow.claimedKeys().isEmpty)
  }

  @Test(arguments: FlowStoreKind.allCases) func anOrderingKeyIsInOneHandAtATime(kind: FlowStoreKind)
    async throws
  {
    let flow = try await kind.flow()
    let items = [
      FlowItem.sample("x1", sort: 1, ordering: "x"), .sample("x2", sort: 3, ordering: "x"),
      .sample("y1", sort: 2, ordering: "y"), .sample("free", sort: 9),
    ]
    _ = try await flow.append(items, to: "work")
    let first = try await flow.claim()
    #expect(first.map(\.item.key) == ["x1"])
    _ = try await flow.append([.sample("x0", sort: 0, ordering: "x")], to: "work")
    let second = try await flow.claim(maximum: 10)
    #expect(second.map(\.item.key) == ["y1", "free"])
    try await flow.complete(first)
    let third = try await flow.claim(maximum: 10)
    #expect(third.map(\.item.key) == ["x0", "x2"], "late, but still before what is behind it")
    #expect(Set(first.map(\.token) + second.map(\.token) + third.map(\.token)).count == 3)
    #expect(first[0].token < second[0].token && second[0].token < third[0].token)
  }

  @Test(arguments: FlowStoreKind.allCases) func givingBackGivesBackWhatIsBehind(kind: FlowStoreKind)
    async throws
  {
    let flow = try await kind.flow()
    _ = try await flow.append(
      ["x1", "x2", "x3", "y1"].enumerated().map {
        FlowItem.sample($1, sort: Int64($0), ordering: String($1.prefix(1)))
      }, to: "work")
    let claims = try await flow.claim(maximum: 10)
    try await flow.complete([claims[0]])
    #expect(try await flow.release([claims[1]]) == ReleasedClaims(waiting: ["x2"]))
    await #expect(throws: FlowError.staleLease(queue: "work", keys: ["x3"])) {
      try await flow.complete([claims[3], claims[2]])
    }
    try await flow.complete([claims[3]])
    let again = try await flow.claim(maximum: 10)
    #expect(again.map(\.item.key) == ["x2", "x3"])
    #expect(again.map(\.attempt) == [2, 1], "what was only behind has lost no attempt")
  }

  @Test(arguments: FlowStoreKind.allCases) func aPauseHoldsWhatIsBehind(kind: FlowStoreKind) async throws {
    let clock = ManualClock()
    let flow = try await kind.flow(clock)
    _ = try await flow.append(
      [.sample("x1", ordering: "x"), .sample("x2", ordering: "x"), .sample("y", ordering: "y")], to: "work")
    let claims = try await flow.claim(maximum: 10)
    let released = try await flow.release([claims[0]], reason: "later", retryAfterMilliseconds: 5000)
    #expect(released.waiting == ["x1"])
    try await flow.complete([claims[2]])
    #expect(try await flow.claimedKeys().isEmpty)
    clock.advance(milliseconds: 4999)
    #expect(try await flow.claimedKeys().isEmpty)
    clock.advance(milliseconds: 1)
    #expect(try await flow.claimedKeys() == ["x1", "x2"])
  }

  @Test(arguments: FlowStoreKind.allCases) func whatFailsFiveTimesIsADeadLetter(kind: FlowStoreKind)
    async throws
  {
    let flow = try await kind.flow()
    _ = try await flow.append(
      [.sample("bad", ordering: "x"), .sample("next", sort: 1, ordering: "x")], to: "work")
    for attempt in 1...5 {
      let claims = try await flow.claim()
      #expect(claims.map(\.item.key) == ["bad"] && claims.map(\.attempt) == [attempt])
      let released = try await flow.release(claims, reason: "no \(attempt)")
      #expect(released == (attempt == 5 ? ReleasedClaims(dead: ["bad"]) : ReleasedClaims(waiting: ["bad"])))
    }
    let letters = try await flow.deadLetters(of: "work", after: nil, limit: 10)
    #expect(letters.map(\.item.key) == ["bad"] && letters.map(\.reason) == ["no 5"])
    #expect(letters.map(\.attempts) == [5])
    #expect(try await flow.append([.sample("bad")], to: "work").duplicates == ["bad"])
    #expect(
      try await flow.depth(of: "work") == FlowDepth(rows: 1, bytes: 9, deadRows: 1, deadBytes: 7))
    try await flow.complete(try await flow.claim(maximum: 10))
    #expect(try await flow.requeue(deadLetters: ["bad", "unknown"], of: "work") == 1)
    let again = try await flow.claim()
    #expect(again.map(\.attempt) == [1] && again[0].item.payload == Data("bad".utf8))
    #expect(try await flow.deadLetters(of: "work", after: nil, limit: 10).isEmpty)
  }

  @Test(arguments: FlowStoreKind.allCases) func aSuspectIsHandedOutAlone(kind: FlowStoreKind) async throws {
    let clock = ManualClock()
    let flow = try await kind.flow(clock)
    _ = try await flow.append((1...4).map { .sample("\($0)", sort: Int64($0)) }, to: "work")
    for expected in [["1", "2"], ["1", "2"], ["1"], ["1"], ["1"]] {
      // The worker dies: nobody answers.
      #expect(try await flow.claim(maximum: 2).map(\.item.key) == expected)
      clock.advance(milliseconds: 30_000)
    }
    #expect(try await flow.claim(maximum: 9).map(\.item.key) == ["2"], "it was with the poison twice")
    #expect(try await flow.claim(maximum: 9).map(\.item.key) == ["3", "4"])
    let letters = try await flow.deadLetters(of: "work", after: nil, limit: 9)
    #expect(letters.map(\.item.key) == ["1"])
    #expect(letters.map(\.reason) == ["the lease of worker ended without an answer at attempt 5"])
  }

  @Test(arguments: FlowStoreKind.allCases) func deadLettersComeInPages(kind: FlowStoreKind) async throws {
    let flow = try await kind.flow()
    let keys = (0..<5).map { "k\($0)" }
    _ = try await flow.append(keys.map { .sample($0) }, to: "work")
    for _ in 0..<25 { _ = try await flow.release(try await flow.claim()) }
    #expect(try await flow.deadLetters(of: "work", after: nil, limit: 2).map(\.item.key) == ["k0", "k1"])
    #expect(
      try await flow.deadLetters(of: "work", after: "k1", limit: 9).map(\.item.key) == ["k2", "k3", "k4"])
  }

  @Test(arguments: FlowStoreKind.allCases) func aFullQueueRefusesAndStoresNothing(kind: FlowStoreKind)
    async throws
  {
    let flow = try await kind.flow()
    let two = [FlowItem.sample("a"), .sample("b")]
    _ = try await flow.append(two, to: "small")
    await #expect(
      throws: FlowError.full(queue: "small", rows: 4, bytes: 8, maximumRows: 3, maximumBytes: 100)
    ) { try await flow.append([.sample("c"), .sample("d")], to: "small") }
    #expect(try await flow.depth(of: "small") == FlowDepth(rows: 2, bytes: 4))
    #expect(
      try await flow.append(two + [.sample("c")], to: "small").added == 1, "what is known takes no room")
    let claims = try await flow.claim("small", maximum: 3)
    await #expect(throws: FlowError.self) { try await flow.append([.sample("d")], to: "small") }
    try await flow.complete(claims)
    await #expect(
      throws: FlowError.full(queue: "small", rows: 1, bytes: 101, maximumRows: 3, maximumBytes: 100)
    ) {
      try await flow.append(
        [FlowItem(key: "e", sortKey: 0, payload: Data(repeating: 7, count: 100))], to: "small")
    }
    #expect(
      try await flow.append(
        [FlowItem(key: "e", sortKey: 0, payload: Data(repeating: 7, count: 99))], to: "small"
      ).added == 1)
  }

  @Test(arguments: FlowStoreKind.allCases) func requeueingIntoAFullQueueIsRefused(kind: FlowStoreKind)
    async throws
  {
    let flow = try await kind.flow()
    _ = try await flow.append([.sample("bad")], to: "small")
    for _ in 0..<5 { _ = try await flow.release(try await flow.claim("small")) }
    _ = try await flow.append((0..<3).map { .sample("\($0)") }, to: "small")
    await #expect(throws: FlowError.self) { try await flow.requeue(deadLetters: ["bad"], of: "small") }
    #expect(
      try await flow.depth(of: "small") == FlowDepth(rows: 3, bytes: 6, deadRows: 1, deadBytes: 6))
  }

  @Test(arguments: FlowStoreKind.allCases) func keysAreBytesAndPayloadsAreAny(kind: FlowStoreKind)
    async throws
  {
    let flow = try await kind.flow()
    let big = Data((0..<(1 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31) })
    let items = [
      FlowItem(key: "津巡 🚁 \"'\n", sortKey: 1, orderingKey: "江津", payload: Data([0, 255, 0])),
      // The same characters to a reader, other bytes: two items and two ordering keys.
      FlowItem(key: "\u{e9}", sortKey: 2, orderingKey: "\u{e9}", payload: Data()),
      FlowItem(key: "e\u{301}", sortKey: 3, orderingKey: "e\u{301}", payload: big),
      FlowItem(key: "empty ordering", sortKey: 4, orderingKey: "", payload: Data()),
    ]
    #expect(try await flow.append(items, to: "work").added == 4)
    let again = try await flow.reopened()
    let claims = try await again.claim(maximum: 9)
    #expect(claims.map { Array($0.item.key.utf8) } == items.map { Array($0.key.utf8) })
    #expect(claims.map(\.item.payload) == items.map(\.payload))
    #expect(claims.map(\.item.orderingKey?.utf8.count) == items.map(\.orderingKey?.utf8.count))
    #expect(try await flow.depth(of: "work").bytes == items.map(\.byteCount).reduce(0, +))
    for item in [FlowItem.sample(""), .sample("a\0b"), .sample("c", ordering: "\0")] {
      await #expect(throws: FlowError.self) { try await flow.append([.sample("new"), item], to: "work") }
    }
    #expect(try await flow.depth(of: "work").rows == 4)
  }

  @Test(arguments: FlowStoreKind.allCases) func anUnknownQueueIsRefused(kind: FlowStoreKind) async throws {
    let flow = try await kind.flow()
    await #expect(throws: FlowError.unknownQueue("wrok")) {
      try await flow.append([.sample("a")], to: "wrok")
    }
    await #expect(throws: FlowError.unknownQueue("wrok")) { try await flow.claim("wrok") }
  }

  @Test(arguments: FlowStoreKind.allCases) func anAppendWakesWhoWaits(kind: FlowStoreKind) async throws {
    let flow = try await kind.flow()
    var work = flow.wakeups(of: "work").makeAsyncIterator()
    var outbox = flow.wakeups(of: "outbox").makeAsyncIterator()
    _ = try await flow.append([.sample("a")], to: "work")
    _ = try await flow.append([.sample("b")], to: "work")
    #expect(await work.next() != nil)
    try await flow.complete(
      try await flow.claim(maximum: 2), counting: [], outbox: [.sample("notice")], failing: nil)
    #expect(await outbox.next() != nil)
  }
}
