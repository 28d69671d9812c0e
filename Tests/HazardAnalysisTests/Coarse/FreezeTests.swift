import HazardAnalysis
import InspectionModel
import InspectionSimulator
import Testing

@Suite struct FreezeTests {
  static func watch(
    _ freeze: CameraFreeze?, untilMilliseconds end: Int, _ change: (inout CameraScript) -> Void = { _ in }
  ) -> WatchedSequence {
    var watched = WatchedSequence { script in
      (script.widthPixels, script.heightPixels) = (320, 180)
      if let freeze { script.events = [freeze] }
      change(&script)
    }
    watched.watch(untilMilliseconds: end)
    return watched
  }

  /// With equal bytes, and encoded anew with the same and with other quantisers in turn.
  @Test(arguments: [[], [80], [60], [80, 60], [80, 60, 90]]) func theSamePictureIsFrozen(qualities: [Int]) {
    let watched = Self.watch(
      CameraFreeze("freeze", EventSpan(from: 5000, until: 30_000), qualities: qualities),
      untilMilliseconds: 40_000)
    let (began, ended) = (watched.moments(.frozen, .began), watched.moments(.frozen, .ended))
    #expect(began.count == 1 && (14_700...16_500).contains(began.first ?? 0), "\(began)")
    #expect(ended.count == 1 && (30_000...30_200).contains(ended.first ?? 0), "\(ended)")
    let since = watched.events.first { $0.kind == .frozen }.map { WatchedSequence.milliseconds($0.since) }
    #expect(since.map { (4800...5400).contains($0) } ?? false)
    for findings in watched.findings {
      let milliseconds = WatchedSequence.milliseconds(findings.timestamp)
      if milliseconds < 14_700 || milliseconds > 30_200 { #expect(!findings.conditions.contains(.frozen)) }
      if (16_500..<30_000).contains(milliseconds) { #expect(findings.conditions == [.frozen]) }
    }
  }

  @Test func aSlowCameraFreezesToo() {
    let watched = Self.watch(
      CameraFreeze("freeze", EventSpan(from: 100_000)), untilMilliseconds: 200_000
    ) {
      ($0.widthPixels, $0.heightPixels) = (640, 360)
      $0.frameIntervalMilliseconds = 10_000
    }
    // Three comparisons after the first frozen picture.
    #expect(watched.moments(.frozen, .began) == [130_000])
  }

  /// What cannot be told from a frozen camera, and is therefore reported.
  @Test func aStillSceneWithoutAnyNoiseCountsAsFrozen() {
    let watched = Self.watch(nil, untilMilliseconds: 12_000) { $0.noiseSigmaHundredths = 0 }
    #expect(watched.moments(.frozen, .began) == [10_000])
  }
}

extension FreezeTests {
  /// The camera is frozen; the recorder goes on writing the time into the picture.
  @Test(arguments: [true, false]) func aRunningClockDoesNotHideAFreeze(keepsClock: Bool) {
    let watched = Self.watch(
      CameraFreeze("freeze", EventSpan(from: 5000, until: 30_000), keepsClock: keepsClock),
      untilMilliseconds: 36_000
    ) { script in
      (script.widthPixels, script.heightPixels) = (640, 360)
      script.events.append(ClockOverlay("clock", x: 480, y: 8))
    }
    #expect(watched.moments(.frozen, .began).count == 1 && watched.moments(.frozen, .ended).count == 1)
    #expect((14_700...16_500).contains(watched.moments(.frozen, .began).first ?? 0))
    #expect((29_900...30_300).contains(watched.moments(.frozen, .ended).first ?? 0))
  }

  /// Nor does a still scene freeze because only its clock runs, as long as there is noise.
  @Test func aClockInALiveScene() {
    let watched = Self.watch(nil, untilMilliseconds: 30_000) { script in
      script.events = [ClockOverlay("clock", x: 200, y: 8)]
    }
    #expect(watched.events.isEmpty && watched.findings.allSatisfy { $0.conditions.isEmpty })
  }

  /// Without noise a scene in which something moves about is not frozen, although most of it never changes.
  @Test func whatMovesInAnOtherwiseUnchangedPictureIsNoClock() {
    let watched = Self.watch(nil, untilMilliseconds: 20_000) { script in
      script.noiseSigmaHundredths = 0
      script.events = [
        MovingObject(
          "person", EventSpan(from: 0), start: PictureRect(x: 20, y: 60, width: 10, height: 24),
          speedXPixelsPerSecond: 12)
      ]
    }
    #expect(watched.moments(.frozen, .began).isEmpty)
  }
}
