internal import ArgumentParser
internal import Foundation
internal import HazardAnalysis
internal import HotPathBenchmarks

/// `jinxun bench`: how fast this machine is, one JSON object on stdout.
struct Bench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures how fast this machine looks at frames.",
    discussion: """
      One JSON object on stdout. Frames are read into memory first; decoding counts.

      Examples:
        jinxun bench frames cameras/*                       the coarse level, one thread
        jinxun bench fleet cameras/* --nodes 68 --fps 25    whether 68 nodes keep their pace
        jinxun bench kernels                                the vector kernels beside memory copies
        jinxun bench network                                the trained network
        jinxun bench telemetry logs/*                       reading telemetry logs
      """,
    subcommands: [Frames.self, Fleet.self, Kernels.self, Network.self, BenchTelemetry.self])

  struct Frames: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Frames a second, looping over the frames of some cameras.")

    @Argument(help: ArgumentHelp("Folders of JPEG frames, one camera each.", valueName: "dir"))
    var folders: [String]

    @Option(help: "Threads that share the cameras.")
    var threads = 1

    @Option(help: "How long to run.")
    var seconds = 3.0

    @Option(help: "dc: coarse scan and temporal analysis; full: decoding, network and history.")
    var level = FrameBenchmark.Level.dc

    func validate() throws {
      try Bench.validate(folders: folders, threads: threads, seconds: seconds)
    }

    func run() async throws {
      try await reportingFailures {
        let benchmark = FrameBenchmark(
          cameras: try Bench.cameras(folders), threads: threads, seconds: seconds, level: level,
          tier: try chosenTier())
        try await Bench.answer { try benchmark.run() }
      }
    }
  }

  struct Fleet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Whether a fleet of nodes keeps its pace: late frames and the processors' share.")

    @Argument(help: ArgumentHelp("Folders of JPEG frames; nodes take them in turn.", valueName: "dir"))
    var folders: [String]

    @Option(help: "Nodes.")
    var nodes = 68

    @Option(help: "Frames a second of each node.")
    var fps = 25.0

    @Option(help: "How long to run.")
    var seconds = 20.0

    @Option(help: "Threads that share the nodes.")
    var threads = 2

    @Option(help: "Part of one processor's time for full looks, 0 to 1.")
    var fullLookShare = 0.06

    func validate() throws {
      guard (0...1).contains(fullLookShare) else {
        throw ValidationError("--full-look-share: expected 0 to 1")
      }
      try Bench.validate(folders: folders, threads: threads, seconds: seconds)
      guard (1...10_000).contains(nodes) else { throw ValidationError("--nodes: expected 1 to 10000") }
      guard fps > 0, fps <= 1000 else { throw ValidationError("--fps: expected more than 0, at most 1000") }
    }

    func run() async throws {
      try await reportingFailures {
        let benchmark = FleetBenchmark(
          cameras: try Bench.cameras(folders), nodes: nodes, fps: fps, seconds: seconds, threads: threads,
          fullLookShare: fullLookShare, tier: try chosenTier())
        try await Bench.answer { try benchmark.run() }
      }
    }
  }

  struct Kernels: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Times of every vector kernel on every tier, beside memory copies of the same run.")

    @Option(help: "How long to run.")
    var seconds = 5.0

    @Option(
      help: ArgumentHelp(
        "Folder with first.pgm, second.pgm and third.pgm, 8-bit greymaps of one size; default: seeded planes.",
        valueName: "dir"))
    var planes: String?

    @Option(help: "Side of the tiles on the folder's planes, samples, 1 to 64.")
    var tile: Int?

    func validate() throws {
      guard seconds > 0, seconds <= 86_400 else {
        throw ValidationError("--seconds: expected more than 0, at most 86400")
      }
      if let tile, !(1...64).contains(tile) { throw ValidationError("--tile: expected 1 to 64") }
    }

    func run() async throws {
      try await reportingFailures {
        let folder = planes.map { URL(filePath: $0, directoryHint: .isDirectory) }
        let (seconds, tile) = (seconds, tile)
        try await Bench.answer { try KernelReport.measure(seconds: seconds, planesIn: folder, tile: tile) }
      }
    }
  }

  struct Network: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Milliseconds of one run of the network, one thread.")

    @Option(help: "How long to run.")
    var seconds = 3.0

    @Flag(help: "The first look over coarse planes, 120 x 68 unless told otherwise, instead of the full one.")
    var firstLook = false

    @Option(help: "Width of the picture, pixels; default 224.")
    var width: Int?

    @Option(help: "Height of the picture, pixels; default 224.")
    var height: Int?

    func validate() throws {
      guard seconds > 0, seconds <= 86_400 else {
        throw ValidationError("--seconds: expected more than 0, at most 86400")
      }
      for (name, side) in [("width", width ?? 224), ("height", height ?? 224)]
      where !(32...4096).contains(side) {
        throw ValidationError("--\(name): expected 32 to 4096")
      }
    }

    func run() async throws {
      try await reportingFailures {
        let benchmark = NetworkBenchmark(
          network: firstLook ? .firstLook : .full, widthPixels: width ?? (firstLook ? 120 : 224),
          heightPixels: height ?? (firstLook ? 68 : 224), seconds: seconds, tier: try chosenTier())
        try await Bench.answer { benchmark.run() }
      }
    }
  }

  static func validate(folders: [String], threads: Int, seconds: Double) throws {
    guard !folders.isEmpty else { throw ValidationError("expected at least one folder of frames") }
    guard (1...256).contains(threads) else { throw ValidationError("--threads: expected 1 to 256") }
    guard seconds > 0, seconds <= 86_400 else {
      throw ValidationError("--seconds: expected more than 0, at most 86400")
    }
  }

  private static func cameras(_ folders: [String]) throws -> [CameraSequence] {
    try folders.map { try CameraSequence(folder: URL(filePath: $0, directoryHint: .isDirectory)) }
  }

  /// Runs a benchmark off the cooperative pool and prints its result.
  static func answer(_ measure: @escaping @Sendable () throws -> some Encodable & Sendable)
    async throws
  {
    let result = try await withCheckedThrowingContinuation { continuation in
      Thread { continuation.resume(with: Result { try measure() }) }.start()
    }
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys]
    Standard.output(String(decoding: try encoder.encode(result), as: UTF8.self))
  }
}

extension FrameBenchmark.Level: ExpressibleByArgument {}
