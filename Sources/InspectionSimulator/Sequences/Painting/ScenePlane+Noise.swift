internal import FrameMemory

extension ScenePlane {
  /// The sensor sees the clean plane: with noise, and between black and white only.
  mutating func sense(noiseSigmaHundredths: Int, draws: SimulatorRandom) {
    let sigma = sampling.noiseSigma256ths(noiseSigmaHundredths)
    if sampling.isBlocks {
      senseBlocks(sigma, draws)
      return
    }
    var draws = draws
    var sample = 0
    while sample < levels.count {
      levels[sample] += (SensorNoise.normal256ths(draws.next()) * sigma) >> 8
      sample += 1
    }
  }

  private mutating func senseBlocks(_ sigma: Int, _ draws: SimulatorRandom) {
    var draws = draws
    // Rounding to whole levels acts as more noise.
    let variance = sigma > 0 ? sigma * sigma + SensorNoise.roundingVariance256ths << 8 : 0
    let noise = wholeRoot(variance)
    var sample = 0
    while sample < levels.count {
      let (level, detail) = (levels[sample], details[sample])
      let deviation = detail << 4 + noise
      let room = level < 255 << 8 - level ? level : 255 << 8 - level
      let kept = room < 2 * deviation ? cut(sample, room, deviation) : 256
      // The mean of 64 pixels deviates by an eighth.
      add((SensorNoise.normal256ths(draws.next()) * noise * kept) >> 19, to: sample)
      noises[sample] = (noise * kept) >> 8
      sample += 1
    }
  }

  /// Near black and white the sensor cuts the pixels off: the mean moves away from the limit, and less is seen of
  /// edges, pattern and noise.
  ///
  /// - Parameters:
  ///   - room: from the mean to the nearer limit, 256ths of a level; below 0 beyond it.
  ///   - deviation: of the pixels, 256ths of a level.
  /// - Returns: how much of the deviation is left, 256ths.
  private mutating func cut(_ sample: Int, _ room: Int, _ deviation: Int) -> Int {
    // The mean of what is cut off a normal distribution: 0.4 deviations at the limit, nothing at two from it.
    let beyond = room < 0 ? -room : 0
    let near = 2 * deviation - (room < 0 ? beyond : room)
    let part = beyond + (near > 0 ? near * near / (10 * deviation) : 0)
    let kept = room <= -2 * deviation ? 0 : (room + 2 * deviation) * 64 / deviation
    let old = levels[sample]
    let edge = squares[sample] - (old * old) >> 8
    let level = old < 128 << 8 ? old + part : old - part
    levels[sample] = level
    squares[sample] = (level * level) >> 8 + (edge * kept) >> 8
    details[sample] = (details[sample] * kept) >> 8
    return kept
  }
}

extension PlaneSampling {
  /// Noise of one sample of the sensor's picture, 256ths of a level: a chroma sample that stands for several pixels
  /// is quieter by the root of their number.
  func noiseSigma256ths(_ lumaHundredths: Int) -> Int {
    let sigma = lumaHundredths * 256 / 100
    guard component != .luma else { return sigma }
    let pixels = isBlocks ? stepX * stepY / 64 : stepX * stepY
    return sigma * 16 / wholeRoot(pixels * 256)
  }

  /// Blocks of 8 x 8 samples of the sensor's picture.
  var isBlocks: Bool { stepX >= CoarseFormat.blockPixels }
}
