internal import InspectionModel
internal import PixelKernels

/// Follows how the picture shifts as a whole, by fractions of a pixel: a camera on a pole that shakes.
///
/// Some samples and their slopes are kept for a while. The shift that explains best, by least squares, how the
/// samples of a later frame differ is told. Samples that differ by more than the slope of a whole block do not count:
/// something passes there.
struct FlickerShake: Sendable {
  /// How long samples are kept.
  static let keptMilliseconds = 2000
  static let mostPixels = 8
  /// A shift is told in this many parts of a pixel.
  static let parts = 16
  /// Sum of the squared slopes, twice levels a block, that a shift can be told from in each direction.
  static let leastSlopes = 20_000

  private struct Sample: Sendable {
    let tile: Int
    let x: Int
    let y: Int
    var level = 0
    /// Differences of the two neighbours, twice the slope.
    var slopeX = 0
    var slopeY = 0
  }

  private var samples: [Sample] = []
  private var keptSince: Timestamp?
  /// Shift of the kept samples.
  private var keptX = 0
  private var keptY = 0

  /// - Parameter places: tiles whose middle samples are followed.
  init(_ grid: TileGrid, places: [Int]) {
    for tile in places {
      let columns = grid.columnRange(tile % grid.columns), rows = grid.rowRange(tile / grid.columns)
      let left = (columns.lowerBound + columns.upperBound) / 2 - 1
      let top = (rows.lowerBound + rows.upperBound) / 2 - 1
      for y in top...top + 1 where y > 0 && y + 1 < grid.heightPixels {
        for x in left...left + 1 where x > 0 && x + 1 < grid.widthPixels {
          samples.append(Sample(tile: tile, x: x, y: y))
        }
      }
    }
  }

  mutating func clear() { (keptSince, keptX, keptY) = (nil, 0, 0) }

  /// Takes the next frame.
  ///
  /// - Returns: the shift since the first frame, `parts` of a pixel; its slow part drifts.
  mutating func append(_ tiles: CoarseTiles, at time: Timestamp) -> (x: Int, y: Int) {
    guard let keptSince else {
      keep(tiles.luma, at: time)
      return (0, 0)
    }
    let shift = shift(of: tiles)
    let (x, y) = (keptX + shift.x, keptY + shift.y)
    if time.milliseconds(since: keptSince) >= Self.keptMilliseconds {
      keep(tiles.luma, at: time)
      (keptX, keptY) = (x, y)
    }
    return (x, y)
  }

  private mutating func keep(_ luma: PixelPlane, at time: Timestamp) {
    keptSince = time
    let stride = luma.strideBytes, levels = luma.samples.span
    for index in samples.indices {
      let place = samples[index].y * stride + samples[index].x
      samples[index].level = Int(levels[place])
      samples[index].slopeX = Int(levels[place + 1]) - Int(levels[place - 1])
      samples[index].slopeY = Int(levels[place + stride]) - Int(levels[place - stride])
    }
  }

  /// The shift since the samples were kept.
  private func shift(of tiles: CoarseTiles) -> (x: Int, y: Int) {
    let stride = tiles.luma.strideBytes, levels = tiles.luma.samples.span, flames = tiles.flames.span
    var (xx, xy, yy, xd, yd) = (0, 0, 0, 0, 0)
    for sample in samples {
      let difference = Int(levels[sample.y * stride + sample.x]) - sample.level
      let isUsual = 2 * abs(difference) <= abs(sample.slopeX) + abs(sample.slopeY) + 4
      // No branch: which samples count follows no pattern that a processor could learn.
      let mask = isUsual && flames[sample.tile] == 0 ? -1 : 0
      let (slopeX, slopeY) = (sample.slopeX & mask, sample.slopeY & mask)
      xx &+= slopeX &* slopeX
      xy &+= slopeX &* slopeY
      yy &+= slopeY &* slopeY
      xd &+= slopeX &* difference
      yd &+= slopeY &* difference
    }
    guard xx >= Self.leastSlopes, yy >= Self.leastSlopes else { return (0, 0) }
    // Eight pixels a block, and the slopes are doubled.
    let unit = 16 * Self.parts
    let most = Self.mostPixels * Self.parts
    let divisor = (xx * yy - xy * xy) / unit
    guard divisor > 0 else { return (0, 0) }
    return (
      min(max((yy * xd - xy * yd) / divisor, -most), most),
      min(max((xx * yd - xy * xd) / divisor, -most), most)
    )
  }
}
