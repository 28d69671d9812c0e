import HazardAnalysis
import InspectionModel
import InspectionSimulator
import Testing

@Suite struct LampTests {
  static let row = LampRow(
    "row", EventSpan(from: 0), headXs: [100, 220, 340, 460, 580], headY: 60, groundY: 230, radiusX: 90,
    radiusY: 60)

  /// A night with a row of lamps, a frame each four seconds; spots that shine for five minutes are lamps.
  static func watch(
    untilMilliseconds end: Int, ambient256ths: Int = 30, row: LampRow = row,
    _ events: [any SequenceEvent] = []
  ) -> WatchedSequence {
    var settings = CoarseSettings()
    settings.lampLearningMilliseconds = 300_000
    var watched = WatchedSequence(seed: 5, settings: settings) { script in
      script.frameIntervalMilliseconds = 4000
      script.ambientLight256ths = ambient256ths
      script.events = [row] + events
    }
    watched.watch(untilMilliseconds: end)
    return watched
  }

  @Test(arguments: [0, 2, 4]) func oneLampThatGoesOutIsTold(lamp: Int) {
    let watched = Self.watch(
      untilMilliseconds: 1_000_000,
      [LampFailure("failure", EventSpan(from: 600_000, until: 900_000), row: Self.row, lamps: [lamp])])
    #expect(watched.events.map(\.kind) == [.lampOut, .lampOut])
    #expect(watched.events.map(\.phase) == [.began, .ended])
    #expect((670_000...690_000).contains(watched.moments(.lampOut, .began).first ?? 0))
    #expect((905_000...920_000).contains(watched.moments(.lampOut, .ended).first ?? 0))
    #expect(
      (599_000...608_000).contains(watched.events.first.map { WatchedSequence.milliseconds($0.since) } ?? 0))
    let head = NormalizedBox(
      x: Double(Self.row.headXs[lamp] - 6) / 640, y: 56 / 360.0, width: 12 / 640.0, height: 8 / 360.0)
    #expect(watched.events.first?.region.overlaps(head) == true)
    for findings in watched.findings {
      let milliseconds = WatchedSequence.milliseconds(findings.timestamp)
      #expect(findings.lampsOut == ((690_000..<905_000).contains(milliseconds) ? 1 : findings.lampsOut))
      #expect(findings.lampsOut <= 1 && findings.conditions.isEmpty)
    }
  }

  @Test func aRowThatGoesOutIsOneEvent() {
    let watched = Self.watch(
      untilMilliseconds: 1_000_000,
      [LampFailure("failure", EventSpan(from: 600_000, until: 900_000), row: Self.row)])
    let lamps = watched.events.filter { $0.kind != .dark }
    #expect(lamps.map(\.kind) == [.lampRowOut, .lampRowOut] && lamps.map(\.phase) == [.began, .ended])
    #expect((670_000...690_000).contains(watched.moments(.lampRowOut, .began).first ?? 0))
    #expect(lamps.first.map { $0.region.width > 0.7 } == true)
    #expect(watched.findings[200].lampsOut == 5)
    // Without the lamps there is no light at all.
    #expect(watched.findings[200].conditions == [.dark])
  }

  @Test func aNightWithoutFailureTellsNothing() {
    let watched = Self.watch(
      untilMilliseconds: 1_400_000,
      (0..<30).map { number in
        // A lorry that passes hides a lamp's head for three seconds.
        MovingObject(
          "lorry \(number)", EventSpan(from: 400_000 + 30_000 * number),
          start: PictureRect(x: -140, y: 20, width: 130, height: 260), speedXPixelsPerSecond: 40,
          look: .darkCar)
      }
        + (0..<40).map {
          Headlights(
            "lights \($0)", EventSpan(from: 20_000 * $0), startX: -40, y: 280, speedPixelsPerSecond: 90)
        })
    #expect(watched.events.filter { $0.kind == .lampOut || $0.kind == .lampRowOut }.isEmpty)
    #expect(watched.findings.allSatisfy { $0.lampsOut == 0 })
  }

  /// Dusk, a night, dawn and another dusk; the lamps go on and off with the light.
  @Test func duskAndDawnAreNoFailure() {
    func light(_ points: [(Int, Int)]) -> LightCourse {
      LightCourse(
        "sun", .sunlight, points: points.map { LightCourse.Point(1000 * $0.0, gain256ths: $0.1) })
    }
    let first = LampRow(
      "first", EventSpan(from: 1_500_000, until: 6_000_000), headXs: Self.row.headXs, headY: 60,
      groundY: 230, radiusX: 90, radiusY: 60)
    let second = LampRow(
      "second", EventSpan(from: 8_300_000), headXs: Self.row.headXs, headY: 60, groundY: 230, radiusX: 90,
      radiusY: 60)
    let watched = Self.watch(
      untilMilliseconds: 9_400_000, ambient256ths: 256, row: first,
      [
        second,
        light([(300, 256), (2000, 30), (5000, 30), (6600, 256), (7000, 256), (8600, 30)]),
      ])
    #expect(watched.events.isEmpty, "\(watched.events)")
  }

  @Test func aRowThatDoesNotGoOnAtDuskIsTold() {
    let first = LampRow(
      "row", EventSpan(from: 0, until: 1_200_000), headXs: Self.row.headXs, headY: 60, groundY: 230,
      radiusX: 90, radiusY: 60)
    let watched = Self.watch(
      untilMilliseconds: 4_200_000, ambient256ths: 256, row: first,
      [
        LightCourse(
          "sun", .sunlight,
          points: [(0, 30), (900, 30), (1500, 200), (2000, 200), (2900, 30)].map {
            LightCourse.Point(1000 * $0.0, gain256ths: $0.1)
          })
      ])
    let rows = watched.events.filter { $0.kind == .lampRowOut || $0.kind == .lampOut }
    #expect(rows.map(\.kind) == [.lampRowOut] && rows.map(\.phase) == [.began])
    // Ten minutes after the dark parts are as dark as in the night before.
    #expect((3_200_000...3_800_000).contains(watched.moments(.lampRowOut, .began).first ?? 0))
  }

  /// A shop's window that goes out each night is told twice, then no more.
  @Test func aLightThatIsSwitchedIsForgotten() {
    let window = (0..<5).map { night in
      SignalLamp(
        "window \(night)",
        EventSpan(from: 900_000 * night, until: 900_000 * night + 600_000),
        rect: PictureRect(x: 300, y: 120, width: 16, height: 16), color: SceneColor(luma: 230))
    }
    let watched = Self.watch(untilMilliseconds: 4_500_000, window)
    #expect(watched.moments(.lampOut, .began).count == 2)
    #expect(watched.moments(.lampOut, .ended).count == 2)
  }

}
