import FrameMemory
import InspectionSimulator
import Testing

/// Wind, rain and the sun: what is no hazard.
@Suite struct WeatherEventTests {
  @Test func treesWaveInTheirPlace() {
    let samples = SequenceSamples { script in
      script.noiseSigmaHundredths = 0
      script.events = [WavingTrees("wind", EventSpan(), rects: script.street.trees)]
    }
    let places = samples.blocks(0, "wind")
    let first = samples.coarse(0)
    let core = PictureRect(left: 34, top: 14, right: 44, bottom: 18)
    let textures = (0..<50).map { SequenceSamples.meanTexture(samples.coarse($0), blocks: core) }
    #expect(textures.min()! > 100 && textures.max()! - textures.min()! < 30, "it stays leafy")
    var changes: [Int] = []
    for index in 1..<50 {
      let changed = SequenceSamples.changes(first, samples.coarse(index), threshold: 0)
      #expect(changed.allSatisfy { places.contain($0) }, "frame \(index)")
      changes.append(changed.count)
    }
    #expect(changes.filter { $0 > 40 }.count > 30, "\(changes)")
  }

  @Test(arguments: [Precipitation.Form.rain, .snow])
  func fallingFlecksAreEverywhereForAMoment(form: Precipitation.Form) {
    let quiet = SequenceSamples { $0.noiseSigmaHundredths = 0 }.coarse(0)
    let samples = SequenceSamples { script in
      script.noiseSigmaHundredths = 0
      script.events = [
        Precipitation("sky", EventSpan(), form, fleckCount: 300, picture: script.street.picture)
      ]
    }
    var touched: [Int: Int] = [:]
    for index in 0..<60 {
      let changed = SequenceSamples.changes(quiet, samples.coarse(index * 25), threshold: 1)
      #expect((100..<900).contains(changed.count), "frame \(index * 25): \(changed.count)")
      for block in changed { touched[block.y * 80 + block.x, default: 0] += 1 }
    }
    #expect(touched.count > 2500, "\(touched.count) of 3,600 blocks were touched once")
    #expect(touched.values.max()! < 25, "none is touched all the time")
  }

  @Test func aSunsetColoursThePictureSlowly() {
    let samples = SequenceSamples { script in
      (script.noiseSigmaHundredths, script.frameIntervalMilliseconds) = (0, 1000)
      script.events = [
        Sunset(
          "sunset", EventSpan(from: 10_000), centerX: 320, centerY: 64, radiusX: 320, radiusY: 150,
          riseMilliseconds: 600_000)
      ]
    }
    let (before, later) = (samples.coarse(9), samples.coarse(700))
    let sky = PictureRect(left: 15, top: 1, right: 25, bottom: 5)
    #expect(
      SequenceSamples.mean(later, .chromaRed, blocks: sky)
        > SequenceSamples.mean(before, .chromaRed, blocks: sky) + 15)
    #expect(
      SequenceSamples.mean(later, .chromaBlue, blocks: sky)
        < SequenceSamples.mean(before, .chromaBlue, blocks: sky) - 15)
    for index in stride(from: 9, to: 700, by: 30) {
      // A step of the quantiser at most.
      let changed = SequenceSamples.changes(samples.coarse(index), samples.coarse(index + 1), threshold: 1)
      #expect(changed.isEmpty, "frame \(index): \(changed.count)")
    }
  }

  @Test func aSwayingPoleComesBack() {
    let quiet = SequenceSamples { $0.noiseSigmaHundredths = 0 }
    let samples = SequenceSamples { script in
      script.noiseSigmaHundredths = 0
      script.events = [CameraShake("wind", EventSpan(), reachPixels: 2)]
    }
    let still = SequenceSamples.content(quiet.coarse(0))
    var (calm, moved) = (0, 0)
    for index in 0..<150 {
      let shift = samples.sequence.drawing(ofFrame: index).shift
      #expect(abs(shift.x) <= 2 && abs(shift.y) <= 2)
      if shift == .init() {
        #expect(SequenceSamples.content(samples.coarse(index)) == still)
        calm += 1
      } else if SequenceSamples.changes(quiet.coarse(0), samples.coarse(index), threshold: 2).count > 150 {
        moved += 1
      }
    }
    #expect(calm > 3 && moved > 50, "\(calm) calm frames, \(moved) moved ones")
  }
}
