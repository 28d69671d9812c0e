import HazardAnalysis
import InspectionModel
import InspectionSimulator
import Testing

@Suite struct FlickerTests {
  static func fire(from start: Int = 2000) -> Flames {
    Flames(
      "fire", EventSpan(from: start), footX: 300, footY: 260, startSize: (40, 40), fullSize: (80, 60),
      growthMilliseconds: 3000)
  }

  @Test(arguments: [40, 66, 100]) func flamesFlicker(intervalMilliseconds: Int) {
    var watched = WatchedSequence { script in
      script.frameIntervalMilliseconds = intervalMilliseconds
      script.events = [Self.fire()]
    }
    watched.watch(untilMilliseconds: 10_000)
    let began = watched.moments(.flames, .began)
    #expect(began.count == 1 && (3000...5000).contains(began.first ?? 0), "\(began)")
    #expect(watched.moments(.flames, .ended).isEmpty)
    let place = watched.sequence.truth(ofFrame: watched.findings.count - 1).sightings[0].places[0].box
    for findings in watched.findings where findings.flicker == .flames {
      #expect(findings.flickerRegions.contains { $0.overlaps(place) })
    }
    #expect(watched.findings.last?.flicker == .flames)
  }

  @Test func fewerThanEightFramesASecondCannotBeJudged() {
    var watched = WatchedSequence { script in
      script.frameIntervalMilliseconds = 200
      script.events = [Self.fire()]
    }
    watched.watch(untilMilliseconds: 8000)
    #expect(watched.events.isEmpty)
    #expect(watched.findings[..<10].allSatisfy { $0.flicker == .none })
    #expect(watched.findings[20...].allSatisfy { $0.flicker == .cannotJudge })
  }

  @Test func passingRedCarsDoNotFlicker() {
    var watched = WatchedSequence { script in
      script.frameIntervalMilliseconds = 40
      let lane = script.street.lane(1)
      script.events = (0..<12).map { number in
        MovingObject(
          "car \(number)", EventSpan(from: 1000 * number),
          start: PictureRect(x: -80, y: lane.top, width: 80, height: lane.height),
          speedXPixelsPerSecond: 130, look: .redCar)
      }
    }
    watched.watch(untilMilliseconds: 14_000)
    #expect(watched.findings.contains { $0.motionThousandths > 0 })
    #expect(watched.findings.allSatisfy { $0.flicker == .none && $0.events.isEmpty })
  }

  @Test func whatShinesSteadilyDoesNotFlicker() {
    // A red car that stands still under a sinking sun.
    var watched = WatchedSequence { script in
      script.frameIntervalMilliseconds = 40
      script.events = [
        MovingObject(
          "car", EventSpan(from: 0), start: PictureRect(x: 200, y: 230, width: 120, height: 60),
          speedXPixelsPerSecond: 0, look: .redCar),
        LightCourse(
          "dusk", .exposure,
          points: [
            LightCourse.Point(0, gain256ths: 300), LightCourse.Point(20_000, gain256ths: 160),
          ]),
      ]
    }
    watched.watch(untilMilliseconds: 20_000)
    #expect(watched.findings.allSatisfy { $0.flicker == .none })
  }
}

/// What shines, blinks or glows red and is no fire.
@Suite struct FlickerNegativeTests {
  private func watch(
    untilMilliseconds end: Int = 15_000, ambient256ths: Int = 256,
    _ events: (StreetLayout) -> [any SequenceEvent]
  ) -> WatchedSequence {
    var watched = WatchedSequence(seed: 9) { script in
      script.frameIntervalMilliseconds = 40
      script.ambientLight256ths = ambient256ths
      script.events = events(script.street)
    }
    watched.watch(untilMilliseconds: end)
    return watched
  }

  /// From once in one and a half seconds to four times a second.
  @Test(arguments: [1500, 1000, 800, 500, 330, 240]) func blinkersAreNoFire(periodMilliseconds: Int) {
    let watched = watch { _ in
      [
        SignalLamp(
          "blinker", EventSpan(from: 1000), rect: PictureRect(x: 300, y: 120, width: 40, height: 40),
          color: .amberLight, periodMilliseconds: periodMilliseconds),
        SignalLamp(
          "other", EventSpan(from: 1000), rect: PictureRect(x: 420, y: 120, width: 24, height: 24),
          color: .redLight, periodMilliseconds: periodMilliseconds),
      ]
    }
    #expect(watched.findings.contains { $0.showsFlameColours })
    #expect(watched.findings.allSatisfy { $0.flicker == .none })
  }

  @Test func steadyLampsHeadlightsAndRearLightsAreNoFire() {
    let watched = watch(ambient256ths: 40) { _ in
      [
        SignalLamp("lamp", EventSpan(from: 0), rect: PictureRect(x: 300, y: 120, width: 40, height: 40)),
        SignalLamp(
          "sodium", EventSpan(from: 0), rect: PictureRect(x: 200, y: 60, width: 24, height: 16),
          color: .amberLight),
      ]
        + (0..<6).map {
          Headlights(
            "lights \($0)", EventSpan(from: 2000 * $0), startX: -40, y: 250 + 10 * $0,
            speedPixelsPerSecond: 120)
        }
    }
    #expect(watched.findings.allSatisfy { $0.flicker == .none })
  }

  @Test func theSunsetIsNoFire() {
    let watched = watch(untilMilliseconds: 25_000) { _ in
      [
        Sunset(
          "sunset", EventSpan(from: 0), centerX: 320, centerY: 60, radiusX: 300, radiusY: 60,
          riseMilliseconds: 20_000)
      ]
    }
    #expect(watched.findings.allSatisfy { $0.flicker == .none })
  }
}
