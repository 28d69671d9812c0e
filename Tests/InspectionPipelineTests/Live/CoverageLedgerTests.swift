import InspectionModel
import InspectionPipeline
import Testing

@Suite struct CoverageLedgerTests {
  static let start = Timestamp(iso8601: "2026-11-24T08:00:00Z", assuming: .utc)!

  private func note(_ ledger: inout CoverageLedger, _ seconds: Double, quality: String = "live") {
    ledger.note(
      .received, of: "a", quality: quality, period: 0.2, at: Self.start.advanced(bySeconds: seconds))
  }

  @Test func aGapEndsAnIntervalAndIsNotWatched() {
    var ledger = CoverageLedger(gapSeconds: 5)
    for second in [0.0, 1, 2, 20, 21] { note(&ledger, second) }
    let found = ledger.takeChanged()
    #expect(found.map { $0.from.seconds(since: Self.start) } == [0, 20])
    #expect(found.map { $0.to.seconds(since: Self.start) } == [2, 21])
    #expect(found.map(\.framesReceived) == [3, 2])
  }

  @Test func anotherQualityIsAnotherInterval() {
    var ledger = CoverageLedger(gapSeconds: 5)
    note(&ledger, 0)
    note(&ledger, 1, quality: "poor/dark")
    note(&ledger, 2, quality: "poor/dark")
    #expect(ledger.takeChanged().map(\.quality) == ["live", "poor/dark"])
  }

  @Test func aPictureIsNotedLaterThanItCame() {
    var ledger = CoverageLedger(gapSeconds: 5)
    note(&ledger, 1)
    ledger.note(.looked, of: "a", quality: "live", period: 0.2, at: Self.start.advanced(bySeconds: 0.9))
    let found = ledger.takeChanged()
    #expect(found.count == 1 && found[0].framesLooked == 1)
    // A clock that is set back begins anew.
    note(&ledger, -100)
    #expect(ledger.takeChanged().map { $0.from.seconds(since: Self.start) } == [-100])
  }

  /// An interval is written again and again under its beginning, at most an hour long, and the last time for good.
  @Test func intervalsGrowUnderTheirBeginning() {
    var ledger = CoverageLedger(gapSeconds: 5)
    var rows: [Timestamp: WatchInterval] = [:]
    for step in 0..<(2 * 3600) {
      note(&ledger, Double(step) + 1800)
      if step % 600 == 0 { for row in ledger.takeChanged() { rows[row.from] = row } }
    }
    for row in ledger.takeChanged() { rows[row.from] = row }
    #expect(rows.values.reduce(0) { $0 + $1.framesReceived } == 2 * 3600)
    #expect(rows.values.map { $0.to.seconds(since: $0.from) }.max() ?? 0 <= 3600)
    #expect(rows.count == 3)
    #expect(ledger.takeChanged().isEmpty)
  }
}
