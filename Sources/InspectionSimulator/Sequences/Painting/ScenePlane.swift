internal import FrameMemory

/// One component of a drawn moment at some sampling: painted by pixels or by blocks with the same steps, so that a
/// coarse frame and the JPEG of the same moment agree.
///
/// A sample holds its mean level and, where it stands for many pixels, what its pixels do around that mean.
struct ScenePlane: Sendable {
  let sampling: PlaneSampling
  /// Mean of each sample, 256ths of a level; not clamped.
  var levels: [Int]
  /// Pattern of a sample's pixels, sixteenths of a level; luma only.
  var details: [Int]
  /// Mean square of the levels of a sample's pixels, patterns left out, 256ths.
  var squares: [Int]
  /// Standard deviation of a sample's pixels by the sensor's noise, 256ths of a level.
  var noises: [Int]

  /// The still street.
  init(_ backdrop: StreetBackdrop, _ sampling: PlaneSampling, shift: SceneDrawing.Shift = .init()) {
    self.sampling = sampling
    levels = [Int](repeating: 0, count: sampling.count)
    (details, squares, noises) = (levels, levels, levels)
    show(
      backdrop, in: PictureRect(x: 0, y: 0, width: sampling.columns, height: sampling.rows), shift: shift)
  }

  /// Puts the still street, moved by `shift`, into a rectangle of samples.
  private mutating func show(_ backdrop: StreetBackdrop, in samples: PictureRect, shift: SceneDrawing.Shift) {
    let index = sampling.component.rawValue
    let lattice = sampling.lattice(samples, shift)
    let area = sampling.stepX * sampling.stepY
    let sums = lattice.sums(backdrop.levelSums[index])
    let detailSums = sampling.component == .luma ? lattice.sums(backdrop.detailSums) : []
    let squareSums = sampling.isPixels ? [] : lattice.sums(backdrop.squareSums[index])
    var (number, row) = (0, samples.top)
    while row < samples.bottom {
      var sample = row * sampling.columns + samples.left
      let end = sample + samples.width
      while sample < end {
        levels[sample] = (sums[number] * 256) / area
        if sampling.isPixels {
          let (x, y) = (number % lattice.columns + lattice.left, number / lattice.columns + lattice.top)
          levels[sample] += detailSums[number] * 16 * GrainPattern.sign(x, y)
        } else {
          squares[sample] = (squareSums[number] * 256) / area
          if sampling.component == .luma { details[sample] = detailSums[number] / area }
        }
        (sample, number) = (sample + 1, number + 1)
      }
      row += 1
    }
  }

  /// Lets an area show another part of the backdrop.
  mutating func displace(
    _ displacement: SceneDrawing.Displacement, _ backdrop: StreetBackdrop, shift: SceneDrawing.Shift
  ) {
    let rect = displacement.rect.moved(x: shift.x, y: shift.y).snappedTo16
    guard let samples = sampling.touched(rect) else { return }
    let own = SceneDrawing.Shift(x: shift.x + displacement.shift.x, y: shift.y + displacement.shift.y)
    show(backdrop, in: samples, shift: own)
  }

  // MARK: - Shapes

  /// Lays a thing over what is there.
  mutating func paint(_ shape: SceneDrawing.Shape, shift: SceneDrawing.Shift) {
    guard let first = shape.parts.first else { return }
    // The parts lie side by side: each hides what was there before the first of them.
    let extent = shape.parts.dropFirst().reduce(first.rect) { $0.union($1.rect) }
    guard let samples = sampling.touched(extent.moved(x: shift.x, y: shift.y)) else { return }
    let before = shape.parts.count > 1 ? PlanePatch(self, samples) : nil
    for part in shape.parts { paint(part, over: before, shift) }
  }

  private mutating func paint(
    _ stroke: SceneDrawing.Stroke, over before: PlanePatch?, _ shift: SceneDrawing.Shift
  ) {
    let rect = stroke.rect.moved(x: shift.x, y: shift.y)
    guard let touched = sampling.touched(rect) else { return }
    let color = sampling.level(stroke.color) << 8
    let detail = sampling.component == .luma ? stroke.detailSixteenths : 0
    let (stepX, stepY, opacity) = (sampling.stepX, sampling.stepY, stroke.opacity256ths)
    let area = stepX * stepY
    let mixed = SampleColor(level: color, detail: detail, opacity: opacity)
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
          if let before {
            let number = before.number(column, row)
            mix(
              sample, mixed, cover << 8 / area, over: before.levels[number], before.squares[number],
              before.details[number], before.noises[number])
          } else {
            mix(
              sample, mixed, cover << 8 / area, over: levels[sample], squares[sample], details[sample],
              noises[sample])
          }
        }
        column += 1
      }
      row += 1
    }
  }

  /// Mixes a colour into a sample of many pixels.
  ///
  /// - Parameters:
  ///   - cover: 256ths of the sample that the colour lies on.
  ///   - old, oldSquare, oldDetail, oldNoise: what the colour hides.
  private mutating func mix(
    _ sample: Int, _ color: SampleColor, _ cover: Int, over old: Int, _ oldSquare: Int, _ oldDetail: Int,
    _ oldNoise: Int
  ) {
    let (level, opacity) = (color.level, color.opacity)
    let share = cover * opacity
    if share == 65_536 {
      (levels[sample], details[sample], squares[sample]) = (level, color.detail, (level * level) >> 8)
      noises[sample] = 0
      return
    }
    levels[sample] += ((level - old) * share) >> 16
    details[sample] += ((color.detail - oldDetail) * share) >> 16
    noises[sample] -= (oldNoise * share) >> 16
    // The square of what is seen through the colour, ((1 - o) old + o level)², less what was there.
    let seen = 256 - opacity
    let square = seen * seen * oldSquare + opacity * ((2 * seen * old + opacity * level) >> 8) * level
    squares[sample] += (((square >> 16) - oldSquare) * cover) >> 8
  }

  private func overlap(_ start: Int, _ length: Int, _ low: Int, _ high: Int) -> Int {
    let from = start > low ? start : low
    let to = start + length < high ? start + length : high
    return to - from
  }
}

/// What a stroke brings to a sample.
private struct SampleColor {
  /// 256ths of a level.
  let level: Int
  /// Sixteenths of a level.
  let detail: Int
  /// 256ths.
  let opacity: Int
}

/// A copy of some samples of a plane.
private struct PlanePatch {
  private let rect: PictureRect
  private(set) var levels: [Int] = []
  private(set) var details: [Int] = []
  private(set) var squares: [Int] = []
  private(set) var noises: [Int] = []

  init(_ plane: ScenePlane, _ samples: PictureRect) {
    rect = samples
    guard !plane.sampling.isPixels else { return }
    for row in samples.top..<samples.bottom {
      let start = row * plane.sampling.columns
      let line = start + samples.left..<start + samples.right
      levels += plane.levels[line]
      details += plane.details[line]
      squares += plane.squares[line]
      noises += plane.noises[line]
    }
  }

  /// The place of a sample among those copied.
  func number(_ column: Int, _ row: Int) -> Int { (row - rect.top) * rect.width + column - rect.left }
}
