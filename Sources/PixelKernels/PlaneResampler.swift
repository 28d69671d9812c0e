package import FrameMemory

/// Brings a plane from one size to another: reduces by the mean of the area under each sample, enlarges along straight
/// lines between samples, each direction by itself.
///
/// Rows are weighted by 256ths and columns by 4,096ths that add up to one, so that a flat plane stays what it is.
package struct PlaneResampler: Sendable {
  private static let rowUnit: UInt32 = 256
  private static let columnUnit: UInt32 = 4096

  /// The source samples of one target sample along one direction.
  struct Taps: Sendable, Hashable {
    var first: Int
    var weights: [UInt32]
  }

  /// First source column, number of columns and place in `columnWeights` of a target column.
  private struct Column: Sendable {
    var first: Int32
    var count: Int32
    var place: Int32
  }

  private var width = 0
  private var height = 0
  private var sourceWidth = 0
  private var sourceHeight = 0
  private var rows: [Taps] = []
  private var columns: [Column] = []
  private var columnWeights: [UInt32] = []
  private var sums: [UInt16] = []

  package init() {}

  /// The size of a picture whose longer side is brought to a length: both sides by one factor, rounded to the nearest
  /// sample; a smaller picture is not enlarged.
  package static func size(widthPixels: Int, heightPixels: Int, longestSidePixels: Int) -> (
    width: Int, height: Int
  ) {
    let longer = max(widthPixels, heightPixels)
    guard longer > longestSidePixels else { return (widthPixels, heightPixels) }
    func scaled(_ side: Int) -> Int { max(1, (2 * side * longestSidePixels + longer) / (2 * longer)) }
    return (scaled(widthPixels), scaled(heightPixels))
  }

  /// Fills a plane of the given size; weights are kept for the next plane of these sizes.
  package mutating func resample(
    _ plane: PlaneView, widthPixels: Int, heightPixels: Int, into out: inout PixelPlane
  ) {
    precondition(widthPixels > 0 && heightPixels > 0, "a plane has samples")
    precondition(plane.widthPixels > 0 && plane.heightPixels > 0, "a plane has samples")
    guard plane.widthPixels != widthPixels || plane.heightPixels != heightPixels else {
      return out.copy(plane)
    }
    prepare(plane, widthPixels, heightPixels)
    out.resize(widthPixels: widthPixels, heightPixels: heightPixels)
    for y in 0..<heightPixels {
      for x in 0..<sourceWidth { sums[x] = 0 }
      for (index, weight) in rows[y].weights.enumerated() where weight > 0 {
        let row = (rows[y].first + index) * plane.strideBytes
        Self.add(plane.samples.extracting(row..<row + sourceWidth), UInt16(weight), to: &sums)
      }
      reduce(into: &out.samples, at: y * out.strideBytes)
    }
  }

  /// Adds a weighted row of the source to the sums, at most 255 times 256.
  private static func add(_ row: Span<UInt8>, _ weight: UInt16, to sums: inout [UInt16]) {
    var sums = sums.mutableSpan
    let count = row.count
    precondition(count <= sums.count, "a sum for each sample")
    // Without any check inside, the loop is compiled to vector code.
    var x = 0
    while x < count {
      sums[x] &+= UInt16(row[x]) &* weight
      x &+= 1
    }
  }

  /// Weights the sums of the columns: at most 255 times 2^20, and the half.
  private func reduce(into samples: inout [UInt8], at place: Int) {
    let columns = columns.span, weights = columnWeights.span, sums = sums.span
    var samples = samples.mutableSpan
    for x in 0..<columns.count {
      let column = columns[x], first = Int(column.first), weight = Int(column.place)
      var sum: UInt32 = 1 << 19
      for tap in 0..<Int(column.count) { sum &+= UInt32(sums[first + tap]) &* weights[weight + tap] }
      samples[place + x] = UInt8(truncatingIfNeeded: sum &>> 20)
    }
  }

  private mutating func prepare(_ plane: PlaneView, _ widthPixels: Int, _ heightPixels: Int) {
    guard
      (width, height, sourceWidth, sourceHeight)
        != (widthPixels, heightPixels, plane.widthPixels, plane.heightPixels)
    else { return }
    (width, height, sourceWidth, sourceHeight) = (
      widthPixels, heightPixels, plane.widthPixels, plane.heightPixels
    )
    rows = Self.taps(from: sourceHeight, to: height, unit: Self.rowUnit)
    columns = []
    columnWeights = []
    for taps in Self.taps(from: sourceWidth, to: width, unit: Self.columnUnit) {
      columns.append(
        Column(
          first: Int32(taps.first), count: Int32(taps.weights.count), place: Int32(columnWeights.count)))
      columnWeights += taps.weights
    }
    sums = [UInt16](repeating: 0, count: sourceWidth)
  }

  /// The taps of each of `count` target samples of `source` samples.
  static func taps(from source: Int, to count: Int, unit: UInt32) -> [Taps] {
    (0..<count).map {
      count <= source ? areaTaps($0, source, count, unit) : lineTaps($0, source, count, unit)
    }
  }

  /// In units of 1/count of a source sample, a target sample covers `source` of them.
  private static func areaTaps(_ index: Int, _ source: Int, _ count: Int, _ one: UInt32) -> Taps {
    let begin = index * source, end = begin + source
    let first = begin / count, last = (end - 1) / count
    // The rounded shares up to each sample, so that the differences add up to one.
    func share(upTo place: Int) -> UInt32 { UInt32(((place - begin) * Int(one) + source / 2) / source) }
    return Taps(
      first: first,
      weights: (first...last).map { sample in
        share(upTo: min(end, (sample + 1) * count)) - share(upTo: max(begin, sample * count))
      })
  }

  /// Between the centres of two neighbours; beyond the outer centres the outer sample.
  private static func lineTaps(_ index: Int, _ source: Int, _ count: Int, _ one: UInt32) -> Taps {
    let place = (2 * index + 1) * source - count, unit = 2 * count
    guard place > 0 else { return Taps(first: 0, weights: [one]) }
    let (first, rest) = place.quotientAndRemainder(dividingBy: unit)
    guard first + 1 < source else { return Taps(first: source - 1, weights: [one]) }
    let second = UInt32((rest * Int(one) + count) / unit)
    return Taps(first: first, weights: [one - second, second])
  }
}
