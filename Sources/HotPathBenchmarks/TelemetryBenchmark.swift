internal import FlightLogs

/// How fast telemetry logs are read, file by file, from memory and in pieces as the command line reads them.
package struct TelemetryBenchmark: Sendable {
  /// What came out.
  package struct Result: Sendable, Encodable {
    package var files: [File]

    /// One log.
    package struct File: Sendable, Encodable {
      package var file: String
      package var format: String
      package var bytes: Int
      /// Records with telemetry.
      package var samples: Int
      /// Messages of all kinds.
      package var messages: Int
      package var rounds: Int
      /// Median of one reading.
      package var seconds: Double
      package var megabytesPerSecond: Double
    }
  }

  private static let pieceBytes = 1 << 18

  private let logs: [(name: String, bytes: [UInt8])]
  private let seconds: Double

  /// - Parameters:
  ///   - logs: names and contents.
  ///   - seconds: how long to run, over all logs together.
  package init(logs: [(name: String, bytes: [UInt8])], seconds: Double) {
    (self.logs, self.seconds) = (logs, seconds)
  }

  /// Runs, blocking; logs take turns, at least three each.
  ///
  /// - Throws: `BenchmarkError` for a log that cannot be read.
  package func run() throws -> Result {
    let pieces = logs.map { log in
      stride(from: 0, to: log.bytes.count, by: Self.pieceBytes).map { start in
        Array(log.bytes[start..<min(log.bytes.count, start + Self.pieceBytes)])
      }
    }
    var times = [[Double]](repeating: [], count: logs.count)
    var told = [TelemetryLog?](repeating: nil, count: logs.count)
    let end = Stopwatch.now + seconds
    while Stopwatch.now < end || times.contains(where: { $0.count < 3 }) {
      for index in logs.indices {
        let begun = Stopwatch.now
        told[index] = try read(pieces[index], logs[index].name)
        times[index].append(Stopwatch.now - begun)
      }
    }
    return Result(
      files: logs.indices.map { index in
        let seconds = times[index].sorted()[times[index].count / 2]
        let log = told[index]
        return .init(
          file: logs[index].name, format: log?.format.rawValue ?? "", bytes: logs[index].bytes.count,
          samples: log?.sampleCount ?? 0, messages: log?.messageCounts.reduce(0) { $0 + $1.count } ?? 0,
          rounds: times[index].count, seconds: seconds,
          megabytesPerSecond: Double(logs[index].bytes.count) / 1e6 / seconds)
      })
  }

  private func read(_ pieces: [[UInt8]], _ name: String) throws -> TelemetryLog? {
    var stream = TelemetryStream()
    do throws(TelemetryLogError) {
      for piece in pieces {
        try stream.read(piece)
        _ = stream.takeSamples()
      }
      try stream.finish()
    } catch {
      throw BenchmarkError("\(name): \(error.message)")
    }
    return stream.log
  }
}
