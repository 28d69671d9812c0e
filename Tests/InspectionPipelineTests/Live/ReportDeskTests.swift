import Foundation
import Ingest
import InspectionModel
import InspectionPipeline
import InspectionStore
import Logging
import TestSupport
import Testing

@Suite struct ReportDeskTests {
  let root: TemporaryFolder
  let store: InspectionStore

  init() throws {
    root = try TemporaryFolder()
    store = try InspectionStore(path: root.file("s.sqlite").path)
  }

  private func desk(maximumWaiting: Int = 100) throws -> ReportDesk {
    ReportDesk(
      store: store, pipeline: try MarkedFlight.pipeline(), maximumWaiting: maximumWaiting,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  private func report(
    key: String? = nil, hazard: HazardKind? = .garbage, text: String = "路边有垃圾", picture: [UInt8]? = nil
  ) -> PersonReport {
    PersonReport(
      idempotencyKey: key, sender: "grid-1", arrival: Timestamp(milliseconds: 1_795_492_800_000), seenAt: nil,
      position: GeodeticPosition(latitudeDegrees: 29.29, longitudeDegrees: 106.25),
      positionSigmaMeters: 12, hazard: hazard, text: text, picture: picture)
  }

  @Test func aReportIsDurableBeforeItIsAcknowledgedAndOnceOnly() async throws {
    let first = try await desk().accept(report(key: "k1"))
    #expect(!first.isDuplicate)
    #expect(try await store.waitingReports(limit: 9).map(\.id) == [first.id])
    // By its key, or by its content where there is none.
    let again = try await desk().accept(report(key: "k1", text: "再报一次"))
    #expect(again.isDuplicate && again.id == first.id)
    let other = try await desk().accept(report())
    #expect(try await desk().accept(report()).isDuplicate && other.id != first.id)
  }

  @Test func aReportBecomesAnObservationAlsoAfterARestart() async throws {
    _ = try await desk().accept(report(key: "k1"))
    #expect(try await desk().work() == 1)
    #expect(try await desk().work() == 0)
    let observation = try #require(try await store.snapshot().observations.first)
    #expect(observation.witness == Witness(kind: .person, source: "grid-1"))
    #expect(observation.hazard == .garbage && observation.place?.sigmaMeters == 12)
    #expect(observation.score >= observation.threshold)
    #expect(try await store.pendingObservationCount() == 1)
  }

  @Test func aPictureThatCannotBeReadDoesNotStopTheReport() async throws {
    _ = try await desk().accept(report(picture: [0xFF, 0xD8, 0xFF, 0xD9]))
    #expect(try await desk().work() == 1)
    let observation = try #require(try await store.snapshot().observations.first)
    #expect(try store.evidence.bytes(sha256: observation.frame.sha256)?.count == 4)
  }

  @Test func aReportThatSaysNothingIsKeptAndIsNoSighting() async throws {
    _ = try await desk().accept(report(hazard: nil))
    #expect(try await desk().work() == 0)
    #expect(try await store.waitingReports(limit: 9).isEmpty)
    #expect(try await store.totals().reports == 1)
  }

  @Test func whereTooMuchWaitsTheSenderIsToldToComeAgain() async throws {
    _ = try await desk().accept(report(key: "k1"))
    _ = try await desk().work()
    let full = try desk(maximumWaiting: 1)
    await #expect(throws: ReportRefusal.self) { try await full.accept(report(key: "k2")) }
    #expect(try await store.totals().reports == 1)
  }
}
