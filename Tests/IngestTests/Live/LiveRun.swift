import Ingest
import InspectionModel
import Logging
import Synchronization

/// Runs sources against a port until enough has happened; a guard of wall time ends a run that goes nowhere.
enum LiveRun {
  /// What a run brought.
  struct Outcome: Sendable {
    var frames: [LiveFrame] = []
    var events: [NodeEvent] = []

    func count(_ isMeant: (NodeEvent.Kind) -> Bool) -> Int { events.count { isMeant($0.kind) } }

    var failures: [NodeFailure.Code] {
      events.compactMap { if case .failed(let failure, _) = $0.kind { failure.code } else { nil } }
    }
    var damages: [NodeFailure.Code] {
      events.compactMap { if case .damaged(let failure) = $0.kind { failure.code } else { nil } }
    }
    var unchanged: Int { count { $0 == .unchanged } }
  }

  private final class Record: Sendable {
    let state = Mutex(Outcome())
  }

  /// Waits are shortened, so that a test of time-outs takes moments: every second is a hundredth of one.
  static let hurried: LiveClock = {
    let system = LiveClock.system()
    return LiveClock(
      wall: system.wall, steady: system.steady, sleep: { try await system.sleep($0 / 100) })
  }()

  static let quick = SourceLimits(
    connectSeconds: 2, replySeconds: 0.3, stallSeconds: 0.3, frameSeconds: 0.3,
    backoff: Backoff(firstSeconds: 0.01, capSeconds: 0.05))

  static func node(_ endpoint: NodeEndpoint, id: String = "a", period: Double = 0.02) -> LiveNode {
    LiveNode(id: id, unitName: id, endpoint: endpoint, periodSeconds: period)
  }

  static func policy(_ ports: [Int]) -> AddressPolicy {
    AddressPolicy(
      schemes: ["http"], ports: Set(ports), networks: ["127.0.0.1/32"].compactMap { AddressNetwork($0) })
  }

  /// Runs until `isEnough` says so.
  static func run(
    _ nodes: [LiveNode], policy: AddressPolicy, limits: SourceLimits = quick,
    environment: [String: String] = [:],
    clock: LiveClock = hurried, until isEnough: @escaping @Sendable (Outcome) -> Bool
  ) async -> Outcome {
    let inlet = FrameInlet(limits: InletLimits(waitingPerNode: 64), nodes: nodes)
    let record = Record()
    let sources = LiveSources(
      nodes: nodes, policy: policy, limits: limits, environment: environment, clock: clock, seed: 1,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let (enough, tellEnough) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        await sources.run(inlet: inlet) { event in
          let isDone = record.state.withLock { outcome in
            outcome.events.append(event)
            return isEnough(outcome)
          }
          if isDone { tellEnough.yield() }
        }
      }
      group.addTask {
        while let frame = await inlet.next() {
          let isDone = record.state.withLock { outcome in
            outcome.frames.append(frame)
            return isEnough(outcome)
          }
          if isDone { tellEnough.yield() }
        }
      }
      group.addTask {
        // Only a guard: a run that works ends by its events.
        try? await Task.sleep(for: .seconds(60))
        tellEnough.yield()
      }
      for await _ in enough { break }
      group.cancelAll()
    }
    return record.state.withLock { $0 }
  }
}
