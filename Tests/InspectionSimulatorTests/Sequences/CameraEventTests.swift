import FrameMemory
import InspectionSimulator
import Testing

/// What happens to the light and to the camera.
@Suite struct CameraEventTests {
  private func traffic(_ script: inout CameraScript) {
    script.events.append(
      MovingObject("car", EventSpan(), start: script.street.carAtLeftEdge, speedXPixelsPerSecond: 150))
  }

  @Test func aFrozenCameraGivesEqualFrames() throws {
    let samples = SequenceSamples { script in
      traffic(&script)
      script.events.append(CameraFreeze("freeze", EventSpan(from: 1000, until: 2000)))
    }
    let first = SequenceSamples.content(samples.coarse(25))
    for index in [26, 31, 49] { #expect(SequenceSamples.content(samples.coarse(index)) == first) }
    for index in [24, 50] { #expect(SequenceSamples.content(samples.coarse(index)) != first) }
    let picture = try samples.sequence.jpeg(25, into: samples.pool)
    #expect(try samples.sequence.jpeg(40, into: samples.pool) == picture)
    let truth = samples.sequence.truth(ofFrame: 40)
    #expect(truth.shownFrame == 25 && truth.sightings.map(\.kind) == [.movingObject, .freeze])
    #expect(truth.sightings[0].places == samples.sequence.truth(ofFrame: 25).sightings[0].places)
  }

  @Test func aFrozenPictureCodedAnewDiffersByItsStepsOnly() {
    let samples = SequenceSamples { script in
      traffic(&script)
      script.events.append(CameraFreeze("freeze", EventSpan(from: 1000), qualities: [80, 70]))
    }
    let frames = (25..<31).map { samples.coarse($0) }
    let contents = frames.map(SequenceSamples.content)
    #expect(contents[0] == contents[2] && contents[1] == contents[3] && contents[0] != contents[1])
    #expect(frames[0].quantizers != frames[1].quantizers)
    // Half a step of each: 6 / 16 + 10 / 16, and the rounding to levels.
    #expect(SequenceSamples.changes(frames[0], frames[1], threshold: 2).isEmpty)
    #expect(SequenceSamples.changes(frames[0], samples.coarse(24), threshold: 20).count > 2)
  }

  @Test func anExposureStepChangesEveryBlockByItsFactor() {
    let samples = SequenceSamples { script in
      (script.noiseSigmaHundredths, script.quality) = (0, 100)
      script.events = [LightCourse.step("step", atMilliseconds: 400, gain256ths: 192)]
    }
    let (before, after) = (samples.coarse(9), samples.coarse(10))
    for y in 0..<45 {
      for x in 0..<80 {
        #expect(abs(Int(after.luma[x, y]) * 4 - Int(before.luma[x, y]) * 3) <= 6, "block \(x), \(y)")
      }
    }
  }

  @Test func aCloudComesAndGoesGradually() {
    let samples = SequenceSamples { script in
      script.noiseSigmaHundredths = 0
      script.events = [LightCourse.cloud("cloud", 1000...6000, gain256ths: 128)]
    }
    let means = stride(from: 0, to: 200, by: 5).map {
      SequenceSamples.mean(samples.coarse($0), blocks: SequenceSamples.allBlocks)
    }
    #expect(means[0] == means[5] && means[0] == means[30] && means[0] == means[39])
    #expect(abs(means[10] * 2 - means[0]) < 1 && means[10] == means[25])
    #expect(zip(means[5..<10], means[6..<11]).allSatisfy { $0 > $1 })
    #expect(zip(means[25..<30], means[26..<31]).allSatisfy { $0 < $1 })
  }

  @Test func lightDriftsOverHoursBetweenSlowFrames() {
    let samples = SequenceSamples { script in
      (script.frameIntervalMilliseconds, script.noiseSigmaHundredths) = (10_000, 0)
      script.events = [
        LightCourse(
          "morning", .sunlight,
          points: [
            LightCourse.Point(0, gain256ths: 128), LightCourse.Point(2 * 3_600_000, gain256ths: 256),
          ])
      ]
    }
    let means = [0, 360, 720].map {
      SequenceSamples.mean(samples.coarse($0), blocks: SequenceSamples.allBlocks)
    }
    #expect(abs(means[1] - means[0] * 1.5) < 1 && abs(means[2] - means[0] * 2) < 1, "\(means)")
    // A minute moves nothing that could be seen.
    #expect(SequenceSamples.changes(samples.coarse(100), samples.coarse(106), threshold: 2).isEmpty)
  }
}

extension StreetLayout {
  /// A car of 44 x 16 pixels in the second lane that is about to come in.
  var carAtLeftEdge: PictureRect { PictureRect(x: -44, y: lane(1).top + 4, width: 44, height: 16) }
}
