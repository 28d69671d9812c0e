import Foundation
import Glibc
import InspectionModel
import InspectionStore
import TestSupport

/// How fast the store is, in figures; nothing is asserted but that it works.
enum StoreRates {
  static func run(cases: Int, maximum: Int) async throws -> Bool {
    let folder = try TemporaryFolder()
    let store = try InspectionStore(path: folder.file("rates.sqlite").path)
    let queue = FlowQueue(name: "work", maximumRows: 10_000_000, maximumBytes: 1 << 40)
    let flow = try await StoredFlow(store: store, queues: [queue]) { CrashQueues.now }
    for backlog in [20_000, 100_000, 1_000_000] where backlog <= maximum {
      try await flowRates(flow, count: backlog)
    }
    try await laneRates(store)
    try await pageTimes(store, count: cases)
    try store.close()
    return true
  }

  private static func flowRates(_ flow: StoredFlow, count: Int) async throws {
    let payload = Data(repeating: 65, count: 600)
    var start = Stopwatch()
    for first in stride(from: 0, to: count, by: 200) {
      let items = (first..<first + 200).map { number in
        FlowItem(
          key: EvidenceFolder.sha256(of: Data("\(count) \(number)".utf8)), sortKey: Int64(number),
          orderingKey: "cell \(number % 600)", payload: payload)
      }
      _ = try await flow.append(items, to: "work")
    }
    report("appends of 600 bytes in batches of 200", count, since: start)
    start = Stopwatch()
    var done = 0
    while case let claims = try await flow.claim(
      from: "work", by: "w", maximum: 200, leaseMilliseconds: 60_000),
      !claims.isEmpty
    {
      try await flow.complete(claims)
      done += claims.count
    }
    report("claims and completions in batches of 200", done, since: start)
  }

  /// Claims while another worker holds a great part of the ordering keys.
  private static func laneRates(_ store: InspectionStore) async throws {
    let queue = FlowQueue(name: "lanes", maximumRows: 10_000_000, maximumBytes: 1 << 40)
    let flow = try await StoredFlow(store: store, queues: [queue]) { CrashQueues.now }
    for first in stride(from: 0, to: 20_000, by: 200) {
      let items = (first..<first + 200).map { number in
        FlowItem(
          key: "\(number)", sortKey: Int64(number), orderingKey: "cell \(number % 600)", payload: Data())
      }
      _ = try await flow.append(items, to: "lanes")
    }
    var held: [[FlowClaim]] = []
    let start = Stopwatch()
    var done = 0
    while done < 20_000 {
      let claims = try await flow.claim(from: "lanes", by: "w", maximum: 200, leaseMilliseconds: 60_000)
      if !claims.isEmpty { held.append(claims) }
      if held.count > 2 || claims.isEmpty {
        let first = held.removeFirst()
        try await flow.complete(first)
        done += first.count
      }
    }
    report("the same with 600 ordering keys, two thirds of them held by others", done, since: start)
  }

  /// Wall clock, and processor time of this process (kernel included), which others' load does not stretch.
  private struct Stopwatch {
    private let start = ContinuousClock.now
    private let processor = clock()

    var seconds: Double { wallSeconds(ContinuousClock.now - start) }
    var processorSeconds: Double { Double(clock() - processor) / Double(CLOCKS_PER_SEC) }
  }

  private static func report(_ what: String, _ count: Int, since start: Stopwatch) {
    Console.say(
      "\(what): \(Int(Double(count) / start.seconds)) per second, "
        + "\(Int(Double(count) / start.processorSeconds)) per second of one processor (\(count))")
  }

  private static func pageTimes(_ store: InspectionStore, count: Int) async throws {
    try await fill(store, count: count)
    let overdue = Timestamp(milliseconds: 1_795_492_800_000 + 30_000_000)
    let questions: [(String, CaseQuery)] = [
      ("all", CaseQuery()), ("all, newest", CaseQuery(order: .newest)), ("open", CaseQuery(isOpen: true)),
      ("overdue", CaseQuery(overdueAt: overdue)),
      ("overdue, newest", CaseQuery(overdueAt: overdue, order: .newest)),
      ("paused", CaseQuery(status: .paused)), ("paused, newest", CaseQuery(status: .paused, order: .newest)),
      ("city", CaseQuery(tier: .city)), ("town", CaseQuery(townCode: "500116007")),
      ("town, newest", CaseQuery(townCode: "500116007", order: .newest)),
      ("department, open", CaseQuery(isOpen: true, department: "D03", order: .oldest)),
      ("class, overdue", CaseQuery(hazardClass: "class 4", overdueAt: overdue)),
      (
        "class, city, paused", CaseQuery(status: .paused, tier: .city, hazardClass: "class 4", order: .newest)
      ),
      ("nothing matches", CaseQuery(status: .void, tier: .city, order: .newest)),
    ]
    for (name, query) in questions {
      var times: [Double] = []
      var token: CasePageToken?
      for _ in 0..<200 {
        let start = ContinuousClock.now
        let page = try await store.cases(matching: query, after: token, limit: 50)
        times.append(wallSeconds(ContinuousClock.now - start))
        token = page.next
      }
      times.sort()
      Console.say(
        "page of 50 of \(count) cases, \(name): median \(milliseconds(times[100])) ms, "
          + "p99 \(milliseconds(times[197])) ms, worst \(milliseconds(times[199])) ms")
    }
  }

  /// Nine of ten cases are over; few are paused or with the city.
  private static func fill(_ store: InspectionStore, count: Int) async throws {
    let start = Stopwatch()
    for first in stride(from: 0, to: count, by: 1000) {
      try await store.settle { transaction in
        for number in first..<min(count, first + 1000) {
          var incident = Samples.incident(
            id: "i\(number)", observations: [Samples.observation(key: "k", seconds: Int64(number))])
          incident.observationKeys = []
          _ = try transaction.put(incident)
          _ = try transaction.put(order(number, incident))
        }
      }
    }
    report("cases with their incidents written", count, since: start)
  }

  private static func order(_ number: Int, _ incident: Incident) -> WorkOrder {
    var random = SeededGenerator(seed: UInt64(number))
    var order = Samples.workOrder(caseNumber: "500116-20261124-U-\(padded(number, 6))", incident: incident)
    let pick = Int.random(in: 0..<1000, using: &random)
    order.status = pick < 900 ? .evaluated : pick < 905 ? .paused : pick < 950 ? .handling : .dispatched
    order.tiers = pick % 200 == 3 ? [.city] : pick % 3 == 0 ? [.townStreet, .district] : [.townStreet]
    order.departmentID = "D0\(Int.random(in: 0..<10, using: &random))"
    order.hazardClass = "class \(Int.random(in: 0..<20, using: &random))"
    order.town = WorkOrder.Town(
      code: "5001160\(padded(Int.random(in: 0..<30, using: &random), 2))", nameZh: "镇", nameEn: "Town")
    order.deadlines = [
      WorkOrder.Deadline(
        step: "repair", nameZh: "修复", nameEn: "Repair",
        due: order.establishedAt.advanced(
          byNanoseconds: Int64.random(in: 0..<86_400_000_000_000, using: &random)),
        limitZh: "1", limitEn: "1")
    ]
    return order
  }
}
