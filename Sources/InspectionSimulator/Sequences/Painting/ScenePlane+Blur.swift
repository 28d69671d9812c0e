extension ScenePlane {
  /// A box blur of `2 radius + 1` pixels a side; edges of the picture are repeated.
  mutating func blur(radiusPixels radius: Int) {
    let window = 2 * radius + 1
    let across = BoxWeights(step: sampling.stepX, radius: radius)
    let down = BoxWeights(step: sampling.stepY, radius: radius)
    let edges = sampling.isPixels ? [] : blurredEdges(radius, across, down)
    blurLines(across, lineCount: sampling.rows, length: sampling.columns, step: 1, lineStep: sampling.columns)
    blurLines(down, lineCount: sampling.columns, length: sampling.rows, step: sampling.columns, lineStep: 1)
    guard !sampling.isPixels else { return }
    var sample = 0
    while sample < edges.count {
      details[sample] /= window
      squares[sample] = (levels[sample] * levels[sample]) >> 8 + edges[sample]
      sample += 1
    }
  }

  private mutating func blurLines(
    _ weights: BoxWeights, lineCount: Int, length: Int, step: Int, lineStep: Int
  ) {
    let source = levels
    let reach = weights.reach
    var line = 0
    while line < lineCount {
      var place = 0
      while place < length {
        var sum = source[line * lineStep + place * step] * weights.shares[0]
        var distance = 1
        while distance <= reach {
          let before = place >= distance ? place - distance : 0
          let after = place + distance < length ? place + distance : length - 1
          sum +=
            (source[line * lineStep + before * step] + source[line * lineStep + after * step])
            * weights.shares[distance]
          distance += 1
        }
        levels[line * lineStep + place * step] = sum / weights.total
        place += 1
      }
      line += 1
    }
  }

  /// An edge inside of a block becomes a ramp, and one between blocks a ramp on both sides of it. A ramp counts for
  /// less than its variance: only coefficients of low frequency code it. The factors fit the bits of encoded pictures.
  private func blurredEdges(_ radius: Int, _ across: BoxWeights, _ down: BoxWeights) -> [Int] {
    let (columns, rows) = (sampling.columns, sampling.rows)
    var edges = [Int](repeating: 0, count: sampling.count)
    var row = 0
    while row < rows {
      var column = 0
      while column < columns {
        let sample = row * columns + column
        let own = levels[sample]
        var ramps = 0
        if column > 0 { ramps += across.rampVariance(levels[sample - 1] - own) }
        if column + 1 < columns { ramps += across.rampVariance(levels[sample + 1] - own) }
        if row > 0 { ramps += down.rampVariance(levels[sample - columns] - own) }
        if row + 1 < rows { ramps += down.rampVariance(levels[sample + columns] - own) }
        edges[sample] =
          (squares[sample] - (own * own) >> 8) * 20 / (20 + 7 * radius + 8 * radius * radius) + ramps / 2
        column += 1
      }
      row += 1
    }
    return edges
  }
}

/// How much of its neighbours a sample of equal pixels takes in a box blur along one axis, exactly.
struct BoxWeights: Sendable {
  /// Pairs of a pixel of the sample and one of the neighbour at each distance that lie in one window.
  private(set) var shares: [Int] = []
  /// All pairs of a pixel and its window.
  let total: Int
  /// Variance within the sample by a neighbour that is one level higher, 2^24ths.
  private let rampVariance: Int

  init(step: Int, radius: Int) {
    total = step * (2 * radius + 1)
    var distance = 0
    while true {
      var pairs = 0
      for own in 0..<step {
        for other in 0..<step where abs(other + distance * step - own) <= radius { pairs += 1 }
      }
      if pairs == 0 { break }
      shares.append(pairs)
      distance += 1
    }
    var (sum, squares) = (0, 0)
    for own in 0..<step {
      let reached = max(0, radius - own)
      (sum, squares) = (sum + reached, squares + reached * reached)
    }
    let scale = (2 * radius + 1) * (2 * radius + 1)
    rampVariance = (squares * step - sum * sum) << 24 / (scale * step * step)
  }

  /// The farthest neighbour that has a share.
  var reach: Int { shares.count - 1 }

  /// - Parameter difference: of the neighbour's level, 256ths.
  /// - Returns: 256ths of a squared level.
  func rampVariance(_ difference: Int) -> Int {
    (((difference * difference) >> 8) * rampVariance) >> 24
  }
}
