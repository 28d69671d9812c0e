import Foundation
import InspectionModel
import InspectionStore
import TestSupport
import Testing

/// SQLite does at every step what the obvious flow in memory does.
@Suite struct FlowOracleTests {
  /// A flow's answer to one step, as text.
  static func answer(_ body: () async throws -> String) async -> String {
    do { return try await body() } catch { return "\(error)" }
  }

  static func text(_ claims: [FlowClaim]) -> String {
    claims.map {
      "\($0.item.key)/\($0.item.sortKey)/\($0.item.orderingKey ?? "-")/\($0.item.payload.count)/\($0.token)"
        + "/\($0.attempt)/\($0.leaseEnds.nanoseconds)/\($0.appendedAt.nanoseconds)"
    }.joined(separator: " ")
  }

  /// One random step, the same on every flow; claims are remembered per flow.
  struct Step {
    var kind: Int
    var queue: String
    var numbers: [Int]
  }

  static func item(_ number: Int) -> FlowItem {
    FlowItem(
      key: "k\(number % 60)", sortKey: Int64(number % 7),
      orderingKey: number % 5 == 0 ? nil : "lane \(number % 4)",
      payload: Data(repeating: 1, count: number % 40))
  }

  static func take(_ step: Step, on flow: any FlowUnderTest, _ held: inout [[FlowClaim]]) async -> String {
    struct Stop: Error {}
    let numbers = step.numbers
    let index = held.isEmpty ? nil : numbers[0] % held.count
    // Part of a claim, or all of it.
    let claims = index.map { index in
      held[index].enumerated().filter { numbers[$0.offset % 6] % 4 != 0 }.map(\.element)
    }
    switch step.kind {
    case 0..<6:
      return await answer { "\(try await flow.append(numbers.map(item), to: step.queue))" }
    case 6..<12:
      return await answer {
        let new = try await flow.claim(
          from: step.queue, by: "w\(numbers[0] % 3)", maximum: 1 + numbers[1] % 6,
          leaseMilliseconds: 1000 + numbers[2] % 3000)
        if !new.isEmpty { held.append(new) }
        return text(new)
      }
    case 12..<16:
      let effects = numbers.prefix(2).map { "e\($0 % 30)" }
      let outbox = numbers[3] % 3 == 0 ? [item(numbers[4])] : []
      let failing: (any Error)? = numbers[5] % 5 == 0 ? Stop() : nil
      return await answer {
        try await flow.complete(claims ?? [], counting: effects, outbox: outbox, failing: failing)
        return "completed"
      }
    case 16..<19:
      return await answer {
        "\(try await flow.release(claims ?? [], reason: "r", retryAfterMilliseconds: numbers[3] % 2 * 1500))"
      }
    case 19:
      return await answer { text(try await flow.extend(claims ?? [], byMilliseconds: 2500)) }
    case 20:
      return await answer {
        "\(try await flow.requeue(deadLetters: numbers.map { "k\($0 % 60)" }, of: step.queue))"
      }
    default:
      return await answer {
        "\(try await flow.forgetCompletedKeys(of: step.queue, olderThanMilliseconds: 4000))"
      }
    }
  }

  /// Everything that can be asked without changing anything.
  static func look(at flow: any FlowUnderTest) async throws -> String {
    var lines: [String] = []
    for queue in ContractQueues.all.map(\.name) {
      lines.append("\(try await flow.depth(of: queue))")
      for letter in try await flow.deadLetters(of: queue, after: nil, limit: 1000) {
        lines.append(
          "\(letter.item.key) \(letter.attempts) \(letter.reason) \(letter.diedAt) \(letter.appendedAt)")
      }
    }
    lines.append("\(try await flow.counts(of: (0..<30).map { "e\($0)" }))")
    return lines.joined(separator: "\n")
  }

  /// `JINXUN_EVERY_FAULT=1` takes six seeds, else three.
  static let seeds: ClosedRange<UInt64> =
    ProcessInfo.processInfo.environment["JINXUN_EVERY_FAULT"] == "1" ? 1...6 : 1...3

  @Test(arguments: seeds) func randomStepsGiveTheSameAnswers(seed: UInt64)
    async throws
  {
    var random = SeededGenerator(seed: seed)
    let clock = ManualClock()
    let memory = try await FlowStoreKind.memory.flow(clock)
    var stored = try await FlowStoreKind.sqlite.flow(clock)
    var held: (memory: [[FlowClaim]], stored: [[FlowClaim]]) = ([], [])
    var kinds: Set<String> = []
    for number in 0..<600 {
      let step = Step(
        kind: Int.random(in: 0..<22, using: &random),
        queue: ["work", "work", "small", "outbox"].randomElement(using: &random)!,
        numbers: (0..<6).map { _ in Int.random(in: 0..<10_000, using: &random) })
      let expected = await Self.take(step, on: memory, &held.memory)
      let found = await Self.take(step, on: stored, &held.stored)
      try #require(found == expected, "seed \(seed), step \(number): \(step)")
      if number % 9 == 0 {
        try #require(try await Self.look(at: stored) == Self.look(at: memory), "seed \(seed), step \(number)")
      }
      kinds.insert(String(expected.prefix(while: { $0.isLetter })))
      if number % 3 == 0 {
        let jump =
          Int.random(in: 0..<100, using: &random) < 3 ? -3_600_000 : Int.random(in: 0..<900, using: &random)
        clock.advance(milliseconds: jump)
      }
      if number % 97 == 96 { stored = try await stored.reopened() }
      if number % 40 == 39 { held.memory.removeFirst(held.memory.count / 2) }
      held.stored = Array(held.stored.suffix(held.memory.count))
    }
    #expect(kinds.isSuperset(of: ["AppendedItems", "completed", "Stop", "ReleasedClaims", "queue"]))
  }
}
