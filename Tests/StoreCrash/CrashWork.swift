import Foundation
import InspectionStore

/// The program that gets killed: appends, claims and completes without end, and says what was acknowledged.
struct CrashWork: Sendable {
  let path: String
  /// Makes the keys of this run its own.
  let run: String

  func run() async throws {
    let store = try InspectionStore(path: path)
    let flow = try await CrashQueues.flow(of: store)
    Console.say("ready")
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await append(to: flow) }
      for number in 0..<3 { group.addTask { try await work("w\(number)", with: flow) } }
      group.addTask { try await send(with: flow) }
      try await group.waitForAll()
    }
  }

  private func append(to flow: StoredFlow) async throws {
    for batch in 0... {
      let items = (0..<40).map { number in
        FlowItem(
          key: "\(run)-\(batch)-\(number)", sortKey: Int64(batch), orderingKey: "lane \(number % 23)",
          payload: Data(repeating: 7, count: 500))
      }
      do {
        _ = try await flow.append(items, to: "work")
        Console.say("A " + items.map(\.key).joined(separator: " "))
      } catch FlowError.full {
        try await Task.sleep(for: .milliseconds(5))
      }
    }
  }

  private func work(_ name: String, with flow: StoredFlow) async throws {
    while true {
      let claims = try await flow.claim(from: "work", by: name, maximum: 30, leaseMilliseconds: 300)
      guard !claims.isEmpty else {
        try await Task.sleep(for: .milliseconds(2))
        continue
      }
      do {
        try await CrashQueues.complete(claims, with: flow)
        Console.say("C " + claims.map(\.item.key).joined(separator: " "))
      } catch FlowError.staleLease {
        // The machine was slow; somebody else has them now.
      }
    }
  }

  private func send(with flow: StoredFlow) async throws {
    while true {
      let claims = try await flow.claim(from: "outbox", by: "s", maximum: 50, leaseMilliseconds: 300)
      do { try await flow.complete(claims) } catch FlowError.staleLease {}
      try await Task.sleep(for: .milliseconds(3))
    }
  }
}
