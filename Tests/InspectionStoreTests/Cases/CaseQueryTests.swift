import Foundation
import GRDB
import InspectionModel
import InspectionStore
import TestSupport
import Testing

@Suite struct CaseQueryTests {
  let folder: TemporaryFolder
  let store: InspectionStore

  init() throws {
    folder = try TemporaryFolder()
    store = try InspectionStore(path: folder.file("store.sqlite").path)
  }

  /// Cases with many equal instants, so that the case number has to decide.
  static func orders(_ count: Int, seed: UInt64) -> [WorkOrder] {
    var random = SeededGenerator(seed: seed)
    let classes = ["fire_smoke", "waterlogging", "pothole"]
    return (0..<count).map { number in
      let observation = Samples.observation(
        key: "k\(number)", seconds: Int64.random(in: 0..<9, using: &random) * 900)
      var order = Samples.workOrder(
        caseNumber:
          "500116-20261124-U-\(padded(Int.random(in: 0..<500_000, using: &random) * 2, 6))-\(number)",
        incident: Samples.incident(id: "i\(number)", observations: [observation]))
      order.status = WorkOrder.Status.allCases.randomElement(using: &random)!
      order.tiers = [[.townStreet], [.district, .townStreet], [.city]].randomElement(using: &random)!
      order.departmentID = ["D01", "D02", nil].randomElement(using: &random)!
      order.hazardClass = classes.randomElement(using: &random)!
      order.town = [nil, "500116001", "500116002"].randomElement(using: &random)!.map {
        WorkOrder.Town(code: $0, nameZh: "镇", nameEn: "Town")
      }
      order.deadlines = (0..<Int.random(in: 0..<3, using: &random)).map { _ in
        WorkOrder.Deadline(
          step: "s", nameZh: "步", nameEn: "step",
          due: order.establishedAt.advanced(bySeconds: Double(Int.random(in: 1..<5, using: &random)) * 900),
          limitZh: "1", limitEn: "1")
      }
      return order
    }
  }

  func write(_ orders: [WorkOrder]) async throws {
    try await store.settle { transaction in
      for order in orders {
        let incident = Samples.incident(id: order.incidentID, observations: [Samples.observation(key: "x")])
        var plain = incident
        plain.observationKeys = []
        _ = try transaction.put(plain, joined: plain.observationKeys)
        _ = try transaction.put(order)
      }
    }
  }

  func pages(_ query: CaseQuery, limit: Int) async throws -> [String] {
    var found: [String] = []
    var token: CasePageToken?
    repeat {
      let page = try await store.cases(matching: query, after: token, limit: limit)
      #expect(page.cases.count <= limit)
      found += page.cases.map(\.caseNumber)
      // The token travels as text.
      token = try page.next.map { try #require(CasePageToken(text: $0.text)) }
    } while token != nil
    return found
  }

  @Test(arguments: [1, 2] as [UInt64]) func pagesAreTheObviousList(seed: UInt64) async throws {
    let orders = Self.orders(150, seed: seed)
    try await write(orders)
    var sizes: Set<Int> = []
    for query in CaseOracle.queries {
      let expected = CaseOracle.cases(orders, matching: query).map(\.caseNumber)
      sizes.insert(expected.count)
      #expect(try await pages(query, limit: 7) == expected, "seed \(seed): \(query)")
      #expect(try await store.caseCount(matching: query) == expected.count, "seed \(seed): \(query)")
    }
    #expect(sizes.count > 8 && sizes.contains(150), "the questions tell cases apart")
  }

  @Test func aListFollowsTheCase() async throws {
    var orders = Self.orders(30, seed: 3)
    try await write(orders)
    for number in orders.indices {
      orders[number].status = number % 2 == 0 ? .evaluated : .paused
      orders[number].tiers = [.city]
      orders[number].town = nil
      orders[number].deadlines = []
    }
    let changed = orders
    try await store.settle { transaction in
      for order in changed {
        let added = try transaction.put(order)
        #expect(added == 0)
      }
    }
    for query in CaseOracle.queries {
      let expected = CaseOracle.cases(orders, matching: query).map(\.caseNumber)
      #expect(try await pages(query, limit: 11) == expected, "\(query)")
    }
    let later = Timestamp(nanoseconds: 5)
    try await store.settle { _ = try $0.put(changed[1], due: later) }
    #expect(
      try await store.cases(matching: CaseQuery(), limit: 1).cases.map(\.caseNumber) == [
        changed[1].caseNumber
      ])
  }

  @Test func whatIsWrittenMeanwhileShowsNothingTwice() async throws {
    let orders = Self.orders(40, seed: 4)
    try await write(Array(orders.prefix(20)))
    let first = try await store.cases(matching: CaseQuery(order: .oldest), limit: 10)
    try await write(Array(orders.suffix(20)))
    var shown = first.cases
    var token = first.next
    while let after = token {
      let page = try await store.cases(matching: CaseQuery(order: .oldest), after: after, limit: 10)
      shown += page.cases
      token = page.next
    }
    let numbers = shown.map(\.caseNumber)
    #expect(Set(numbers).count == numbers.count)
    #expect(Set(numbers).isSuperset(of: orders.prefix(20).map(\.caseNumber)))
  }

  @Test func aTokenOfAnotherOrderIsRefused() async throws {
    try await write(Self.orders(5, seed: 5))
    let token = try #require(try await store.cases(matching: CaseQuery(order: .due), limit: 2).next)
    await #expect(throws: StoreError.self) {
      try await store.cases(matching: CaseQuery(order: .newest), after: token, limit: 2)
    }
    for text in ["", "due", "due.x.y", "due.1", "age.1.c", "due.99999999999999999999.c", "due.1.a\0b"] {
      #expect(CasePageToken(text: text) == nil, "\(text)")
    }
  }

  /// The cost of a page is a matter of its plan: no list in the order of what is due sorts anything.
  @Test func listsOfWhatIsDueAreReadInOrder() async throws {
    let raw = try DatabaseQueue(path: folder.file("store.sqlite").path)
    for query in CaseOracle.queries where query.order == .due {
      let token = CasePageToken(text: "due.5.c")
      // The index is named, so that the plan is the same for all values.
      let sql = CaseSelection(query, after: token).innerSQL.replacing("?", with: "1")
      let plan = try await raw.read { db in
        try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql).map { $0["detail"] as String }
      }
      #expect(plan.count == 1 && plan[0].contains("USING COVERING INDEX"), "\(query): \(plan)")
    }
  }
}
