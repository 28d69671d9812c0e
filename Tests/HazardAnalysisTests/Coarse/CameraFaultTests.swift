import FrameMemory
import HazardAnalysis
import InspectionModel
import InspectionSimulator
import Testing

/// Blur, covers, moves and darkness; each begins after two minutes and lasts for 80 seconds.
@Suite struct CameraFaultTests {
  static let span = EventSpan(from: 120_000, until: 200_000)

  static func watch(
    untilMilliseconds end: Int = 320_000, intervalMilliseconds: Int = 1000, ambient256ths: Int = 256,
    _ events: (StreetLayout) -> [any SequenceEvent]
  ) -> WatchedSequence {
    var watched = WatchedSequence(seed: 21) { script in
      script.frameIntervalMilliseconds = intervalMilliseconds
      script.ambientLight256ths = ambient256ths
      script.events = events(script.street)
    }
    watched.watch(untilMilliseconds: end)
    return watched
  }

  /// Exactly one event of a kind, at its time, and the condition in between and nowhere else.
  private func expectOne(
    _ kind: CoarseEvent.Kind, _ condition: SourceCondition, in watched: WatchedSequence,
    began: ClosedRange<Int>, ended: ClosedRange<Int>, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(watched.events.map(\.kind) == [kind, kind], sourceLocation: sourceLocation)
    #expect(watched.events.map(\.phase) == [.began, .ended], sourceLocation: sourceLocation)
    guard let first = watched.moments(kind, .began).first, let last = watched.moments(kind, .ended).first
    else { return }
    #expect(
      began.contains(first) && ended.contains(last), "\(first), \(last)", sourceLocation: sourceLocation)
    let wrong = watched.findings.filter {
      let isOn = (first..<last).contains(WatchedSequence.milliseconds($0.timestamp))
      return $0.conditions != (isOn ? [condition] : [])
    }
    #expect(
      wrong.isEmpty, "\(wrong.count) wrong, first \(wrong.first.map(\.conditions) ?? [])",
      sourceLocation: sourceLocation)
  }

  @Test(arguments: [(3, 0), (4, 0), (6, 5000), (8, 8000)])
  func aBlurredPictureIsTold(radiusPixels: Int, driftMilliseconds: Int) {
    let watched = Self.watch { _ in
      [CameraBlur("blur", Self.span, radiusPixels: radiusPixels, driftMilliseconds: driftMilliseconds)]
    }
    expectOne(
      .blurred, .blurred, in: watched, began: 140_000...150_000, ended: 208_000...214_000)
  }

  @Test func anAutofocusThatSearchesIsNoBlur() {
    let watched = Self.watch { _ in
      [CameraBlur("blur", EventSpan(from: 120_000, until: 132_000), radiusPixels: 6)]
    }
    #expect(watched.events.isEmpty)
  }

  @Test(arguments: [CameraCover.Material.hand, .plastic]) func aCoveredLensIsTold(
    material: CameraCover.Material
  ) {
    let watched = Self.watch { street in
      [
        CameraCover(
          "cover", Self.span, rect: street.picture, material: material, arrivalMilliseconds: 1000)
      ]
    }
    expectOne(.covered, .covered, in: watched, began: 124_000...128_000, ended: 204_000...208_000)
    #expect(watched.findings[150].attention == Attention(needsFullLook: false, reason: .blind))
  }

  @Test(arguments: [CameraCover.Material.hand, .plastic], [0, 1])
  func aPartThatIsCoveredIsTold(material: CameraCover.Material, place: Int) {
    let rect = [
      PictureRect(x: 100, y: 100, width: 250, height: 260),
      PictureRect(x: 380, y: 0, width: 260, height: 210),
    ][place]
    let watched = Self.watch { _ in
      [CameraCover("cover", Self.span, rect: rect, material: material, arrivalMilliseconds: 1000)]
    }
    expectOne(
      .partlyCovered, .partlyCovered, in: watched, began: 138_000...146_000, ended: 203_000...209_000)
    let box = rect.normalized(widthPixels: 640, heightPixels: 360)
    for findings in watched.findings where findings.conditions == [.partlyCovered] {
      #expect(findings.coveredRegions.first?.overlaps(box) == true)
    }
  }

  /// A dark hand over half of the picture takes more than half of the usual brightness, and stands on no road.
  @Test func halfOfALensThatIsCoveredIsTold() {
    let watched = Self.watch(intervalMilliseconds: 200) { street in
      let half = PictureRect(x: 0, y: 0, width: street.widthPixels / 2, height: street.heightPixels)
      return [
        SlowChangeTests.traffic(street),
        CameraCover("hand", Self.span, rect: half, material: .hand, arrivalMilliseconds: 400),
      ]
    }
    #expect(watched.events.map(\.kind) == [.partlyCovered, .partlyCovered])
    let shown = watched.findings.filter { $0.conditions == [.partlyCovered] }
    let box = shown.last?.coveredRegions.first ?? .whole
    #expect(shown.count > 200 && box.width > 0.45 && box.width < 0.55, "\(shown.count), \(box)")
  }

  @Test(arguments: [(60, 20), (-90, 60), (40, 0), (0, -48)]) func aMovedCameraIsTold(x: Int, y: Int) {
    let watched = Self.watch { _ in
      [CameraMoved("move", EventSpan(from: 120_000), by: .init(x: x, y: y), turnMilliseconds: 1500)]
    }
    let moved = watched.events.filter { $0.kind == .moved }
    #expect(moved.map(\.phase) == [.began, .ended] && watched.events.count == 2)
    #expect((126_000...131_000).contains(watched.moments(.moved, .began).first ?? 0))
    // Learnt anew, and then shown for a minute.
    #expect((195_000...215_000).contains(watched.moments(.moved, .ended).first ?? 0))
    let index = watched.script.firstFrame(from: watched.moments(.moved, .began).first ?? 0)
    #expect(watched.findings[index].restart == .moved)
    #expect(watched.findings.filter { $0.restart != nil }.map(\.restart) == [.firstFrame, .moved])
  }

  /// What was reported of the old view is let go of.
  @Test func aMoveAbandonsWhatWasSeen() {
    let watched = Self.watch { _ in
      [
        AppearingObject("goods", EventSpan(from: 70_000), rect: SlowChangeTests.goods),
        CameraMoved("move", EventSpan(from: 180_000), by: .init(x: 60, y: 20)),
      ]
    }
    #expect(watched.events.map(\.kind) == [.slowChange, .moved, .slowChange, .moved])
    #expect(watched.events.map(\.phase) == [.began, .began, .abandoned, .ended])
  }

  @Test func whatIsNoMove() {
    let shaken = Self.watch { _ in [CameraShake("wind", EventSpan(from: 60_000), reachPixels: 6)] }
    #expect(shaken.events.isEmpty)
    let lit = Self.watch { _ in
      [
        LightCourse.step("darker", atMilliseconds: 100_000, gain256ths: 120),
        LightCourse.cloud("cloud", 150_000...250_000, gain256ths: 120),
      ]
    }
    #expect(lit.events.isEmpty)
    let hidden = Self.watch { street in
      [
        MovingObject(
          "bus", EventSpan(from: 100_000, until: 180_000),
          start: PictureRect(x: 60, y: 100, width: 340, height: 240), speedXPixelsPerSecond: 0,
          look: .whiteCar)
      ]
    }
    #expect(hidden.events.allSatisfy { $0.kind != .moved })
  }

  /// Dusk within half an hour, then night without any lamp.
  @Test func darknessIsTold() {
    let watched = Self.watch(untilMilliseconds: 2_600_000, intervalMilliseconds: 2000) { _ in
      [
        LightCourse(
          "dusk", .sunlight,
          points: [(0, 256), (200, 256), (2000, 6)].map {
            LightCourse.Point(1000 * $0.0, gain256ths: $0.1)
          })
      ]
    }
    #expect(watched.events.map(\.kind) == [.dark] && watched.events.map(\.phase) == [.began])
    #expect((1_500_000...2_020_000).contains(watched.moments(.dark, .began).first ?? 0))
    #expect(watched.findings[1250].conditions == [.dark])
    #expect(watched.findings[1250].attention == Attention(needsFullLook: false, reason: .blind))
  }

  @Test func rainTreesAndTrafficAreNoFault() {
    let watched = Self.watch(intervalMilliseconds: 200) { street in
      [
        WavingTrees("trees", EventSpan(from: 0), rects: street.trees), SlowChangeTests.traffic(street),
        Precipitation("rain", EventSpan(from: 100_000), .rain, fleckCount: 150, picture: street.picture),
      ]
    }
    #expect(watched.findings.allSatisfy { $0.conditions.isEmpty })
  }

  /// Fog that comes within minutes takes detail of every size: by the frames themselves, for the simulator has none.
  @Test func fogIsNeitherBlurNorCoverNorMove() {
    let drawn = DrawnCoarseFrames(640, 360)
    var source = CoarseSource(), events: [CoarseEvent] = []
    for index in 0..<450 {
      // From 100 s on the contrast falls to 40 % within three minutes.
      let left = 100 - min(max(index - 100, 0), 180) / 3
      let frame = drawn.frame { x, y in
        let level = 60 + 90 * ((x / 5 + y / 4) % 2) + 7 * (x % 5)
        let noise = (x * 31 + y * 17 + index * 13) % 3 - 1
        return (
          190 + (level - 190) * left / 100 + noise, 128, 128, 12 + (60 + 20 * (x % 3)) * left / 100 + noise
        )
      }
      let findings = source.append(frame, timestamp: WatchedSequence.time(milliseconds: 1000 * index))
      events += findings.events
    }
    #expect(events.isEmpty, "\(events.map { ($0.kind, $0.phase, WatchedSequence.milliseconds($0.time)) })")
  }
}
