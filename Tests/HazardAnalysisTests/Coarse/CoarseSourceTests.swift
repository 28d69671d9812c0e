import FrameMemory
import HazardAnalysis
import InspectionModel
import InspectionSimulator
import PixelKernels
import Testing

@Suite struct CoarseSourceTests {
  static func time(_ milliseconds: Int) -> Timestamp { WatchedSequence.time(milliseconds: milliseconds) }

  static let layouts: [ChromaLayout] =
    [.grey] + [1, 2, 4].flatMap { across in [1, 2, 4].map { .ycbcr(horizontal: across, vertical: $0) } }

  /// A thing that moves and a place in flame colours, in every layout.
  @Test(arguments: layouts) func everyLayoutIsWatched(layout: ChromaLayout) {
    let drawn = DrawnCoarseFrames(648, 372, layout)
    var source = CoarseSource()
    var findings: [CoarseFindings] = []
    for index in 0..<60 {
      let frame = drawn.street(seed: UInt64(index)) { x, y in
        if (2 * index - 40..<2 * index - 32).contains(x), (30..<36).contains(y) { return (200, 128, 128) }
        // Brightness that no two moments share.
        let glow = 150 + (index * index * 37) % 61
        return (40..<48).contains(x) && (8..<16).contains(y) ? (glow, 70, 180) : nil
      }
      findings.append(source.append(frame, timestamp: Self.time(50 * index)))
    }
    let car = NormalizedBox(x: 20 / 81.0, y: 30 / 47.0, width: 8 / 81.0, height: 6 / 47.0)
    #expect(findings[30].movingRegions.contains { $0.overlaps(car) })
    #expect(findings[59].flicker == (layout == .grey ? .none : .flames))
  }

  /// From one block to 8K.
  @Test(arguments: [(8, 8), (1, 1), (16, 16), (64, 8), (8, 640), (100, 100), (7680, 4320), (65_535, 8)])
  func everySizeIsWatched(widthPixels: Int, heightPixels: Int) {
    let drawn = DrawnCoarseFrames(widthPixels, heightPixels)
    var source = CoarseSource()
    let frames = (0..<2).map { drawn.street(seed: UInt64($0)) }
    for index in 0..<20 {
      let findings = source.append(frames[index % 2], timestamp: Self.time(100 * index))
      #expect(findings.seenThousandths == 1000)
      #expect(findings.motionThousandths == 0 && findings.events.isEmpty && findings.conditions.isEmpty)
    }
    // All changes at once, then again: the picture moves as a whole.
    let other = drawn.street(seed: 9) { x, y in (30 + 17 * ((x + 3 * y) % 11), 128, 128) }
    let findings = source.append(other, timestamp: Self.time(2000))
    #expect(findings.movingRegions.count <= 8)
  }

  @Test(arguments: KernelTier.allCases.filter(\.isSupported)) func everyTierFindsTheSame(tier: KernelTier) {
    func watch(_ tier: KernelTier) -> [CoarseFindings] {
      var watched = WatchedSequence(seed: 8, tier: tier) { script in
        (script.widthPixels, script.heightPixels) = (408, 232)
        script.events = [
          MotionTests.car(script), LightCourse.step("light", atMilliseconds: 6000, gain256ths: 190),
          Flames(
            "fire", EventSpan(from: 4000), footX: 200, footY: 150, startSize: (40, 40), fullSize: (60, 50),
            growthMilliseconds: 2000),
          CameraFreeze("freeze", EventSpan(from: 12_000, until: 25_000), qualities: [80, 70]),
        ]
      }
      watched.watch(untilMilliseconds: 26_000)
      return watched.findings
    }
    let expected = watch(.portable), found = watch(tier)
    #expect(found == expected)
    #expect(Set(expected.flatMap(\.events).map(\.kind)) == [.flames, .frozen])
  }

  /// After any restart the same frames give the same findings as in a new source, but for the restart's reason and
  /// the numbers of events.
  @Test(arguments: [CoarseFindings.Restart.otherFormat, .backInTime, .gap, .moreRows])
  func aRestartForgetsEverything(reason: CoarseFindings.Restart) {
    var before = WatchedSequence(seed: 4) { script in
      (script.widthPixels, script.heightPixels) = reason == .otherFormat ? (336, 180) : (320, 180)
      script.events = [CameraFreeze("freeze", EventSpan(from: 1000))]
    }
    var first = WatchedSequence(seed: 6) { ($0.widthPixels, $0.heightPixels) = (320, 180) }
    var source = before.source
    if reason == .moreRows {
      let drawn = DrawnCoarseFrames(320, 180)
      for index in 0..<130 {
        let frame = drawn.street(seed: 1, completeRows: 12)
        _ = source.append(frame, timestamp: Self.time(100 * index))
      }
    } else {
      before.watch(untilMilliseconds: 13_000)
      source = before.source
    }
    let starts: [CoarseFindings.Restart: Int] = [.backInTime: 12_999 - 100, .gap: 12_900 + 600_001]
    let start = starts[reason] ?? 13_000
    first.watch(frames: 200)
    for (index, expected) in first.findings.enumerated() {
      var found = source.append(first.frame(index), timestamp: Self.time(start + 100 * index))
      if index == 0 {
        #expect(found.restart == reason && expected.restart == .firstFrame)
        #expect(found.events.map(\.phase) == (reason == .moreRows ? [] : [.abandoned]))
        (found.restart, found.events) = (.firstFrame, [])
      }
      found.timestamp = expected.timestamp
      #expect(found == expected, "frame \(index)")
    }
  }

  /// Rows that came from no data hold rubbish here.
  @Test func cutFramesRaiseAndMoveNothingBelowTheCut() {
    let drawn = DrawnCoarseFrames(640, 360)
    var source = CoarseSource()
    for index in 0..<300 {
      let isCut = index > 20 && index % 3 != 0
      let frame = drawn.street(seed: UInt64(index), completeRows: isCut ? 23 : nil) { _, y in
        isCut && y >= 23 ? (index % 2 * 250, 60, 200) : nil
      }
      let findings = source.append(frame, timestamp: Self.time(100 * index))
      #expect(findings.seenThousandths == (isCut ? 1000 * 11 / 22 : 1000))
      #expect(findings.motionThousandths == 0 && findings.events.isEmpty && findings.conditions.isEmpty)
    }
    let empty = drawn.street(seed: 1, completeRows: 0)
    let findings = source.append(empty, timestamp: Self.time(30_000))
    #expect(findings.seenThousandths == 0 && findings.motionThousandths == 0 && findings.events.isEmpty)
  }

  @Test func motionAboveTheCutIsFound() {
    let drawn = DrawnCoarseFrames(640, 360)
    var source = CoarseSource()
    for index in 0..<60 {
      let frame = drawn.street(seed: UInt64(index), completeRows: 30) { x, y in
        y >= 30
          ? (0, 128, 128)
          : (index..<index + 8).contains(x) && (10..<16).contains(y) ? (210, 128, 128) : nil
      }
      let findings = source.append(frame, timestamp: Self.time(100 * index))
      guard index > 10 else { continue }
      let place = NormalizedBox(x: Double(index) / 80, y: 10 / 45.0, width: 0.1, height: 6 / 45.0)
      #expect(findings.movingRegions.allSatisfy { $0.overlaps(place) } && findings.movingRegions.count == 1)
    }
  }
}
