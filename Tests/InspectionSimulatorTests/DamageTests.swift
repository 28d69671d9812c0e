import FlightLogs
import Foundation
import FrameMemory
import ImageCodecs
import InspectionModel
import InspectionSimulator
import TestSupport
import Testing

/// Flights that are broken on purpose are broken as the truth says, and nowhere else.
@Suite struct DamageTests {
  private static let plan = SmallFlight.plan(seed: 61, frameCount: 6) {
    $0.damages = [.truncatedFrame, .mislabelledFile, .emptyFile, .missingAttitude, .turnedPictures]
  }

  @Test func theTruthNamesWhatIsBroken() throws {
    let found = try SimulatedFlight(plan: Self.plan).truth(frames: []).damages.map { "\($0.file) \($0.kind)" }
    #expect(
      found == [
        "SIM_0002.JPG truncated-frame", "SIM_0004.JPG missing-attitude", "SIM_0005.JPG turned-pictures",
        "SIM_0006.JPG turned-pictures", "SIM_9001.JPG mislabelled-file", "SIM_9002.JPG empty-file",
      ])
  }

  @Test func theSecondPictureEndsInItsData() throws {
    let flight = try SimulatedFlight(plan: Self.plan)
    let pool = FramePool(slabCount: 2, slabBytes: 1 << 20)
    for index in 0..<6 {
      let decoded = try ImageDecoder(limits: .recorded).decode(flight.frame(index).file.bytes, into: pool)
      #expect(decoded.isTruncated == (index == 1))
      if index == 1 { #expect((8..<96).contains(decoded.completeRows)) }
    }
  }

  @Test func theFourthPictureHasItsPlaceButNoAttitude() throws {
    let flight = try SimulatedFlight(plan: Self.plan)
    for index in 0..<6 {
      let read = try #require(PictureMetadataReader.read(flight.frame(index).file.bytes, isWholeFile: true))
        .metadata
      #expect(read.position != nil && read.heightMetersAboveTakeoff != nil)
      #expect((read.gimbal == nil) == (index == 3) && (read.yawRadians == nil) == (index == 3))
    }
  }

  /// A desktop program leaves its name and its time, keeps the orientation tag, and turns the pixels.
  @Test func turnedPicturesAreTheSamePixelsBackwards() throws {
    var straight = Self.plan
    straight.damages = []
    for index in 4..<6 {
      let turned = try SimulatedFlight(plan: Self.plan).frame(index)
      let original = try SimulatedFlight(plan: straight).frame(index)
      #expect(turned.truth.isTurned && !original.truth.isTurned)
      let (frame, upright) = (
        try SmallFlight.decoded(turned.file.bytes), try SmallFlight.decoded(original.file.bytes)
      )
      var sum = 0
      for y in 0..<96 {
        for x in 0..<160 { sum += abs(Int(frame.luma[x, y]) - Int(upright.luma[159 - x, 95 - y])) }
      }
      #expect(Double(sum) / (160 * 96) < 2.5, "JPEG's own loss only")
      let tags = try #require(PictureMetadataReader.read(turned.file.bytes, isWholeFile: true)).metadata
      let before = try #require(PictureMetadataReader.read(original.file.bytes, isWholeFile: true)).metadata
      #expect(tags.orientation == 1 && tags.gimbal == before.gimbal && tags.position == before.position)
      #expect(tags.software != before.software && tags.takenAt == before.takenAt)
      let saved = try #require(Timestamp(tags.modifiedAt!, zone: .shanghai))
      #expect(saved.seconds(since: tags.timestamp(assuming: .utc)!) > 3600)
    }
  }

  @Test func brokenFilesAreWritten() throws {
    let files = try SmallFlight.files(of: SimulatedFlight(plan: Self.plan))
    #expect(files["SIM_9002.JPG"] == [])
    let text = try #require(files["SIM_9001.JPG"])
    #expect(PictureMetadataReader.format(of: text) == nil && !text.isEmpty)
  }

  @Test func plansThatCannotBeFlownAreRefused() {
    let changes: [(inout FlightPlan) -> Void] = [
      { $0.frameCount = 0 }, { $0.widthPixels = 63 }, { $0.heightPixels = 8193 }, { $0.quality = 0 },
      { $0.heightMeters = 9.9 }, { $0.heightMeters = .nan }, { $0.periodMilliseconds = 99 },
      { $0.origin.latitudeDegrees = 81 }, { $0.hazardsAppearAtFrame = -1 },
      { $0.errors.positionSigmaMeters = -1 }, { $0.damages = [.brokenSidecar] },
      { ($0.isFixedCamera, $0.sidecar) = (true, .srt) },
      { ($0.isFixedCamera, $0.damages) = (true, [.turnedPictures]) },
      { ($0.tags, $0.damages) = (.time, [.missingAttitude]) },
    ]
    for (index, change) in changes.enumerated() {
      let plan = SmallFlight.plan { change(&$0) }
      #expect(throws: FlightPlanError.self, "change \(index)") { try SimulatedFlight(plan: plan) }
    }
  }

  @Test func aFolderWithFilesIsLeftAlone() throws {
    let folder = try TemporaryFolder()
    let flight = try SimulatedFlight(plan: SmallFlight.plan(frameCount: 1, widthPixels: 64, heightPixels: 64))
    try flight.write(to: folder.url)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    #expect(names == ["SIM_0001.JPG", "tiepoints.csv", "truth.json"])
    let error = #expect(throws: SimulationWritingError.self) { try flight.write(to: folder.url) }
    guard case .folderNotEmpty = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
