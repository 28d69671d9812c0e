import Foundation
import Ingest
import InspectionModel
import InspectionPipeline
import Logging
import Synchronization

/// Reads the nodes of a live pipeline file for a while and looks at no picture: what the sources alone cost and bring.
///
///     LiveIntake live.yaml 20
///
/// Ends with one JSON object: frames and megabytes a second, processor share, drops, changes of state.
@main
struct LiveIntake {
  /// The lives of the nodes, fed by events and a tick a second.
  final class Lives: Sendable {
    let lives: Mutex<[String: NodeLife]>
    let lines = Mutex<[String]>([])

    init(_ definition: LiveDefinition, start: Timestamp) {
      lives = Mutex(
        Dictionary(
          uniqueKeysWithValues: definition.nodes.map {
            ($0.id, NodeLife(rules: definition.lifeRules($0), start: start))
          }))
    }

    func take(_ node: String, _ input: NodeLife.Input, at time: Timestamp) {
      let changes = lives.withLock { $0[node]?.take(input, at: time) ?? [] }
      for case .condition(let new, let old) in changes {
        lines.withLock { $0.append("\(time.iso8601()) \(node) \(old.state)→\(new.state) \(new.reason)") }
      }
    }

    /// How many nodes are in each state.
    var states: [String: Int] {
      let states = lives.withLock { $0.values.map(\.condition.state.rawValue) }
      return Dictionary(grouping: states) { $0 }.mapValues(\.count)
    }

    func tick(at time: Timestamp) {
      for node in lives.withLock({ Array($0.keys) }) { take(node, .tick, at: time) }
    }
  }

  static func input(_ kind: NodeEvent.Kind) -> NodeLife.Input? {
    switch kind {
    case .attempt: .attempt
    case .connected: .connected
    case .frame: .frame
    case .unchanged: .unchanged
    case .damaged: nil
    case .failed(let failure, _): .failed(failure.code)
    }
  }

  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 3, let seconds = Double(arguments[2]) else {
      FileHandle.standardError.write(Data("usage: LiveIntake PIPELINE SECONDS [--changes]\n".utf8))
      exit(64)
    }
    let live = try PipelineLocator(named: arguments[1], environment: [:], programFolder: nil).loadLive()
    let definition = live.definition
    let clock = LiveClock.system()
    let inlet = FrameInlet(limits: definition.inletLimits, nodes: definition.nodes)
    let lives = Lives(definition, start: clock.steady())
    let environment = ProcessInfo.processInfo.environment
    let logger = Logger(label: "intake")
    let sources = LiveSources(
      nodes: definition.nodes, policy: definition.addressPolicy, limits: definition.sourceLimits,
      environment: environment, clock: clock, seed: 1, logger: logger)
    let damaged = Mutex<[String: Int]>([:])
    let events: @Sendable (NodeEvent) -> Void = { event in
      if case .damaged(let failure) = event.kind {
        damaged.withLock { $0[failure.code.rawValue, default: 0] += 1 }
      }
      if let input = input(event.kind) { lives.take(event.nodeID, input, at: event.time) }
    }
    let (processorBegan, began) = (clockSeconds(), clock.steady())
    let (frames, bytes) = await withTaskGroup(of: (Int, Int).self) { group in
      group.addTask {
        await sources.run(inlet: inlet, events: events)
        return (0, 0)
      }
      if let settings = definition.server {
        let server = InletServer(
          settings: settings, nodes: definition.nodes, environment: environment, clock: clock, logger: logger,
          inlet: inlet, events: events,
          accept: { _ in throw ReportRefusal(retryAfterSeconds: 60, detail: "reports are not stored here") })
        group.addTask {
          do { try await server.run() } catch { logger.error("the inlet ended: \(error)") }
          return (0, 0)
        }
      }
      group.addTask {
        while (try? await clock.sleep(1)) != nil { lives.tick(at: clock.steady()) }
        return (0, 0)
      }
      group.addTask {
        var (frames, bytes) = (0, 0)
        while true {
          let taken = await inlet.lease(upTo: 6)
          guard !taken.isEmpty else { return (frames, bytes) }
          frames += taken.count
          for frame in taken { bytes += frame.bytes.count }
          inlet.finish(taken)
        }
      }
      try? await clock.sleep(seconds)
      group.cancelAll()
      var sum = (0, 0)
      for await part in group { sum = (sum.0 + part.0, sum.1 + part.1) }
      return sum
    }
    let elapsed = clock.steady().seconds(since: began)
    if arguments.contains("--changes") { for line in lives.lines.withLock({ $0 }) { print(line) } }
    try tell([
      "seconds": elapsed, "frames": frames, "frames_per_second": Double(frames) / elapsed,
      "megabytes_per_second": Double(bytes) / 1e6 / elapsed, "dropped": drops(inlet),
      "damaged": damaged.withLock { $0 }, "states": lives.states,
      "processor_share": (clockSeconds() - processorBegan) / elapsed,
    ])
  }

  /// Dropped frames by reason.
  static func drops(_ inlet: FrameInlet) -> [String: Int] {
    inlet.counts.values.reduce(into: [:]) { sum, counts in
      for (reason, count) in counts.dropped { sum[reason.rawValue, default: 0] += count }
    }
  }

  static func tell(_ report: [String: Any]) throws {
    let line = try JSONSerialization.data(withJSONObject: report, options: [.sortedKeys])
    print(String(decoding: line, as: UTF8.self))
  }

  /// User and system time of this process so far.
  static func clockSeconds() -> Double { Double(Foundation.clock()) / Double(CLOCKS_PER_SEC) }
}
