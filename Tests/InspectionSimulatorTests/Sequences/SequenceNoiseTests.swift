import FrameMemory
import InspectionSimulator
import Testing

/// A still scene: the noise is what the script says, and nothing else moves.
@Suite struct SequenceNoiseTests {
  /// DC coefficients of one block over many frames.
  private func series(_ samples: SequenceSamples, frames: Int, blocks: [(x: Int, y: Int)]) -> [[Int]] {
    var series = [[Int]](repeating: [], count: blocks.count)
    for index in 0..<frames {
      let frame = samples.coarse(index)
      let dc = frame.dc(.luma)!
      for (number, block) in blocks.enumerated() { series[number].append(Int(dc[block.x, block.y])) }
    }
    return series
  }

  private func variance(_ values: [Int]) -> Double {
    let mean = Double(values.reduce(0, +)) / Double(values.count)
    return values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(values.count - 1)
  }

  /// Eight times the mean of 64 pixels deviates as one pixel does; rounding to levels and steps adds a twelfth.
  @Test(arguments: [100, 200, 600])
  func theMeanOfABlockDeviatesAsToldByTheSigma(hundredths: Int) {
    // Quality 100 has steps of 1, so that the noise is seen as it is.
    let samples = SequenceSamples { ($0.noiseSigmaHundredths, $0.quality) = (hundredths, 100) }
    let blocks = (0..<60).map { (x: $0 + 10, y: 12 + $0 % 30) }
    let variances = series(samples, frames: 120, blocks: blocks).map(variance)
    let sigma = Double(hundredths) / 100
    let expected = sigma * sigma + 1.0 / 12 + 1.0 / 12
    let found = variances.reduce(0, +) / Double(blocks.count)
    // 60 x 119 degrees of freedom: the variance is known to 1.7 %.
    #expect(abs(found / expected - 1) < 0.07, "variance \(found), expected \(expected)")
  }

  @Test func blocksAndFramesAreIndependent() {
    let samples = SequenceSamples { ($0.noiseSigmaHundredths, $0.quality) = (400, 100) }
    let blocks = (0..<40).map { (x: $0, y: 30) }
    let series = series(samples, frames: 200, blocks: blocks).map { values in
      let mean = Double(values.reduce(0, +)) / Double(values.count)
      return values.map { Double($0) - mean }
    }
    var (own, neighbours, successors) = (0.0, 0.0, 0.0)
    for number in 0..<39 {
      for index in 0..<199 {
        own += series[number][index] * series[number][index]
        neighbours += series[number][index] * series[number + 1][index]
        successors += series[number][index] * series[number][index + 1]
      }
    }
    // 7,761 products: a correlation of nothing deviates by 1.1 %.
    #expect(abs(neighbours / own) < 0.05 && abs(successors / own) < 0.05, "\(neighbours / own)")
  }

  /// Tails like a normal distribution's: four sigma once in 16,000 draws, not never and not often.
  @Test func theTailsAreNormal() {
    let samples = SequenceSamples { ($0.noiseSigmaHundredths, $0.quality) = (1600, 100) }
    let first = SequenceSamples { ($0.noiseSigmaHundredths, $0.quality) = (0, 100) }.coarse(0)
    let clean = first.dc(.luma)!
    var beyond = [2: 0, 3: 0, 4: 0]
    var count = 0
    for index in 0..<40 {
      let frame = samples.coarse(index)
      let dc = frame.dc(.luma)!
      for y in 0..<45 {
        for x in 0..<80 {
          let distance = abs(Int(dc[x, y]) - Int(clean[x, y]))
          for sigmas in 2...4 where distance > 16 * sigmas { beyond[sigmas]! += 1 }
          count += 1
        }
      }
    }
    let share = beyond.mapValues { Double($0) / Double(count) }
    #expect((0.040...0.050).contains(share[2]!), "2 sigma: \(share[2]!), expected 0.0455")
    #expect((0.0019...0.0034).contains(share[3]!), "3 sigma: \(share[3]!), expected 0.0027")
    #expect((1e-5...13e-5).contains(share[4]!), "4 sigma: \(share[4]!), expected 6e-5")
  }

  @Test func withoutNoiseAllFramesAreEqual() {
    let samples = SequenceSamples { $0.noiseSigmaHundredths = 0 }
    #expect(SequenceSamples.content(samples.coarse(0)) == SequenceSamples.content(samples.coarse(9)))
  }

  /// Whole numbers only: the frames are the same on every machine. A change of the drawing changes these.
  @Test(arguments: [
    (CameraScenario.fire, 0xAED9_78B4_5FB5_4D53 as UInt64), (.harmlessDay, 0xC8D7_6331_99AD_F05B),
    (.lampFailure, 0xFB40_8CB8_771E_128B), (.blur, 0x6F7A_5CD6_4DC0_DCC6),
  ])
  func framesAgreeOnEveryMachine(scenario: CameraScenario, expected: UInt64) {
    let sequence = SimulatedSequence(
      script: scenario.script(seed: 12, widthPixels: 320, heightPixels: 176, frameCount: 100))
    let pool = FramePool(slabCount: 1, slabBytes: sequence.coarseFormat.byteCount)
    let content = SequenceSamples.content(sequence.coarseFrame(90, into: pool)!)
    // FNV-1a.
    let found = content.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64(bitPattern: Int64($1))) &* 0x100_0000_01B3
    }
    #expect(found == expected, "\(scenario): 0x\(String(found, radix: 16))")
  }

  @Test func aScriptGivesTheSameFramesTwiceAndAnotherSeedOthers() {
    let first = SequenceSamples(seed: 8).coarse(5)
    #expect(SequenceSamples.content(first) == SequenceSamples.content(SequenceSamples(seed: 8).coarse(5)))
    #expect(SequenceSamples.content(first) != SequenceSamples.content(SequenceSamples(seed: 9).coarse(5)))
    #expect(SequenceSamples.content(first) != SequenceSamples.content(SequenceSamples(seed: 8).coarse(6)))
  }
}
