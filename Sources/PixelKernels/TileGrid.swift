package import InspectionModel

/// How a plane divides into square tiles: the last tile of a row or column takes the remainder, so that every
/// sample belongs to exactly one tile and no tile is a sliver.
package struct TileGrid: Sendable, Hashable {
  package let widthPixels: Int
  package let heightPixels: Int
  /// Side of an inner tile, samples, 1…64.
  package let tile: Int
  package let columns: Int
  package let rows: Int

  /// - Parameters:
  ///   - columns: tiles a row; `nil` for as many whole tiles as fit, at least one.
  ///   - rows: rows of tiles; `nil` as for `columns`.
  /// - Precondition: a tile side of 1…64 samples, no negative size, and no last tile that is empty or longer
  ///   than two sides.
  package init(widthPixels: Int, heightPixels: Int, tile: Int, columns: Int? = nil, rows: Int? = nil) {
    precondition((1...64).contains(tile), "a tile has a side of 1 to 64 samples")
    precondition(widthPixels >= 0 && heightPixels >= 0, "a plane has no negative side")
    (self.widthPixels, self.heightPixels, self.tile) = (widthPixels, heightPixels, tile)
    self.columns = columns ?? max(1, widthPixels / tile)
    self.rows = rows ?? max(1, heightPixels / tile)
    for (extent, count) in [(widthPixels, self.columns), (heightPixels, self.rows)] where extent > 0 {
      let last = extent - (count - 1) * tile
      precondition(count > 0 && last > 0 && last <= 2 * tile, "the last tile takes at most two sides")
    }
  }

  /// Number of tiles.
  package var count: Int { columns * rows }

  /// The samples of a column of tiles, left to right.
  package func columnRange(_ column: Int) -> Range<Int> {
    column * tile..<(column + 1 == columns ? widthPixels : (column + 1) * tile)
  }

  /// The samples of a row of tiles, top down.
  package func rowRange(_ row: Int) -> Range<Int> {
    row * tile..<(row + 1 == rows ? heightPixels : (row + 1) * tile)
  }

  /// Samples in a tile.
  package func sampleCount(column: Int, row: Int) -> Int { columnRange(column).count * rowRange(row).count }

  /// The part of the picture that a block of tiles covers.
  package func box(columns: ClosedRange<Int>, rows: ClosedRange<Int>) -> NormalizedBox {
    let left = columnRange(columns.lowerBound).lowerBound, right = columnRange(columns.upperBound).upperBound
    let top = rowRange(rows.lowerBound).lowerBound, bottom = rowRange(rows.upperBound).upperBound
    let (width, height) = (Double(max(1, widthPixels)), Double(max(1, heightPixels)))
    return NormalizedBox(
      x: Double(left) / width, y: Double(top) / height, width: Double(right - left) / width,
      height: Double(bottom - top) / height)
  }
}
