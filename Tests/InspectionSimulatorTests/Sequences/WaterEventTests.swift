import FrameMemory
import InspectionSimulator
import Testing

/// Water that gathers and runs off.
@Suite struct WaterEventTests {
  private func samples(_ look: Ponding.Look) -> SequenceSamples {
    SequenceSamples { script in
      (script.noiseSigmaHundredths, script.frameIntervalMilliseconds) = (0, 10_000)
      script.events = [
        Ponding(
          "pond", EventSpan(from: 60_000, until: 3_600_000), centerX: 250, centerY: 328, radiusX: 120,
          radiusY: 22, look: look, growthMilliseconds: 600_000, drainMilliseconds: 1_800_000)
      ]
    }
  }

  @Test(arguments: [Ponding.Look.dark, .bright])
  func aPondGrowsSlowlyStaysAndVanishes(look: Ponding.Look) {
    let samples = samples(look)
    let dry = samples.coarse(0)
    var areas: [Int] = []
    for index in stride(from: 0, through: 66, by: 6) {
      let changed = SequenceSamples.changes(dry, samples.coarse(index), threshold: 3)
      #expect(changed.allSatisfy { samples.blocks(index, "pond").contain($0) }, "frame \(index)")
      areas.append(changed.count)
    }
    #expect(areas[0] == 0 && zip(areas, areas.dropFirst()).allSatisfy { $0 <= $1 } && areas[11] > 60)
    // From frame to frame hardly anything is to be seen.
    let step = SequenceSamples.changes(samples.coarse(36), samples.coarse(37), threshold: 8)
    #expect(step.count * 8 < areas[11], "\(step.count) blocks changed at once")

    let (full, middle) = (samples.coarse(150), PictureRect(left: 24, top: 40, right: 38, bottom: 42))
    #expect(SequenceSamples.content(full) == SequenceSamples.content(samples.coarse(180)))
    let (before, after) = (
      SequenceSamples.mean(dry, blocks: middle), SequenceSamples.mean(full, blocks: middle)
    )
    #expect(look == .dark ? after < before - 15 : after > before + 40, "\(before), \(after)")
    #expect(
      SequenceSamples.meanTexture(full, blocks: middle) < SequenceSamples.meanTexture(dry, blocks: middle) / 2
    )

    #expect(SequenceSamples.content(samples.coarse(241)) == SequenceSamples.content(dry))
    #expect(samples.blocks(241, "pond").isEmpty)
  }
}
