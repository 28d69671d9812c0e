internal import ArgumentParser
internal import Foundation
internal import InspectionSimulator

/// `jinxun simulate logs`: one made-up flight as a log of every format that can be read.
struct SimulateLogs: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "logs",
    abstract: "Writes one made-up flight as a log of every format that can be read.",
    discussion: """
      The same options give the same bytes.

      Example:
        jinxun simulate logs --seed 7 --out logs
      """)

  @Option(help: ArgumentHelp("Folder to write into.", valueName: "dir"))
  var out: String

  @Option(help: "Chooses place, path and heights.")
  var seed: UInt64 = 1

  @Option(help: "Moments of the flight that are recorded.")
  var records = 600

  @Option(help: "Time between them, milliseconds.")
  var period = 200

  func validate() throws {
    guard (1...10_000_000).contains(records) else {
      throw ValidationError("--records: expected 1 to 10000000")
    }
    guard (1...60_000).contains(period) else { throw ValidationError("--period: expected 1 to 60000") }
  }

  func run() async throws {
    try await reportingFailures {
      let folder = URL(filePath: out, directoryHint: .isDirectory)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let flight = SimulatedLog(seed: seed, recordCount: records, periodMilliseconds: period)
      for kind in SimulatedLogKind.all {
        try Data(flight.bytes(kind)).write(to: folder.appending(path: kind.fileName))
      }
      Standard.error("\(out): \(SimulatedLogKind.all.count) logs of \(records) records")
    }
  }
}
