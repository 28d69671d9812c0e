import FrameMemory
import InspectionSimulator
import Testing

/// Lamps and other lights in the dark.
@Suite struct NightEventTests {
  private static let row = LampRow(
    "row", EventSpan(from: 60_000, until: 300_000), headXs: [80, 200, 320, 440, 560], headY: 112,
    groundY: 208,
    radiusX: 64, radiusY: 56)

  private func night(_ events: [any SequenceEvent]) -> SequenceSamples {
    SequenceSamples { script in
      (script.noiseSigmaHundredths, script.frameIntervalMilliseconds) = (0, 1000)
      (script.ambientLight256ths, script.events) = (36, events)
    }
  }

  private func ground(_ lamp: Int) -> PictureRect {
    PictureRect(x: Self.row.headXs[lamp] / 8 - 2, y: 25, width: 4, height: 2)
  }

  @Test func lampsGoOnAtDuskOneAfterTheOtherAndOffAtDawn() {
    let samples = night([Self.row])
    #expect(SequenceSamples.content(samples.coarse(0)) == SequenceSamples.content(samples.coarse(59)))
    let (dark, lit) = (samples.coarse(59), samples.coarse(100))
    for lamp in 0..<5 {
      let (before, after) = (
        SequenceSamples.mean(dark, blocks: ground(lamp)), SequenceSamples.mean(lit, blocks: ground(lamp))
      )
      #expect(before < 25 && after > 3 * before, "lamp \(lamp): \(before), \(after)")
      #expect(lit.luma[Self.row.headXs[lamp] / 8, 14] > 60)
    }
    let counts = (58..<64).map { samples.blocks($0, "row").count }
    #expect(counts.first == 0 && counts.last == 5 && zip(counts, counts.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(SequenceSamples.content(samples.coarse(300)) == SequenceSamples.content(dark))
  }

  @Test func aFailedLampDarkensItsBlocksAndNoOthers() {
    let samples = night([
      LampFailure("failure", EventSpan(from: 120_000), row: Self.row, lamps: [2]), Self.row,
    ])
    let (before, after) = (samples.coarse(119), samples.coarse(120))
    for lamp in 0..<5 {
      let change =
        SequenceSamples.mean(before, blocks: ground(lamp))
        - SequenceSamples.mean(
          after, blocks: ground(lamp))
      #expect(lamp == 2 ? change > 40 : change == 0, "lamp \(lamp): \(change)")
    }
    let places = samples.blocks(120, "failure")
    #expect(places.count == 1 && places[0].contains((x: 40, y: 14)) && places[0].contains((x: 40, y: 26)))
    // All that is much darker lies where the truth says.
    let darker = SequenceSamples.changes(before, after, threshold: 60)
    #expect(!darker.isEmpty && darker.allSatisfy { places.contain($0) })
    #expect(samples.blocks(119, "failure").isEmpty && samples.blocks(301, "failure").isEmpty)
  }

  @Test func aRowThatFailsLeavesTheNight() {
    let samples = night([Self.row, LampFailure("failure", EventSpan(from: 120_000), row: Self.row)])
    #expect(SequenceSamples.content(samples.coarse(121)) == SequenceSamples.content(samples.coarse(10)))
    #expect(samples.blocks(121, "failure").count == 5)
  }

  @Test func headlightsSweepOverTheStreet() {
    let quiet = night([])
    let samples = SequenceSamples { script in
      (script.noiseSigmaHundredths, script.ambientLight256ths) = (0, 36)
      script.events = [
        Headlights(
          "lights", EventSpan(from: 400, until: 5000), startX: -60, y: script.street.lane(1).top + 12,
          speedPixelsPerSecond: 160)
      ]
    }
    let dark = quiet.coarse(0)
    for index in [12, 40, 80, 110] {
      let frame = samples.coarse(index)
      let places = samples.blocks(index, "lights")
      let changed = SequenceSamples.changes(dark, frame, threshold: 0)
      #expect(changed.count > 20 && changed.allSatisfy { places.contain($0) }, "frame \(index)")
      let middle = (-60 + 160 * (index * 40 - 400) / 1000 + 64) / 8
      if (2..<78).contains(middle) { #expect(frame.luma[middle, 30] > dark.luma[middle, 30] + 60) }
    }
    #expect(SequenceSamples.content(samples.coarse(125)) == SequenceSamples.content(samples.coarse(9)))
  }

  @Test func aSignalBlinksRegularlyAndALampBurnsSteadily() {
    let samples = SequenceSamples { script in
      (script.noiseSigmaHundredths, script.ambientLight256ths) = (0, 36)
      script.events = [
        SignalLamp(
          "signal", EventSpan(), rect: PictureRect(x: 320, y: 160, width: 16, height: 16), color: .amberLight,
          periodMilliseconds: 1000),
        SignalLamp("tail", EventSpan(), rect: PictureRect(x: 480, y: 160, width: 16, height: 16)),
      ]
    }
    for index in 0..<100 {
      let frame = samples.coarse(index)
      let isOn = index * 40 % 1000 < 500
      #expect(isOn ? frame.luma[40, 20] > 170 : frame.luma[40, 20] < 30, "frame \(index)")
      let blue = frame.levels(.chromaBlue)![20, 10], red = frame.levels(.chromaRed)![30, 10]
      #expect(isOn ? blue < 60 : abs(Int(blue) - 128) < 4, "frame \(index)")
      #expect(frame.luma[60, 20] > 110 && red > 210, "frame \(index)")
    }
    #expect(samples.sequence.truth(ofFrame: 3).sightings.map(\.kind) == [.blinkingLamp, .steadyLamp])
  }
}
