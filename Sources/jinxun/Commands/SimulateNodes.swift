internal import ArgumentParser
internal import Foundation
internal import FrameMemory
internal import ImageCodecs
internal import InspectionModel
internal import InspectionPipeline
internal import InspectionSimulator
internal import NodeSimulator

/// `jinxun simulate nodes`: the other side of a live run.
struct SimulateNodes: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nodes",
    abstract: "Serves simulated nodes on 127.0.0.1: streams, snapshots, uploads, dropped files; with faults.",
    discussion: """
      在本机模拟视联网节点（视频流、抓拍、上传、文件投递），并按计划注入故障。

      Which node does what wrong when follows from --seed; --truth writes it, one JSON line each. --definition writes \
      a pipeline file that fits, with a node file and a folder for tokens and dropped pictures beside it. Ends after \
      --for, or by a signal, with one JSON object: pictures sent, what was skipped, processor time.

      Examples:
        jinxun simulate nodes --count 68 --fps 5 --definition live.yaml
        jinxun simulate nodes --count 8 --fps 25 --from street --kinds mjpeg --faults none --for 60s
      """)

  @Option(help: "Number of nodes.")
  var count = 68

  @Option(help: "Pictures a second of each node; dropped files at most 2.")
  var fps = 5.0

  @Option(
    help: ArgumentHelp(
      "Folder of JPEG pictures of one place, in the order of their names; repeat for more places. Default: drawn.",
      valueName: "dir"))
  var from: [String] = []

  @Option(help: "Pictures that are loaded of each folder; of drawn places at most 16 are drawn.")
  var pictures = 60

  @Option(help: ArgumentHelp("Pipeline file to write.", valueName: "file"))
  var definition: String?

  @Option(help: ArgumentHelp("File for the schedule of faults.", valueName: "file"))
  var truth: String?

  @Option(help: "Which nodes misbehave: one-in-four or none.")
  var faults = SimulationPlan.Faults.oneInFour

  @Option(
    help: ArgumentHelp(
      "Ways of transport, given to the nodes in turn: mjpeg, snapshot, push, directory; default: a mixture.",
      valueName: "kinds"))
  var kinds: String?

  @Option(help: "Chooses faults, phases and tokens.")
  var seed: UInt64 = 1

  @Option(name: .customLong("for"), help: ArgumentHelp("How long, such as 60s, 10m, 2h.", valueName: "time"))
  var duration: String?

  @Option(help: "Port to serve on; 0 for any free one.")
  var port = 8600

  @Option(help: "Port of the stream's inlet, which pushing nodes upload to.")
  var inletPort = 8068

  func validate() throws {
    guard (1...999).contains(count) else { throw ValidationError("--count: expected 1 to 999") }
    guard (0.01...60).contains(fps) else { throw ValidationError("--fps: expected 0.01 to 60") }
    guard (2...10_000).contains(pictures) else { throw ValidationError("--pictures: expected 2 to 10000") }
    guard (0...65_535).contains(port), (1...65_535).contains(inletPort) else {
      throw ValidationError("--port, --inlet-port: expected a port")
    }
    _ = try transports()
    _ = try duration.map(seconds)
  }

  func run() async throws {
    try await reportingFailures {
      let duration = try duration.map(seconds)
      let reels = try await WorkerThreads(name: "pictures").run { Result { try self.reels() } }.get()
      let plan = SimulationPlan(
        seed: seed, count: count, framesPerSecond: fps, transports: try transports(), reelCount: reels.count,
        faults: faults, durationSeconds: duration ?? 86_400)
      guard let template = try BuiltInPipelines.source("live-network.yaml")?.text else {
        throw CommandFailure("the built-in live pipeline is missing")
      }
      let simulation = NodeSimulation(
        plan: plan, reels: reels, files: definition.map { SimulationFiles(definition: URL(filePath: $0)) },
        template: template, seed: seed)
      let (port, inletPort) = (port, inletPort)
      let (report, _) = try await untilSignal { () -> SimulationReport? in
        try await withThrowingTaskGroup(of: SimulationReport?.self) { group in
          group.addTask {
            try await simulation.run(port: port, inletPort: inletPort) { bound in
              self.tellServing(bound, plan)
            }
          }
          if let duration {
            group.addTask {
              try? await Task.sleep(for: .seconds(duration))
              return nil
            }
          }
          var report = try await group.next() ?? nil
          group.cancelAll()
          while let other = try await group.next() { report = report ?? other }
          return report
        }
      }
      if let report { Standard.output(Self.line(report)) }
    }
  }

  private func tellServing(_ port: Int, _ plan: SimulationPlan) {
    Standard.error("\(count) nodes on 127.0.0.1:\(port)" + (definition.map { ", pipeline \($0)" } ?? ""))
    guard let truth else { return }
    let start = wallClock()
    let lines = plan.faults.flatMap { $0 }.sorted { $0.fromSeconds < $1.fromSeconds }.map { fault in
      let (from, to) = (fault.fromSeconds, fault.toSeconds)
      return
        #"{"node":"\#(fault.nodeID)","fault":"\#(fault.kind.rawValue)","from_seconds":\#(fixed(from, 3)),"#
        + #""to_seconds":\#(fixed(to, 3)),"from":"\#(start.advanced(bySeconds: from).iso8601())","#
        + #""to":"\#(start.advanced(bySeconds: to).iso8601())"}"# + "\n"
    }
    do {
      try Data(lines.joined().utf8).write(to: URL(filePath: truth), options: .atomic)
    } catch {
      Standard.error("jinxun: \(truth): cannot be written")
    }
  }

  private static func line(_ report: SimulationReport) -> String {
    let total = report.total
    let replies = total.uploadReplies.sorted { $0.key < $1.key }.map { #""\#($0.key)":\#($0.value)"# }
    let share = report.processorSeconds / max(report.seconds, 1e-9)
    return #"{"nodes":\#(report.figures.count),"seconds":\#(fixed(report.seconds, 1)),"sent":\#(total.sent),"#
      + #""sent_healthy":\#(total.sentHealthy),"skipped":\#(total.skipped),"connections":\#(total.connections),"#
      + #""megabytes":\#(total.bytes / 1_000_000),"upload_replies":{\#(replies.joined(separator: ","))},"#
      + #""processor_share":\#(fixed(share, 3))}"#
  }

  // MARK: - Options

  private func transports() throws -> [NodeTransport] {
    guard let kinds else {
      // Uploads and folders need the files that tell the stream of them.
      return definition == nil ? [.mjpeg, .mjpeg, .mjpeg, .snapshot] : SimulationPlan.mixed
    }
    return try kinds.split(separator: ",").map { word in
      guard let transport = NodeTransport(rawValue: String(word)) else {
        throw ValidationError("--kinds: expected some of mjpeg, snapshot, push, directory, found \(word)")
      }
      return transport
    }
  }

  private func seconds(_ text: String) throws -> Double {
    let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600]
    guard let unit = text.last.flatMap({ units[$0] }), let value = Double(text.dropLast()), value > 0,
      value * unit <= 1e7
    else { throw ValidationError("--for: expected a time such as 60s, 10m or 2h, found \(text)") }
    return value * unit
  }

  // MARK: - Pictures

  private func reels() throws -> [PictureReel] {
    guard !from.isEmpty else { return try drawnReels() }
    return try from.map { folder in
      let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { name in
        [".jpg", ".jpeg"].contains { name.lowercased().hasSuffix($0) }
      }
      let chosen = names.sorted { $0.localizedStandardCompare($1) == .orderedAscending }.prefix(pictures)
      guard !chosen.isEmpty else { throw CommandFailure("\(folder): expected JPEG files, found none") }
      let jpegs = try chosen.map { Array(try Data(contentsOf: URL(filePath: "\(folder)/\($0)"))) }
      return try PictureReel(jpegs: jpegs)
    }
  }

  /// Two streets with traffic, 960 x 540: few pictures, for each takes a tenth of a second.
  private func drawnReels() throws -> [PictureReel] {
    let pictures = min(pictures, 16)
    return try (0..<2).map { place in
      let scenario: CameraScenario = .traffic
      let script = scenario.script(
        seed: seed &+ UInt64(place), widthPixels: 960, heightPixels: 540,
        frameIntervalMilliseconds: max(1, Int((1000 / fps).rounded())), frameCount: pictures)
      let pool = FramePool(
        slabCount: 1,
        slabBytes: FrameFormat(widthPixels: 960, heightPixels: 540, chroma: script.chroma).byteCount)
      let sequence = SimulatedSequence(script: script)
      return try PictureReel(jpegs: try (0..<pictures).map { try sequence.jpeg($0, into: pool) })
    }
  }
}

extension SimulationPlan.Faults: ExpressibleByArgument {}
