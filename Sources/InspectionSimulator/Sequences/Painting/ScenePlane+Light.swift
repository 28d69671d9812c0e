internal import FrameMemory

extension ScenePlane {
  /// The level of no light: 0 for luma, 128 for chroma.
  private var zero: Int { sampling.component == .luma ? 0 : 128 << 8 }

  /// Sunlight and lights fall on the surfaces.
  mutating func illuminate(ambient256ths: Int, _ lights: [SceneDrawing.Glow<Int>], shift: SceneDrawing.Shift)
  {
    guard !lights.isEmpty else {
      scale(by256ths: ambient256ths)
      return
    }
    var gains = [Int](repeating: ambient256ths, count: sampling.count)
    for light in lights {
      let peak = (light.peak * light.strength) >> 16
      forEachSample(of: light, shift) { sample, share in gains[sample] += (peak * share) >> 16 }
    }
    var sample = 0
    while sample < gains.count {
      scale(sample, gains[sample])
      sample += 1
    }
  }

  /// Light in the air lies over everything.
  mutating func add(_ glow: SceneDrawing.Glow<SceneColor>, shift: SceneDrawing.Shift) {
    // A chroma of 128 adds no colour.
    let peak = ((sampling.level(glow.peak) << 8 - zero) * glow.strength) >> 16
    forEachSample(of: glow, shift) { sample, share in add((peak * share) >> 16, to: sample) }
  }

  /// Every sample's light times a factor.
  mutating func scale(by256ths gain: Int) {
    guard gain != 256 else { return }
    var sample = 0
    while sample < levels.count {
      scale(sample, gain)
      sample += 1
    }
  }

  private mutating func scale(_ sample: Int, _ gain: Int) {
    let old = levels[sample]
    let level = zero + ((old - zero) * gain) >> 8
    let edge = squares[sample] - (old * old) >> 8
    levels[sample] = level
    details[sample] = (details[sample] * gain) >> 8
    squares[sample] = (level * level) >> 8 + (edge * gain * gain) >> 16
  }

  /// Lightens a sample evenly.
  mutating func add(_ amount: Int, to sample: Int) {
    let old = levels[sample]
    levels[sample] = old + amount
    squares[sample] += ((2 * old + amount) * amount) >> 8
  }

  /// Calls `body` with the samples of a glow and its strength at their middles, 65,536ths.
  private func forEachSample<Peak>(
    of glow: SceneDrawing.Glow<Peak>, _ shift: SceneDrawing.Shift,
    _ body: (_ sample: Int, _ share: Int) -> Void
  ) {
    let (centerX, centerY) = (glow.centerX + shift.x, glow.centerY + shift.y)
    let rect = PictureRect(
      left: centerX - glow.radiusX, top: centerY - glow.radiusY, right: centerX + glow.radiusX,
      bottom: centerY + glow.radiusY)
    guard let touched = sampling.touched(rect) else { return }
    let (squareX, squareY) = (4 * glow.radiusX * glow.radiusX, 4 * glow.radiusY * glow.radiusY)
    var row = touched.top
    while row < touched.bottom {
      let dy = 2 * (row * sampling.stepY - centerY) + sampling.stepY
      let vertical = dy * dy * 256 / squareY
      var column = touched.left
      while column < touched.right {
        let dx = 2 * (column * sampling.stepX - centerX) + sampling.stepX
        let left = 256 - vertical - dx * dx * 256 / squareX
        if left > 0 { body(row * sampling.columns + column, left * left) }
        column += 1
      }
      row += 1
    }
  }
}
