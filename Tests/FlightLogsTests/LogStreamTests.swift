import FlightLogs
import InspectionModel
import InspectionSimulator
import TestSupport
import Testing

/// What a log tells does not depend on the pieces in which it comes.
@Suite struct LogStreamTests {
  private struct Outcome: Equatable {
    var samples: [TelemetrySample] = []
    var photos: [Int] = []
    var counts: [String] = []
    var faults: [TelemetryLogFault] = []
    var faultCount = 0
    var skipped = 0
    var error: TelemetryLogError?

    init(_ log: TelemetryLog) {
      (samples, photos, faults, faultCount) = (log.samples, log.photoIndices, log.faults, log.faultCount)
      counts = log.messageCounts.map { "\($0.name) \($0.count)" }
      skipped = log.skippedByteCount
    }

    init(_ error: TelemetryLogError) { self.error = error }
  }

  private func whole(_ bytes: [UInt8]) -> Outcome {
    do throws(TelemetryLogError) { return Outcome(try TelemetryLogReader.read(bytes)) } catch {
      return Outcome(error)
    }
  }

  private func pieces(_ bytes: [UInt8], _ length: () -> Int) -> Outcome {
    var stream = TelemetryStream()
    var (samples, photos): ([TelemetrySample], [Int]) = ([], [])
    func take() {
      let taken = stream.takeSamples()
      photos += taken.photoIndices.map { $0 + samples.count }
      samples += taken.samples
    }
    do throws(TelemetryLogError) {
      var place = 0
      while place < bytes.count {
        let end = min(bytes.count, place + length())
        try stream.read(Array(bytes[place..<end]))
        place = end
        take()
      }
      try stream.finish()
      take()
    } catch {
      return Outcome(error)
    }
    guard let log = stream.log else { return Outcome(.unknownFormat(firstBytes: [])) }
    var outcome = Outcome(log)
    (outcome.samples, outcome.photos) = (samples, photos)
    return outcome
  }

  @Test(arguments: SimulatedLogKind.all)
  func piecesOfAnyLengthTellTheSame(kind: SimulatedLogKind) {
    // Longer than what decides about the format, so that reading goes on over pieces.
    let bytes = SimulatedLog(seed: 5, recordCount: 300).bytes(kind)
    let expected = whole(bytes)
    #expect(expected.error == nil && !expected.samples.isEmpty)
    #expect(pieces(bytes) { 1 } == expected)
    var generator = SeededGenerator(seed: 6)
    for _ in 0..<4 { #expect(pieces(bytes) { Int.random(in: 1...3000, using: &generator) } == expected) }
  }

  @Test(arguments: SimulatedLogKind.all)
  func piecesOfDamagedLogsTellTheSame(kind: SimulatedLogKind) {
    let sound = SimulatedLog(seed: 7, recordCount: 300).bytes(kind)
    for seed in UInt64(1)...12 {
      var generator = SeededGenerator(seed: seed)
      var bytes = sound
      for _ in 0..<20 {
        let place = Int.random(in: 64..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
        case 1:
          bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...40, using: &generator)))
        default: bytes.insert(contentsOf: [0xFE, 0xFD, 0xA3, 0x95, 0x06, 0x0E, 0x47, 0x3C], at: place)
        }
      }
      if seed % 3 == 0 { bytes.removeLast(Int.random(in: 1...200, using: &generator)) }
      let expected = whole(bytes)
      #expect(
        pieces(bytes) { Int.random(in: 1...2000, using: &generator) } == expected, "\(kind), seed \(seed)")
    }
  }

  @Test func samplesAreTakenOnce() throws {
    let bytes = SimulatedLog(seed: 8, recordCount: 400).bytes(.tlog)
    var stream = TelemetryStream()
    try stream.read(bytes)
    let first = stream.takeSamples()
    #expect(!first.samples.isEmpty && stream.takeSamples().samples.isEmpty)
    try stream.finish()
    #expect(first.samples.count + stream.takeSamples().samples.count == stream.log?.sampleCount)
  }

  @Test func recordsAreBounded() throws {
    for kind in SimulatedLogKind.all {
      let log = try TelemetryLogReader.read(SimulatedLog(seed: 3).bytes(kind), sampleLimit: 3)
      #expect(log.samples.count == 3 && log.faultCount == 1, "\(kind)")
    }
  }

  /// Cut anywhere, a log gives records of the flight, none other.
  @Test(arguments: SimulatedLogKind.all)
  func aCutLogGivesWhatIsThere(kind: SimulatedLogKind) throws {
    let bytes = SimulatedLog(seed: 11).bytes(kind)
    let samples = Set(try TelemetryLogReader.read(bytes).samples)
    for count in stride(from: 1, to: bytes.count, by: max(1, bytes.count / 150)) {
      guard let log = try? TelemetryLogReader.read(Array(bytes.prefix(count))) else { continue }
      // The last record may lack what was cut off.
      for sample in log.samples.dropLast() {
        #expect(samples.contains(sample), "\(kind), \(count) of \(bytes.count) bytes")
      }
    }
  }
}
