internal import PixelKernels

/// Where a picture of at most 128 x 128 samples has its strongest edges, and weaker ones: one bit a sample, one word a
/// row.
struct EdgeMap: Sendable {
  static let mostSide = 128
  /// Share of the samples that are edges at most, hundredths: the strongest.
  static let shareHundredths = 12
  /// And of those that are at least weak edges.
  static let weakHundredths = 35
  /// Weaker ones are noise, levels over two samples.
  static let leastGradient = 8

  private(set) var rows: [UInt128] = []
  /// Edges and weak ones.
  private(set) var weakRows: [UInt128] = []
  private(set) var width = 0
  /// Number of edge samples.
  private(set) var count = 0
  /// Gradients above this are edges, levels over two samples.
  private(set) var strength = 0
  private var gradients: [UInt16] = []
  private var histogram = [Int32](repeating: 0, count: 511)

  var height: Int { rows.count }

  /// A map of the given rows, bit x of row y for a sample's edge; for the reference.
  mutating func set(_ rows: [UInt128], width: Int) {
    self.rows = rows
    self.width = width
    count = rows.reduce(0) { $0 + $1.nonzeroBitCount }
  }

  /// Finds the edges of a plane.
  ///
  /// - Parameter noise: by how much noise alone makes a gradient stronger.
  mutating func find(in plane: PixelPlane, noise: Int) {
    precondition(plane.widthPixels <= Self.mostSide && plane.heightPixels <= Self.mostSide, "a small plane")
    (width, count) = (plane.widthPixels, 0)
    let height = plane.heightPixels
    if rows.count != height { rows = [UInt128](repeating: 0, count: height) }
    if weakRows.count != height { weakRows = rows }
    if gradients.count < width * height { gradients = [UInt16](repeating: 0, count: width * height) }
    for index in histogram.indices { histogram[index] = 0 }
    for y in 0..<height { (rows[y], weakRows[y]) = (0, 0) }
    guard width > 2, height > 2 else { return }
    fillGradients(plane)
    strength = threshold(hundredths: Self.shareHundredths, noise: noise)
    let weak = threshold(hundredths: Self.weakHundredths, noise: noise)
    for y in 1..<height - 1 {
      var row: UInt128 = 0, weakRow: UInt128 = 0
      for x in 1..<width - 1 where Int(gradients[y * width + x]) > weak {
        weakRow |= 1 << UInt128(x)
        if Int(gradients[y * width + x]) > strength { row |= 1 << UInt128(x) }
      }
      (rows[y], weakRows[y]) = (row, weakRow)
      count += row.nonzeroBitCount
    }
  }

  /// The gradient that no more than so many hundredths of the samples exceed, and that noise does not reach.
  private func threshold(hundredths: Int, noise: Int) -> Int {
    var above = 0, threshold = 510
    while threshold > Self.leastGradient + noise {
      above += Int(histogram[threshold])
      if 100 * above > hundredths * width * height { break }
      threshold -= 1
    }
    return threshold
  }

  private mutating func fillGradients(_ plane: PixelPlane) {
    let samples = plane.samples.span, stride = plane.strideBytes
    for y in 1..<plane.heightPixels - 1 {
      for x in 1..<width - 1 {
        let place = y * stride + x
        let across = abs(Int(samples[place + 1]) - Int(samples[place - 1]))
        let down = abs(Int(samples[place + stride]) - Int(samples[place - stride]))
        gradients[y * width + x] = UInt16(across + down)
        histogram[across + down] += 1
      }
    }
  }

  /// Hundredths of this map's edges that another one shows, moved by so many samples; `nil` where less than half of
  /// them would lie inside of the picture.
  func overlap(with other: EdgeMap, x: Int, y: Int) -> Int? {
    var inside = 0, shown = 0
    // Samples that stay inside when they are moved.
    let all = width == Self.mostSide ? UInt128.max : (1 << UInt128(width)) - 1
    let stays = x >= 0 ? all >> UInt128(x) : all & (all << UInt128(-x))
    for row in max(0, -y)..<max(0, min(height, height - y)) where row >= -y {
      let edges = rows[row] & stays
      guard edges != 0 else { continue }
      inside += edges.nonzeroBitCount
      let moved = other.rows[row + y]
      shown += (edges & (x >= 0 ? moved >> UInt128(x) : moved << UInt128(-x))).nonzeroBitCount
    }
    return 2 * inside >= count && inside > 0 ? 100 * shown / inside : nil
  }

  /// Edges of a rectangle, and those of them that are at least weak ones in another map, moved by so many samples.
  func weakOverlap(
    with other: EdgeMap, x: Int, y: Int, columns: Range<Int>, rows range: Range<Int>
  ) -> (inside: Int, shown: Int) {
    var inside = 0, shown = 0
    let mask = (UInt128.max >> UInt128(128 - columns.count)) << UInt128(columns.lowerBound)
    for row in range where (0..<height).contains(row + y) {
      let edges = rows[row] & mask, moved = other.weakRows[row + y]
      inside += edges.nonzeroBitCount
      shown += (edges & (x >= 0 ? moved >> UInt128(x) : moved << UInt128(-x))).nonzeroBitCount
    }
    return (inside, shown)
  }
}
