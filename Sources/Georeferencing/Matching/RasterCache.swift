internal import PixelKernels

/// The ground of the pictures that were compared last, bounded by bytes.
struct RasterCache {
  /// A picture, with a guess whether it was turned by half after the flight.
  struct Key: Hashable {
    let picture: Int
    let isTurnedByHalf: Bool
  }

  private struct Entry {
    let levels: GroundLevels?
    var lastUse: Int
  }

  private var entries: [Key: Entry] = [:]
  private var byteCount = 0
  private var useCount = 0
  private let cellMeters: Double
  private let byteLimit: Int
  /// Pictures whose pixels could not be had.
  private(set) var unreadable: Set<Int> = []

  /// Largest raster, cells: a picture seen at 320 cells a side and any angle needs about 200,000.
  private static let cellLimit = 2_000_000

  init(cellMeters: Double, byteLimit: Int = 192 << 20) {
    self.cellMeters = cellMeters
    self.byteLimit = byteLimit
  }

  /// The ground of a picture; `nil` where it cannot be read or would be too large.
  mutating func levels(
    _ key: Key, _ picture: PictureGeometry, view: PictureView, luma: (Int) throws -> PixelPlane?
  ) rethrows -> GroundLevels? {
    useCount += 1
    if let entry = entries[key] {
      entries[key]?.lastUse = useCount
      return entry.levels
    }
    guard !unreadable.contains(key.picture) else { return nil }
    var levels: GroundLevels?
    if let plane = try luma(key.picture) {
      let turn = picture.orientation.turn(isTurnedByHalf: key.isTurnedByHalf)
      levels = GroundRaster.rectified(
        plane, turn: turn, view: view, cellMeters: cellMeters, cellLimit: Self.cellLimit
      ).map(GroundLevels.init)
    } else {
      unreadable.insert(key.picture)
    }
    entries[key] = Entry(levels: levels, lastUse: useCount)
    byteCount += levels?.byteCount ?? 0
    // The two of the pair at work stay.
    while byteCount > byteLimit, entries.count > 2,
      let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })
    {
      byteCount -= oldest.value.levels?.byteCount ?? 0
      entries[oldest.key] = nil
    }
    return levels
  }
}
