import Foundation
import GRDB
import InspectionStore
import TestSupport

/// Kills a program under load again and again, and checks what it acknowledged.
struct CrashStorm {
  let kills: Int
  let seed: UInt64

  func run() async throws -> Bool {
    var random = SeededGenerator(seed: seed)
    let folder = try TemporaryFolder()
    let path = folder.file("crash.sqlite").path
    var (appended, completed): (Set<String>, Set<String>) = ([], [])
    var (slowest, damaged, early) = (0.0, 0, 0)
    for number in 0..<kills {
      let child = try Child(["work", path, "r\(number)"], output: folder.file("out-\(number)"))
      // Now and then before it is ready.
      let span = number % 10 == 9 ? 5...40 : 60...500
      if !child.kill(afterMilliseconds: Int.random(in: span, using: &random)) { early += 1 }
      for line in try child.lines() {
        if line.first == "A" { appended.formUnion(line.dropFirst()) }
        if line.first == "C" { completed.formUnion(line.dropFirst()) }
      }
      let start = ContinuousClock.now
      let store = try InspectionStore(path: path)
      let flow = try await CrashQueues.flow(of: store)
      _ = try await flow.claim(from: "work", by: "probe", maximum: 0, leaseMilliseconds: 1)
      slowest = max(slowest, wallSeconds(ContinuousClock.now - start))
      if try Self.integrity(path) != "ok" { damaged += 1 }
      try store.close()
    }
    let left = try await drain(path)
    let effects = try Self.effects(path)
    let lost = appended.filter { effects[$0] == nil }.count + completed.filter { effects[$0] == nil }.count
    let doubled = effects.values.filter { $0 > 1 }.count
    Console.say(
      "\(kills) kills (seed \(seed)): \(appended.count) appended, \(completed.count) completed and acknowledged, "
        + "\(effects.count) effects, \(lost) lost, \(doubled) doubled, \(left.dead) dead letters, "
        + "\(left.notices == effects.count ? "one notice each" : "\(left.notices) notices"), "
        + "\(damaged) damaged, \(early) ended by themselves, "
        + "ready again after \(milliseconds(slowest)) ms at most")
    return lost == 0 && doubled == 0 && damaged == 0 && early == 0 && left.dead == 0 && !appended.isEmpty
      && !completed.isEmpty && left.notices == effects.count && slowest <= 2
  }

  /// Does what is left, and counts dead letters and notices (sent or waiting).
  private func drain(_ path: String) async throws -> (dead: Int, notices: Int) {
    let store = try InspectionStore(path: path)
    let flow = try await CrashQueues.flow(of: store)
    let dead = try await flow.depth(of: "work").deadRows
    while try await flow.depth(of: "work").rows > 0 {
      let claims = try await flow.claim(from: "work", by: "drain", maximum: 200, leaseMilliseconds: 60_000)
      if claims.isEmpty { try await Task.sleep(for: .milliseconds(50)) }
      try await CrashQueues.complete(claims, with: flow)
    }
    let waiting = try await flow.depth(of: "outbox").rows
    try store.close()
    let sent = try await DatabaseQueue(path: path).read {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM flow_completed") ?? 0
    }
    return (dead, waiting + sent)
  }

  static func integrity(_ path: String) throws -> String? {
    try DatabaseQueue(path: path).read { try String.fetchOne($0, sql: "PRAGMA integrity_check") }
  }

  private static func effects(_ path: String) throws -> [String: Int] {
    try DatabaseQueue(path: path).read { db in
      var found: [String: Int] = [:]
      let rows = try Row.fetchCursor(db, sql: "SELECT day, last FROM case_serials WHERE source_letter = 'E'")
      while let row = try rows.next() { found[row[0]] = row[1] }
      return found
    }
  }
}

func wallSeconds(_ duration: Duration) -> Double {
  Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
}

func milliseconds(_ seconds: Double) -> String { "\((seconds * 10_000).rounded() / 10)" }
