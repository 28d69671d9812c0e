/// A square of cloudy noise that repeats without a seam: four octaves of value noise, 0…1, mean about 0.5.
struct NoiseTexture: Sendable {
  private let samples: [Double]

  private static let side = 256

  init(seed: UInt64) {
    var random = SimulatorRandom(seed: seed, stream: .texture)
    let salt = random.next()
    var samples = [Double](repeating: 0, count: Self.side * Self.side)
    // From coarse cells of 32 samples to single samples; each octave weighs a little more than half the one
    // before.
    var (cell, weight, total) = (32, 1.0, 0.0)
    while cell >= 1 {
      let cells = Self.side / cell
      let lattice = (0..<cells * cells).map { index in
        Double(SimulatorRandom.hash(index % cells, index / cells, salt: salt &+ UInt64(cell)) >> 40)
          / 16_777_216
      }
      for y in 0..<Self.side {
        let (row, fy) = (y / cell, Self.smooth(Double(y % cell) / Double(cell)))
        let (top, bottom) = (row * cells, (row + 1) % cells * cells)
        for x in 0..<Self.side {
          let (column, fx) = (x / cell, Self.smooth(Double(x % cell) / Double(cell)))
          let next = (column + 1) % cells
          let above = lattice[top + column] + (lattice[top + next] - lattice[top + column]) * fx
          let below = lattice[bottom + column] + (lattice[bottom + next] - lattice[bottom + column]) * fx
          samples[y * Self.side + x] += weight * (above + (below - above) * fy)
        }
      }
      total += weight
      (cell, weight) = (cell / 4, weight * 0.6)
    }
    // Sums of octaves crowd around the middle: spread them.
    self.samples = samples.map { clampedShare(0.5 + ($0 / total - 0.5) * 1.8) }
  }

  /// The noise at a place in samples, between samples linearly; repeats every 256.
  func callAsFunction(_ x: Double, _ y: Double) -> Double {
    let (left, top) = (x.rounded(.down), y.rounded(.down))
    let (fx, fy) = (x - left, y - top)
    let column = Int(left) & 255, row = (Int(top) & 255) << 8
    let next = (column + 1) & 255, nextRow = (row + 256) & 65_535
    let above = samples[row + column] + (samples[row + next] - samples[row + column]) * fx
    let below = samples[nextRow + column] + (samples[nextRow + next] - samples[nextRow + column]) * fx
    return above + (below - above) * fy
  }

  private static func smooth(_ share: Double) -> Double { share * share * (3 - 2 * share) }
}
