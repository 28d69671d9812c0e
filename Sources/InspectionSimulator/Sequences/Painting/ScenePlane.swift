internal import FrameMemory

/// One component of a drawn moment at some sampling: painted by pixels or by blocks with the same steps, so that a
/// coarse frame and the JPEG of the same moment agree.
///
/// A sample holds its mean level and, where it stands for many pixels, what its pixels do around that mean.
struct ScenePlane: Sendable {
  let sampling: PlaneSampling
  /// Mean of each sample, 256ths of a level.
  var levels: [Int]
  /// Pattern of a sample's pixels, sixteenths of a level; luma only.
  var details: [Int]
  /// Mean square of the levels of a sample's pixels, patterns left out, 256ths.
  var squares: [Int]

  /// The still street.
  init(_ backdrop: StreetBackdrop, _ sampling: PlaneSampling, shift: SceneDrawing.Shift = .init()) {
    self.sampling = sampling
    let index = sampling.component.rawValue
    let lattice = sampling.lattice(shift)
    let sums = backdrop.levelSums[index].corners(lattice)
    levels = [Int](repeating: 0, count: sampling.count)
    details = [Int](repeating: 0, count: sampling.count)
    squares = [Int](repeating: 0, count: sampling.count)
    let area = sampling.stepX * sampling.stepY
    sampling.forEachSample(sums) { sample, sum in levels[sample] = sum * 256 / area }
    if sampling.isPixels {
      paintPattern(backdrop.detailSums.corners(lattice), lattice)
      return
    }
    if sampling.component == .luma {
      sampling.forEachSample(backdrop.detailSums.corners(lattice)) { details[$0] = $1 / area }
    }
    sampling.forEachSample(backdrop.squareSums[index].corners(lattice)) { squares[$0] = $1 * 256 / area }
  }

  private mutating func paintPattern(_ detailSums: [Int], _ lattice: SampleLattice) {
    let columns = sampling.columns
    sampling.forEachSample(detailSums) { sample, detail in
      let (x, y) = (sample % columns + lattice.left, sample / columns + lattice.top)
      levels[sample] += detail * 16 * GrainPattern.sign(x, y)
    }
  }

  /// Takes the samples of a rectangle from another plane of the same sampling.
  mutating func copy(_ rect: PictureRect, from other: ScenePlane) {
    guard let touched = sampling.touched(rect) else { return }
    var row = touched.top
    while row < touched.bottom {
      var sample = row * sampling.columns + touched.left
      let end = row * sampling.columns + touched.right
      while sample < end {
        levels[sample] = other.levels[sample]
        details[sample] = other.details[sample]
        squares[sample] = other.squares[sample]
        sample += 1
      }
      row += 1
    }
  }

  // MARK: - Shapes

  /// Lays a thing over what is there.
  mutating func paint(_ shape: SceneDrawing.Shape, shift: SceneDrawing.Shift) {
    // The parts lie side by side: each hides what was there before the first of them.
    let before = self
    for part in shape.parts { paint(part, over: before, shift) }
  }

  private mutating func paint(
    _ stroke: SceneDrawing.Stroke, over before: ScenePlane, _ shift: SceneDrawing.Shift
  ) {
    let rect = stroke.rect.moved(x: shift.x, y: shift.y)
    guard let touched = sampling.touched(rect) else { return }
    let color = sampling.level(stroke.color) << 8
    let detail = sampling.component == .luma ? stroke.detailSixteenths : 0
    let (stepX, stepY, opacity) = (sampling.stepX, sampling.stepY, stroke.opacity256ths)
    let area = stepX * stepY
    var row = touched.top
    while row < touched.bottom {
      let high = overlap(row * stepY, stepY, rect.top, rect.bottom)
      var column = touched.left
      while column < touched.right {
        let sample = row * sampling.columns + column
        if sampling.isPixels {
          var level = color
          if detail > 0 { level += detail * 16 * GrainPattern.sign(column - rect.left, row - rect.top) }
          levels[sample] += ((level - levels[sample]) * opacity) >> 8
        } else {
          let cover = high * overlap(column * stepX, stepX, rect.left, rect.right)
          mix(sample, before, color, detail, opacity, cover << 8 / area)
        }
        column += 1
      }
      row += 1
    }
  }

  /// Mixes a colour into a sample of many pixels.
  ///
  /// - Parameter cover: 256ths of the sample that the colour lies on.
  private mutating func mix(
    _ sample: Int, _ before: ScenePlane, _ color: Int, _ detail: Int, _ opacity: Int, _ cover: Int
  ) {
    let share = cover * opacity
    if share == 65_536 {
      (levels[sample], details[sample], squares[sample]) = (color, detail, (color * color) >> 8)
      return
    }
    let old = before.levels[sample], oldSquare = before.squares[sample], oldDetail = before.details[sample]
    levels[sample] += ((color - old) * share) >> 16
    details[sample] += ((detail - oldDetail) * share) >> 16
    // The square of what is seen through the colour, ((1 - o) old + o color)², less what was there.
    let seen = 256 - opacity
    let square = seen * seen * oldSquare + opacity * ((2 * seen * old + opacity * color) >> 8) * color
    squares[sample] += (((square >> 16) - oldSquare) * cover) >> 8
  }

  private func overlap(_ start: Int, _ length: Int, _ low: Int, _ high: Int) -> Int {
    let from = start > low ? start : low
    let to = start + length < high ? start + length : high
    return to - from
  }
}

extension PlaneSampling {
  /// Calls `body` with each sample's number and the sum over it, from the sums at its corners.
  func forEachSample(_ corners: [Int], _ body: (_ sample: Int, _ sum: Int) -> Void) {
    var (sample, row) = (0, 0)
    while row < rows {
      var above = row * (columns + 1)
      var below = above + columns + 1
      var column = 0
      while column < columns {
        body(sample, corners[below + 1] - corners[below] - corners[above + 1] + corners[above])
        (sample, above, below, column) = (sample + 1, above + 1, below + 1, column + 1)
      }
      row += 1
    }
  }
}
