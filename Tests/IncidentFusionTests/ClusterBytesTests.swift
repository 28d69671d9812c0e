import IncidentFusion
import InspectionModel
import TestSupport
import Testing

/// Incidents as bytes.
@Suite struct ClusterBytesTests {
  private func clusters(seed: UInt64) -> [Cluster] {
    var book = IncidentBook(rules: Sighting.rules(windowSeconds: 600), filesKeys: true)
    _ = book.record(Sighting.day(count: 300, seed: seed))
    _ = book.record([Sighting.make("last", seconds: 20_000)])
    let settled = book.takeSettled()
    return settled.open + settled.closed
  }

  @Test(arguments: 0..<6 as Range<UInt64>)
  func whatIsWrittenIsRead(seed: UInt64) throws {
    let all = clusters(seed: seed)
    #expect(all.count > 5)
    for cluster in all { #expect(try Cluster(bytes: cluster.bytes).bytes == cluster.bytes, "seed \(seed)") }
  }

  /// Cut and changed bytes are refused or read as something else; they never trap.
  @Test func damagedBytesAreSafe() {
    var generator = SeededGenerator(seed: 9)
    let bytes = clusters(seed: 1)[0].bytes
    for count in 0..<bytes.count {
      #expect(throws: FieldError.self, "\(count) bytes") { try Cluster(bytes: Array(bytes.prefix(count))) }
    }
    for _ in 0..<3000 {
      var damaged = bytes
      damaged[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
        in: 0...255, using: &generator)
      _ = try? Cluster(bytes: damaged)
    }
  }
}
