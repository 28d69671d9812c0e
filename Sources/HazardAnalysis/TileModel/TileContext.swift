package import PixelKernels

/// What the model sees of each tile: its own features, the means of its surroundings and of the whole picture.
///
/// Features are standardised to integers of 1/64 standard deviation, -512…511. Blank tiles count nowhere.
package struct TileContext: Sendable {
  /// Parts of a tile's input: itself, the 3x3 tiles around it, the 7x7 tiles around it.
  package static let partCount = 3
  static let nearRadius = 1
  static let wideRadius = 3
  static let limit = 512

  /// `partCount` x `TileFeature.count` values a tile, tile by tile; those of blank tiles have no meaning.
  package private(set) var inputs: [Int16] = []
  /// Means over the picture's tiles: `TileFeature.count` values.
  package private(set) var picture = [Int16](repeating: 0, count: TileFeature.count)
  package private(set) var isBlank: [Bool] = []
  /// Tiles that are not blank.
  package private(set) var visibleCount = 0
  /// Sums over all tiles above and left of a corner, with the number of tiles as the last value.
  private var corners: [Int32] = []

  /// Empty until `fill`.
  package init() {}

  /// Fills everything from the raw features of a grid.
  package mutating func fill(
    _ grid: TileGrid, features: [Int16], highest: [UInt8], scaling: TileModel.Scaling
  ) {
    resize(grid)
    visibleCount = 0
    for tile in 0..<grid.count {
      isBlank[tile] = highest[tile] < TileFeatures.blankBelowLuma
      if !isBlank[tile] { visibleCount += 1 }
      scaling.standardize(features, tile, into: &inputs)
    }
    sum(grid)
    average(grid)
  }

  private mutating func resize(_ grid: TileGrid) {
    let inputCount = grid.count * Self.partCount * TileFeature.count
    let cornerCount = (grid.columns + 1) * (grid.rows + 1) * (TileFeature.count + 1)
    if inputs.count < inputCount { inputs = [Int16](repeating: 0, count: inputCount) }
    if isBlank.count < grid.count { isBlank = [Bool](repeating: false, count: grid.count) }
    if corners.count < cornerCount { corners = [Int32](repeating: 0, count: cornerCount) }
  }

  /// Fills `corners`: each box sum is then four look-ups, whatever its size.
  private mutating func sum(_ grid: TileGrid) {
    let length = TileFeature.count + 1, stride = (grid.columns + 1) * length
    for index in 0..<stride { corners[index] = 0 }
    for row in 0..<grid.rows {
      let line = (row + 1) * stride
      for index in line..<line + length { corners[index] = 0 }
      for column in 0..<grid.columns {
        let tile = row * grid.columns + column
        let source = tile * Self.partCount * TileFeature.count
        let corner = line + (column + 1) * length
        for index in 0..<length {
          let value: Int32 =
            isBlank[tile] ? 0 : index == TileFeature.count ? 1 : Int32(inputs[source + index])
          corners[corner + index] =
            value &+ corners[corner + index - length] &+ corners[corner + index - stride]
            &- corners[corner + index - stride - length]
        }
      }
    }
  }

  private mutating func average(_ grid: TileGrid) {
    let length = TileFeature.count
    Self.average(corners, grid, columns: 0..<grid.columns, rows: 0..<grid.rows, into: &picture, at: 0)
    for row in 0..<grid.rows {
      for column in 0..<grid.columns where !isBlank[row * grid.columns + column] {
        let base = (row * grid.columns + column) * Self.partCount * length
        for (part, radius) in [(1, Self.nearRadius), (2, Self.wideRadius)] {
          Self.average(
            corners, grid, columns: max(0, column - radius)..<min(grid.columns, column + radius + 1),
            rows: max(0, row - radius)..<min(grid.rows, row + radius + 1), into: &inputs,
            at: base + part * length)
        }
      }
    }
  }

  /// Writes a box's mean of each feature, rounded to nearest (half up); zeros for a box of blank tiles.
  private static func average(
    _ corners: [Int32], _ grid: TileGrid, columns: Range<Int>, rows: Range<Int>, into out: inout [Int16],
    at start: Int
  ) {
    let length = TileFeature.count + 1, stride = (grid.columns + 1) * length
    let top = rows.lowerBound * stride, bottom = rows.upperBound * stride
    let left = columns.lowerBound * length, right = columns.upperBound * length
    func total(_ index: Int) -> Int32 {
      corners[bottom + right + index] &- corners[bottom + left + index] &- corners[top + right + index]
        &+ corners[top + left + index]
    }
    let count = total(TileFeature.count), limit = Int32(TileContext.limit)
    for index in 0..<TileFeature.count {
      // The offset keeps the dividend positive, so that division rounds down everywhere.
      out[start + index] =
        count == 0
        ? 0 : Int16(truncatingIfNeeded: (total(index) &+ limit &* count &+ count / 2) / count &- limit)
    }
  }
}
