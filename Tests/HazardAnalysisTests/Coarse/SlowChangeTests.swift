import HazardAnalysis
import InspectionModel
import InspectionSimulator
import Testing

@Suite struct SlowChangeTests {
  static let goods = PictureRect(x: 296, y: 180, width: 60, height: 40)

  /// A small picture, a frame each half second.
  static func watch(
    untilMilliseconds end: Int, intervalMilliseconds: Int = 500, settings: CoarseSettings = CoarseSettings(),
    _ events: (StreetLayout) -> [any SequenceEvent]
  ) -> WatchedSequence {
    var watched = WatchedSequence(seed: 11, settings: settings) { script in
      script.frameIntervalMilliseconds = intervalMilliseconds
      script.events = events(script.street)
    }
    watched.watch(untilMilliseconds: end)
    return watched
  }

  static func traffic(_ street: StreetLayout) -> Traffic {
    Traffic(
      "traffic",
      lanes: [1, 2].map {
        Traffic.Lane(
          street.lane($0), speedPixelsPerSecond: $0 == 1 ? 90 : -120, headwayMilliseconds: 4000)
      })
  }

  @Test(arguments: [100, 500, 2000, 10_000]) func dumpedGoodsAreFoundAndTheirRemovalToo(
    intervalMilliseconds: Int
  ) {
    let watched = Self.watch(untilMilliseconds: 260_000, intervalMilliseconds: intervalMilliseconds) { _ in
      [AppearingObject("goods", EventSpan(from: 90_000, until: 220_000), rect: Self.goods)]
    }
    let step = max(1000, intervalMilliseconds)
    #expect(watched.events.map(\.kind) == [.slowChange, .slowChange])
    #expect(watched.events.map(\.phase) == [.began, .ended])
    #expect(Set(watched.events.map(\.identifier)).count == 1)
    let began = watched.moments(.slowChange, .began)[0], ended = watched.moments(.slowChange, .ended)[0]
    #expect((150_000...150_000 + 2 * step + 1000).contains(began), "\(began)")
    #expect((220_000...225_000 + 2 * step).contains(ended), "\(ended)")
    let since = WatchedSequence.milliseconds(watched.events[0].since)
    #expect((90_000...90_000 + step).contains(since), "\(since)")
    let place = Self.goods.normalized(widthPixels: 640, heightPixels: 360)
    #expect(watched.events[0].region.contains(place.center))
    #expect(watched.events[0].region.width < 2 * place.width)
    for findings in watched.findings {
      let milliseconds = WatchedSequence.milliseconds(findings.timestamp)
      #expect(findings.slowChanges.count == (milliseconds >= began && milliseconds < ended ? 1 : 0))
    }
  }

  @Test func whatStaysLessLongIsNone() {
    let watched = Self.watch(untilMilliseconds: 200_000) { _ in
      [AppearingObject("goods", EventSpan(from: 90_000, until: 148_000), rect: Self.goods)]
    }
    #expect(watched.events.isEmpty)
  }

  @Test func passingTrafficNeitherHidesNorMakesChanges() {
    let watched = Self.watch(untilMilliseconds: 320_000, intervalMilliseconds: 250) { street in
      let lane = street.lane(2)
      let load = PictureRect(x: 300, y: lane.top + 4, width: 48, height: lane.height - 6)
      return [
        AppearingObject("load", EventSpan(from: 90_000), rect: load), Self.traffic(street),
      ]
    }
    #expect(watched.events.map(\.kind) == [.slowChange] && watched.events.map(\.phase) == [.began])
    // Traffic moves there: it must stay three times as long, less what cars hide.
    let began = watched.moments(.slowChange, .began).first ?? 0
    #expect((150_000...300_000).contains(began), "\(began)")
    #expect(watched.findings.contains { $0.motionThousandths > 0 })
  }

