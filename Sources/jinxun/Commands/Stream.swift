internal import ArgumentParser
internal import Foundation
internal import InspectionModel
internal import InspectionPipeline
internal import InspectionStore
internal import Logging
internal import UnixSignals

/// `jinxun stream`: the same stages on live sources, for weeks.
struct Stream: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Watches live nodes: looks at their pictures, keeps what is found, opens and follows cases.",
    discussion: """
      接入视联网节点、巡查照片与群众上报，持续分析并生成案件。

      SIGTERM or SIGINT ends the run in order: frames in work are finished, everything found is durable and settled. \
      SIGHUP reads the pipeline again and goes on with it, or keeps the old one and says why. Logs are JSON lines on \
      stderr.

      Examples:
        jinxun stream --pipeline live.yaml --store district.sqlite
        jinxun stream --pipeline live.yaml --store s.sqlite --for 60s --json
        jinxun check live.yaml                 only validates

      Exit code: 0 ended in order; 2 could not run.
      """)

  @Option(
    help: ArgumentHelp(
      "Pipeline file; default: live-network.yaml in $JINXUN_PIPELINES, beside the program, or built in.",
      valueName: "file"))
  var pipeline: String?

  @Option(help: ArgumentHelp("The store; made where there is none.", valueName: "file"))
  var store: String

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp("How long, such as 60s, 10m, 2h; default: until stopped.", valueName: "time"))
  var duration: DurationText?

  @Option(help: "Workers of the coarse level.")
  var workers = 2

  @Flag(help: "End with one JSON object on stdout instead of words.")
  var json = false

  @Option(help: "Least level of log lines: trace, debug, info, notice, warning, error.")
  var logLevel = "info"

  func validate() throws {
    guard (1...64).contains(workers) else { throw ValidationError("--workers: expected 1 to 64") }
    guard Logger.Level(rawValue: logLevel) != nil else {
      throw ValidationError("--log-level: expected a level such as info, found \"\(logLevel)\"")
    }
  }

  func run() async throws {
    try await reportingFailures {
      let pipeline = try Self.load(pipeline)
      let opened = try InspectionStore(path: store)
      var options = LiveRun.Options()
      options.seconds = duration?.seconds
      options.workers = workers
      options.tier = try chosenTier()
      options.environment = ProcessInfo.processInfo.environment
      options.seed = UInt64(ProcessInfo.processInfo.processIdentifier)
      let level = Logger.Level(rawValue: logLevel) ?? .info
      let logger = Logger(label: "jinxun") { _ in JSONLogLines(level: level) }
      let run = LiveRun(pipeline: pipeline, store: opened, options: options, logger: logger)
      let summary = try await watched(run, logger)
      try opened.close()
      Standard.output(json ? try Self.json(summary) : Self.words(summary))
    }
  }

  /// Runs; signals stop it in order or change its definition.
  private func watched(_ run: LiveRun, _ logger: Logger) async throws -> LiveSummary {
    let file = pipeline
    return try await withThrowingTaskGroup(of: LiveSummary?.self) { group in
      group.addTask { try await run.run() }
      group.addTask {
        for await signal in await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup) {
          guard signal == .sighup else {
            logger.notice("stopping: frames in work are finished", metadata: ["signal": "\(signal)"])
            run.stop()
            continue
          }
          do {
            run.reload(try Self.load(file))
          } catch {
            logger.error("the definition stays as it was", metadata: ["reason": "\(error)"])
          }
        }
        return nil
      }
      defer { group.cancelAll() }
      while let ended = try await group.next() {
        if let summary = ended { return summary }
      }
      throw CommandFailure("the run ended without a summary")
    }
  }

  private static func load(_ file: String?) throws -> ValidatedLivePipeline {
    let program = Bundle.main.executableURL?.deletingLastPathComponent()
    let locator = PipelineLocator(
      named: file, environment: ProcessInfo.processInfo.environment, programFolder: program)
    do throws(DefinitionError) {
      return try locator.loadLive()
    } catch {
      throw CommandFailure(error.description)
    }
  }

  private static func json(_ summary: LiveSummary) throws -> String {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys]
    return String(decoding: try encoder.encode(summary), as: UTF8.self)
  }

  private static func words(_ summary: LiveSummary) -> String {
    func list(_ counts: [String: Int]) -> String {
      counts.isEmpty
        ? "none" : counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    }
    let latency = summary.latencyP99Ms.map { "; observations durable within \(fixed($0, 0)) ms (99 %)" } ?? ""
    return """
      \(summary.nodes) nodes for \(fixed(summary.seconds, 0)) s: \(list(summary.states))
      \(summary.framesReceived) frames came, \(summary.framesAnalysed) looked at, \(summary.fullLooks) in full; \
      dropped: \(list(summary.framesDropped)); unreadable: \(summary.framesUnreadable)
      \(summary.observations) observations new\(latency)
      in the store: \(summary.incidents) incidents, \(summary.workOrders) cases, \(summary.reports) reports
      """
  }
}

/// A duration such as `60s`, `10m` or `2h`.
struct DurationText: ExpressibleByArgument {
  let seconds: Double

  init?(argument: String) {
    let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600]
    guard let unit = argument.last.flatMap({ units[$0] }), let value = Double(argument.dropLast()),
      value > 0, value * unit <= 1e9
    else { return nil }
    seconds = value * unit
  }
}
