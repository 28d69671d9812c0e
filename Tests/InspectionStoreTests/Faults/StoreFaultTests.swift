import FaultingVFS
import Foundation
import InspectionModel
import InspectionStore
import TestSupport
import Testing

/// The disk fails at the Nth write, sync or truncation, for every N: nothing is torn, nothing that was acknowledged is
/// lost, nothing happens twice, and the program goes on when the disk does.
@Suite(.serialized) struct StoreFaultTests {
  enum Kind: Int32, CaseIterable, Sendable { case diskFull, ioError, shortWrite }

  /// File name that the faulting file system looks for.
  static let marker = "faulting-store.sqlite"

  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file(Self.marker).path
    let result = unsafe faulting_vfs_register(Self.marker)
    #expect(result == 0)
  }

  /// What a program believes of its work.
  struct Ledger {
    var appended: [String] = []
    var tried: [String] = []
    var completed: [String] = []
    var errors: [StoreError] = []
  }

  static func open(_ path: String) async throws -> (store: InspectionStore, flow: StoredFlow) {
    let store = try InspectionStore(path: path)
    let flow = try await StoredFlow(
      store: store, queues: ContractQueues.all, now: { Timestamp(milliseconds: 1_795_492_800_000) })
    return (store, flow)
  }

  /// Appends, completes one half of what it claimed with an effect and a notice each, gives the other half back.
  static func work(round: Int, with flow: StoredFlow, _ ledger: inout Ledger) async throws {
    let keys = (0..<6).map { "r\(round)-\($0)" }
    ledger.tried += keys
    _ = try await flow.append(keys.map { .sample($0, sort: Int64(round), ordering: $0) }, to: "work")
    ledger.appended += keys
    let claims = try await flow.claim(from: "work", by: "w", maximum: 6, leaseMilliseconds: 60_000)
    let half = Array(claims.prefix(3))
    try await complete(half, with: flow)
    ledger.completed += half.map(\.item.key)
    _ = try await flow.release(Array(claims.dropFirst(3)), reason: "later")
  }

  static func complete(_ claims: [FlowClaim], with flow: StoredFlow) async throws {
    try await flow.complete(claims) { transaction in
      for claim in claims {
        _ = try transaction.domain.nextSerial(day: claim.item.key, sourceLetter: "E")
        try transaction.append([.sample("notice \(claim.item.key)")], to: "outbox")
      }
    }
  }

  /// Runs until the fault shows, with a restart of the program now and then; returns an error that is not the store's.
  func runUntilTheFault(_ ledger: inout Ledger) async -> (any Error)? {
    var opened: (store: InspectionStore, flow: StoredFlow)?
    for round in 0..<60 {
      do {
        if opened == nil { opened = try await Self.open(path) }
        try await Self.work(round: round, with: opened!.flow, &ledger)
        if round % 5 == 4 {
          try opened!.store.close()
          opened = nil
        }
      } catch let error as StoreError {
        ledger.errors.append(error)
        break
      } catch {
        return error
      }
    }
    // The same program goes on once the disk does.
    _ = faulting_vfs_disarm()
    do {
      if let opened { try await Self.work(round: 1000, with: opened.flow, &ledger) }
    } catch {
      return error
    }
    return nil
  }

  /// Opens the store once more, does what is left, and compares with what the program believed.
  func settle(_ ledger: Ledger, _ label: String) async throws {
    #expect(try StoreFile.integrity(of: path) == "ok", "\(label)")
    let store = try InspectionStore(path: path)
    let flow = try await StoredFlow(
      store: store, queues: ContractQueues.all, now: { Timestamp(milliseconds: 1_795_492_900_000) })
    while case let claims = try await flow.claim(
      from: "work", by: "w", maximum: 50, leaseMilliseconds: 60_000),
      !claims.isEmpty
    {
      try await Self.complete(claims, with: flow)
    }
    let asked = ledger.tried
    let counts = try await store.settle { transaction in
      try asked.map { try transaction.nextSerial(day: $0, sourceLetter: "E") - 1 }
    }
    let effects = Dictionary(uniqueKeysWithValues: zip(asked, counts))
    #expect(ledger.appended.allSatisfy { effects[$0] == 1 }, "\(label): \(effects)")
    #expect(counts.allSatisfy { $0 <= 1 }, "\(label): an effect happened twice")
    let dead = try await flow.depth(of: "work").deadRows
    #expect(dead == 0, "\(label)")
    let notices = try await flow.depth(of: "outbox").rows
    #expect(notices == counts.reduce(0, +), "\(label): one notice for each effect")
    try store.close()
  }

  /// Steps through the first 200 operations; `JINXUN_EVERY_FAULT=1` takes each, else every fifteenth, beginning
  /// elsewhere for each kind: together every fifth.
  static func numbers(of kind: Kind) -> [Int] {
    let every = ProcessInfo.processInfo.environment["JINXUN_EVERY_FAULT"] == "1"
    let first = every ? 1 : 1 + 5 * (Kind.allCases.firstIndex(of: kind) ?? 0)
    return Array(stride(from: first, through: 200, by: every ? 1 : 15))
  }

  @Test(arguments: Kind.allCases) func aFaultAtAnyOperationLosesNothing(kind: Kind) async throws {
    let template = folder.file("template.sqlite").path
    try InspectionStore(path: template).close()
    var shown = 0
    let numbers = Self.numbers(of: kind)
    for number in numbers {
      let label = "\(kind) at operation \(number)"
      for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
      try FileManager.default.copyItem(atPath: template, toPath: path)
      faulting_vfs_arm(Int64(number), kind.rawValue, number % 2 == 0 ? 1 : 0)
      var ledger = Ledger()
      let other = await runUntilTheFault(&ledger)
      #expect(other == nil, "\(label): \(String(describing: other))")
      #expect(faulting_vfs_failures() > 0, "\(label): the work is too short for it")
      shown += ledger.errors.count
      for error in ledger.errors { #expect([.diskFull, .io].contains(error.code), "\(label): \(error)") }
      try await settle(ledger, label)
    }
    #expect(shown * 2 > numbers.count, "most faults reach the caller: \(shown)")
  }

  @Test func aFaultInTheMiddleOfAMigrationLeavesTheOldStore() async throws {
    let old = OldStore(caseCount: 60)
    let template = folder.file("template.sqlite").path
    try ReleasedSchema.v2.make(at: template) { try old.write(to: $0, version: .v2) }
    var (number, refused, operations) = (1, 0, Int64.max)
    while Int64(number) <= operations {
      let kind = Kind.allCases[number % 3]
      for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
      try FileManager.default.copyItem(atPath: template, toPath: path)
      faulting_vfs_arm(Int64(number), kind.rawValue, number % 2 == 0 ? 1 : 0)
      do {
        _ = try InspectionStore(path: path)
      } catch let error as StoreError {
        #expect([.diskFull, .io].contains(error.code), "\(kind) at operation \(number): \(error)")
        refused += 1
      }
      let count = faulting_vfs_disarm()
      if faulting_vfs_failures() == 0 { operations = count }
      let store = try InspectionStore.existing(path: path)
      try await old.check(store, version: .v2)
      try store.close()
      #expect(try StoreFile.integrity(of: path) == "ok")
      // The steps grow where many pages are written alike.
      number += 1 + number / 12
    }
    #expect(refused > 10, "the migration was cut \(refused) times")
  }
}
