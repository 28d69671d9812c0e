internal import ArgumentParser
internal import Foundation
internal import HotPathBenchmarks

/// `jinxun bench telemetry`: how fast logs are read.
struct BenchTelemetry: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "telemetry", abstract: "Megabytes a second of reading telemetry logs, each by itself.")

  @Argument(help: ArgumentHelp("Telemetry logs of any format that is known.", valueName: "file"))
  var files: [String]

  @Option(help: "How long to run, all logs together.")
  var seconds = 3.0

  func validate() throws {
    guard !files.isEmpty else { throw ValidationError("expected at least one log") }
    guard seconds > 0, seconds <= 86_400 else {
      throw ValidationError("--seconds: expected more than 0, at most 86400")
    }
  }

  func run() async throws {
    try await reportingFailures {
      let logs = try files.map { file in
        (name: file, bytes: [UInt8](try Data(contentsOf: URL(filePath: file))))
      }
      let benchmark = TelemetryBenchmark(logs: logs, seconds: seconds)
      try await Bench.answer { try benchmark.run() }
    }
  }
}
