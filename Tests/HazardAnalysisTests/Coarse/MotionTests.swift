import HazardAnalysis
import InspectionModel
import InspectionSimulator
import Testing

@Suite struct MotionTests {
  static func car(_ script: CameraScript, lane: Int = 2, from start: Int = 3000) -> MovingObject {
    let area = script.street.lane(lane)
    return MovingObject(
      "car", EventSpan(from: start),
      start: PictureRect(x: -80, y: area.top, width: 80, height: area.height), speedXPixelsPerSecond: 120)
  }

  /// At rates from one frame in two seconds to 25 a second.
  @Test(arguments: [40, 200, 1000, 2000]) func aPassingCarIsFoundWhereItIs(intervalMilliseconds: Int) {
    var watched = WatchedSequence { script in
      script.frameIntervalMilliseconds = intervalMilliseconds
      script.events = [Self.car(script)]
    }
    watched.watch(untilMilliseconds: 9000)
    for (index, findings) in watched.findings.enumerated() {
      let milliseconds = index * intervalMilliseconds
      // Its middle is in the picture from 3.3 s to 8.6 s on.
      guard (3600..<8400).contains(milliseconds) else {
        if milliseconds < 3000 { #expect(findings.movingRegions.isEmpty, "frame \(index)") }
        continue
      }
      let place = watched.sequence.truth(ofFrame: index).sightings[0].places[0].box
      #expect(findings.movingRegions.count == 1, "frame \(index)")
      #expect(findings.movingRegions.allSatisfy { $0.contains(place.center) }, "frame \(index)")
      #expect((1...40).contains(findings.motionThousandths), "frame \(index): \(findings.motionThousandths)")
    }
  }

  @Test func aCarIsFoundInHeavyNoiseToo() {
    var watched = WatchedSequence { script in
      script.noiseSigmaHundredths = 800
      script.events = [Self.car(script)]
    }
    watched.watch(untilMilliseconds: 8000)
    #expect(watched.findings[36...].allSatisfy { $0.movingRegions.count == 1 })
  }

  @Test func changesOfTheLightAreNoMotion() {
    var watched = WatchedSequence { script in
      script.events = [
        LightCourse.step("darker", atMilliseconds: 5000, gain256ths: 180),
        LightCourse.step("brighter", atMilliseconds: 8000, gain256ths: 330),
        LightCourse.cloud("cloud", 10_000...16_000, gain256ths: 150),
      ]
    }
    watched.watch(untilMilliseconds: 18_000)
    #expect(watched.findings.allSatisfy { $0.motionThousandths == 0 })
  }

  @Test func aCarIsStillFoundWhileTheLightChanges() {
    var watched = WatchedSequence { script in
      script.events = [
        LightCourse.step("darker", atMilliseconds: 5000, gain256ths: 150), Self.car(script),
      ]
    }
    watched.watch(untilMilliseconds: 8000)
    // With the very frame of the step all samples changed, and the car's look is another, too.
    for index in 36..<80 where index != 50 {
      let place = watched.sequence.truth(ofFrame: index).sightings.first { $0.event == "car" }!.places[0].box
      #expect(watched.findings[index].movingRegions.contains { $0.overlaps(place) }, "frame \(index)")
      #expect(watched.findings[index].motionThousandths < 40, "frame \(index)")
    }
  }

  @Test func whatStopsBecomesBackground() {
    var watched = WatchedSequence { script in
      script.events = [
        AppearingObject(
          "load", EventSpan(from: 5000), rect: PictureRect(x: 300, y: 230, width: 60, height: 40))
      ]
    }
    watched.watch(untilMilliseconds: 20_000)
    let moving = watched.findings.indices.filter { watched.findings[$0].motionThousandths > 0 }
    // It differs from the frames before for as long as these are kept.
    #expect(!moving.isEmpty && moving.allSatisfy { (50..<54).contains($0) }, "\(moving)")
  }
}

extension MotionTests {
  /// Leaves in the wind move at first, until their tiles are known to; a car that stands out from them still does.
  @Test func wavingTreesBecomeUsual() {
    var watched = WatchedSequence(seed: 41) { script in
      let trees = script.street.trees
      script.events = [
        WavingTrees("trees", EventSpan(from: 0), rects: trees, reachPixels: 8),
        MovingObject(
          "lorry", EventSpan(from: 130_000),
          start: PictureRect(x: -120, y: trees[0].top, width: 110, height: 70), speedXPixelsPerSecond: 90,
          look: .whiteCar),
      ]
    }
    watched.watch(untilMilliseconds: 136_000)
    let late = watched.findings[1000..<1300]
    #expect(late.count { $0.motionThousandths > 0 } * 6 < late.count)
    let place = watched.script.street.trees[0].normalized(widthPixels: 640, heightPixels: 360)
    // The lorry is before the first trees from 133.6 s on.
    #expect(watched.findings[1338..<1350].allSatisfy { $0.movingRegions.contains { $0.overlaps(place) } })
  }
}
