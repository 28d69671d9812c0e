internal import PixelKernels

/// How samples that show their usual look drift, by their level: dusk takes more from a bright wall than from a dark
/// one. What cannot be seen for a while is taken along by the same steps.
struct LevelDrift: Sendable {
  /// Levels that drift alike.
  static let binLevels = 16
  private static let binCount = 256 / binLevels

  /// Below this many samples a bin drifts as all samples do.
  private static let leastSamples = 64

  /// Steps and samples of the present round.
  private var sums = [Int](repeating: 0, count: binCount)
  private var counts = [Int](repeating: 0, count: binCount)
  /// What is left of the mean steps so far, 65,536ths of a level, and the whole step that it makes now. The steps
  /// of samples that neither rise nor fall cancel out over time, so that nothing adds up here.
  private var rests = [Int](repeating: 0, count: binCount)
  private var steps = [Int](repeating: 0, count: binCount)

  /// Begins a round.
  mutating func begin() {
    for bin in sums.indices { (sums[bin], counts[bin]) = (0, 0) }
  }

  /// Moves a tile of a plane by one level towards another plane; learns from its steps.
  mutating func step(_ tile: Int, _ grid: TileGrid, of plane: inout PixelPlane, towards other: PixelPlane) {
    for y in grid.rowRange(tile / grid.columns) {
      for x in grid.columnRange(tile % grid.columns) {
        let place = y * plane.strideBytes + x
        let old = plane.samples[place], new = other.samples[place]
        let bin = Int(old) / Self.binLevels
        counts[bin] += 1
        if new > old {
          plane.samples[place] = old + 1
          sums[bin] += 1
        } else if new < old {
          plane.samples[place] = old - 1
          sums[bin] -= 1
        }
      }
    }
  }

  /// Ends the round: sets the step that samples of each level take which could not be seen.
  mutating func end() {
    let total = counts.reduce(0, +)
    guard total > 0 else { return }
    let all = 65_536 * sums.reduce(0, +) / total
    for bin in sums.indices {
      rests[bin] += counts[bin] >= Self.leastSamples ? 65_536 * sums[bin] / counts[bin] : all
      steps[bin] = rests[bin] / 65_536
      rests[bin] %= 65_536
    }
  }

  /// Takes a tile of a plane along that could not be seen.
  func take(_ tile: Int, _ grid: TileGrid, of plane: inout PixelPlane) {
    for y in grid.rowRange(tile / grid.columns) {
      for x in grid.columnRange(tile % grid.columns) {
        let place = y * plane.strideBytes + x
        let old = plane.samples[place]
        plane.samples[place] = UInt8(clamping: Int(old) + steps[Int(old) / Self.binLevels])
      }
    }
  }
}