  @Test(arguments: [Ponding.Look.dark, .bright]) func growingWaterIsFound(look: Ponding.Look) {
    let watched = Self.watch(untilMilliseconds: 400_000) { street in
      [
        Ponding(
          "pond", EventSpan(from: 90_000), centerX: 200, centerY: street.road.top + 50, radiusX: 90,
          radiusY: 24, look: look, growthMilliseconds: 120_000)
      ]
    }
    let began = watched.events.filter { $0.phase == .began }
    #expect(began.count == 1 && watched.events.count == 1)
    let last = watched.findings[watched.findings.count - 1].slowChanges
    #expect(last.count == 1)
    let truth = watched.sequence.truth(ofFrame: watched.findings.count - 1).sightings[0].places[0].box
    for change in last {
      #expect(change.box.contains(truth.center) && change.box.width > truth.width / 2)
      #expect(change.textureHundredths < 100)
      #expect(look == .dark ? change.lumaChange < 0 : change.lumaChange > 0)
    }
  }

  /// A camera that sends a picture each ten seconds, and a pond that takes a quarter of an hour.
  @Test func slowlyGrowingWaterIsFound() {
    let watched = Self.watch(untilMilliseconds: 3_600_000, intervalMilliseconds: 10_000) { street in
      [
        Ponding(
          "pond", EventSpan(from: 900_000), centerX: 190, centerY: street.road.top + 50, radiusX: 100,
          radiusY: 24, growthMilliseconds: 900_000)
      ]
    }
    let last = watched.findings[watched.findings.count - 1].slowChanges
    let truth = watched.sequence.truth(ofFrame: watched.findings.count - 1).sightings[0].places[0].box
    #expect(!last.isEmpty && last.allSatisfy { truth.overlaps($0.box) && $0.lumaChange < 0 })
    #expect(watched.events.allSatisfy { $0.kind == .slowChange })
  }

  @Test func whatTheFirstFramesHappenToShowIsNoChange() {
    let watched = Self.watch(untilMilliseconds: 260_000) { _ in
      [AppearingObject("parked", EventSpan(from: 0, until: 20_000), rect: Self.goods)]
    }
    #expect(watched.events.isEmpty)
  }

  @Test func lightIsNoChange() {
    let watched = Self.watch(untilMilliseconds: 400_000) { _ in
      [
        LightCourse.step("darker", atMilliseconds: 80_000, gain256ths: 170),
        LightCourse.step("brighter", atMilliseconds: 180_000, gain256ths: 330),
        LightCourse.cloud("cloud", 250_000...350_000, gain256ths: 140),
      ]
    }
    #expect(watched.events.isEmpty)
  }

  /// While something stands there the light falls by half; when it goes the place is known again.
  @Test func theReferenceFollowsTheLightWhereItIsHidden() {
    let watched = Self.watch(untilMilliseconds: 500_000, intervalMilliseconds: 1000) { _ in
      [
        AppearingObject("goods", EventSpan(from: 90_000, until: 450_000), rect: Self.goods),
        LightCourse(
          "dusk", .exposure,
          points: [
            LightCourse.Point(0, gain256ths: 256), LightCourse.Point(160_000, gain256ths: 256),
            LightCourse.Point(440_000, gain256ths: 130),
          ]),
      ]
    }
    #expect(watched.events.map(\.phase) == [.began, .ended])
    #expect((450_000...460_000).contains(watched.moments(.slowChange, .ended).first ?? 0))
  }

  @Test func wavingTreesAndRainAreNoChange() {
    let watched = Self.watch(untilMilliseconds: 300_000) { street in
      [
        WavingTrees("trees", EventSpan(from: 0), rects: street.trees),
        Precipitation(
          "rain", EventSpan(from: 100_000), .rain, fleckCount: 60, picture: street.picture),
      ]
    }
    #expect(watched.events.isEmpty)
  }

  @Test func whatStaysForADayBecomesUsual() {
    var watched = WatchedSequence(seed: 2) { script in
      (script.widthPixels, script.heightPixels) = (128, 64)
      script.frameIntervalMilliseconds = 15_000
      script.events = [
        AppearingObject(
          "shed", EventSpan(from: 600_000), rect: PictureRect(x: 32, y: 24, width: 40, height: 24))
      ]
    }
    watched.watch(untilMilliseconds: 25 * 3_600_000)
    #expect(watched.events.filter { $0.kind == .slowChange }.map(\.phase) == [.began, .abandoned])
    let absorbed = watched.moments(.slowChange, .abandoned).first ?? 0
    #expect((87_000_000...87_100_000).contains(absorbed), "\(absorbed)")
  }
}
