import Foundation
import Ingest
import InspectionModel
import InspectionSimulator
import Testing

/// When pictures were taken: by their own tags, else by the log's marks, else nominally.
@Suite struct FrameTimesTests {
  private func times(_ flight: RecordedFlight) -> [String] {
    flight.frames.map { $0.timestamp.iso8601(in: .shanghai) }
  }

  @Test func tagsComeFirst() throws {
    // The airdata log has marks too, and they say another time where the clocks differ.
    let folder = try FlightFolder(FlightFolder.plan { ($0.tags, $0.sidecar) = (.time, .airdata) })
    let late = try FlightFolder(
      FlightFolder.plan {
        ($0.tags, $0.sidecar) = (.none, .airdata)
        $0.start = Timestamp(iso8601: "2026-11-24T10:00:00", assuming: .shanghai)
      })
    try folder.write("SIM_FLIGHT.csv", late.bytes("SIM_FLIGHT.csv"))
    let flight = try folder.read()
    #expect(flight.frames.allSatisfy { $0.timeSource == .exif })
    #expect(times(flight) == folder.truths.map(\.time))
  }

  @Test func marksOfTheLogTellTheTimesOfPicturesWithoutTags() throws {
    let folder = try FlightFolder(FlightFolder.plan { ($0.tags, $0.sidecar) = (.none, .airdata) })
    let flight = try folder.read()
    #expect(flight.frames.allSatisfy { $0.timeSource == .telemetry })
    #expect(times(flight) == folder.truths.map(\.time))
  }

  @Test func marksThatDoNotFitThePicturesAreNotUsed() throws {
    let folder = try FlightFolder(FlightFolder.plan { ($0.tags, $0.sidecar) = (.none, .airdata) })
    try folder.remove("SIM_0003.JPG")
    let flight = try folder.read { $0.nominalPeriodSeconds = 2.5 }
    #expect(flight.frames.allSatisfy { $0.timeSource == .nominal })
    // The log begins one second before the first picture.
    #expect(
      times(flight) == [
        "2026-11-24T09:29:59.000+08:00", "2026-11-24T09:30:01.500+08:00", "2026-11-24T09:30:04.000+08:00",
        "2026-11-24T09:30:06.500+08:00",
      ])
  }

  @Test func withoutTagsAndLogTimesAreNominal() throws {
    let folder = try FlightFolder(FlightFolder.plan(frameCount: 3) { $0.isFixedCamera = true })
    let start = try #require(Timestamp(iso8601: "2026-11-24T08:00:00", assuming: .shanghai))
    let flight = try folder.read { ($0.nominalStart, $0.nominalPeriodSeconds) = (start, 0.04) }
    #expect(
      flight.frames.map { $0.timestamp.nanoseconds - start.nanoseconds } == [0, 40_000_000, 80_000_000])
    for frame in flight.frames {
      #expect(frame.timeSource == .nominal && frame.telemetry == nil && frame.telemetryRemark != nil)
    }
    #expect(flight.sidecar == nil && flight.faults.isEmpty)
  }

  /// DJI's subtitles have local times without a zone: they mean what the settings say.
  @Test func theZoneOfTheSettingsIsThatOfTimesWithoutZone() throws {
    let folder = try FlightFolder(FlightFolder.plan { ($0.tags, $0.sidecar) = (.none, .srt) })
    let (east, utc) = (try folder.read(), try folder.read { $0.zone = .utc })
    for (frame, other) in zip(east.frames, utc.frames) {
      #expect(other.timestamp.seconds(since: frame.timestamp) == 8 * 3600)
    }
    // Tags with a stated zone do not care.
    let tagged = try FlightFolder(FlightFolder.plan())
    #expect(times(try tagged.read { $0.zone = .utc }) == tagged.truths.map(\.time))
  }
}
