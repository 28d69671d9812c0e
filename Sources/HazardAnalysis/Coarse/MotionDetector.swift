internal import InspectionModel
internal import PixelKernels

/// Finds what moves: tiles that differ from the background and from an earlier frame, with the tiles around them
/// that differ from the background.
///
/// Sensor noise and changes of the light are dealt with before (`NoiseLevel`, `SceneBackground`). Tiles that differ
/// much of the time (leaves in the wind, water) become busy: from then on they move only when they differ by
/// clearly more than they usually do. A road that is seldom free becomes busy, too, but cars that stand out against it
/// still move: what a busy tile may be used to is bounded.
struct MotionDetector: Sendable {
  /// How often tiles are asked whether they differ, for becoming busy.
  static let activityMilliseconds = 200
  /// Share of the time, 65,536ths, above which a tile becomes busy: plants a fifth, others three fifths, for a dense
  /// traffic takes a half; without colours something in between. Below half of its share it no longer is.
  static let busyPlantShare = 13_107
  static let busyShare = 39_322
  static let busyGreyShare = 26_214
  /// 128 questions, 26 s: the time over which the share is meant.
  static let activityShift = 7
  /// The usual distance of a busy tile from the background is one that it exceeds a tenth of the time, 16ths.
  static let usualRise: UInt16 = 9
  static let usualFall: UInt16 = 1
  /// 20 levels over a whole tile: swaying branches stay below, most vehicles do not.
  static let mostUsual: UInt16 = 320
  /// A group of tiles moves when at least this many of its tiles do, or all that it has: one tile may be a fly.
  static let leastTiles = 2

  /// Where things move, largest first.
  private(set) var boxes: [NormalizedBox] = []
  /// Share of the seen tiles that belong to moving groups, thousandths.
  private(set) var shareThousandths = 0
  /// `MarkedRegions.marked` where a tile differs from the background, `strong` where it also moves.
  private(set) var marks: [UInt8]
  /// How many tiles are busy.
  private(set) var busyCount = 0

  private var regions = MarkedRegions()
  private var activity: [UInt16]
  private var isBusy: [UInt8]
  /// Usual distance of busy tiles, 16ths of a level.
  private var usual: [UInt16]
  private var activityTime: Timestamp?

  init(tileCount: Int) {
    marks = [UInt8](repeating: 0, count: tileCount)
    activity = [UInt16](repeating: 0, count: tileCount)
    isBusy = [UInt8](repeating: 0, count: tileCount)
    usual = [UInt16](repeating: 0, count: tileCount)
    boxes.reserveCapacity(MarkedRegions.most)
  }

  /// Whether the next frame must be measured with distances: busy tiles are judged by them.
  var wantsDistances: Bool { busyCount > 0 }

  /// Whether a tile differs much of the time.
  func isBusy(_ tile: Int) -> Bool { isBusy[tile] != 0 }

  /// Whether something moves outside of an area.
  func moves(outside area: [UInt8], count: Int) -> Bool {
    guard !boxes.isEmpty else { return false }
    let marks = marks.span, area = area.span
    precondition(count <= marks.count && count <= area.count, "a mark for each tile")
    var found: UInt16 = 0, tile = 0
    // Marks are 0, 1 and 2; without a branch inside, the loop is compiled to vector code.
    while tile < count {
      found &+= UInt16(area[tile] == 0 ? marks[tile] &>> 1 : 0)
      tile &+= 1
    }
    return found >= min(Self.leastTiles, count)
  }

  /// Takes the next frame's tiles.
  mutating func append(_ meter: CoarseMeter, at time: Timestamp) {
    let tiles = meter.tiles
    guard tiles.seenCount > 0 else { return }
    mark(tiles)
    if busyCount > 0, tiles.distances.count >= tiles.grid.count { judgeBusyTiles(tiles) }
    learnActivity(meter, at: time)
    regions.find(
      marks, count: tiles.seenCount, grid: tiles.grid, leastTiles: min(Self.leastTiles, tiles.seenCount))
    regions.fill(&boxes, grid: tiles.grid)
    shareThousandths = (1000 * regions.tileCount + tiles.seenCount / 2) / tiles.seenCount
  }

  private mutating func mark(_ tiles: CoarseTiles) {
    let foreground = tiles.foreground.span, changed = tiles.changed.span, needed = tiles.neededSamples.span
    var marks = marks.mutableSpan
    for tile in 0..<tiles.seenCount {
      let differs: UInt8 = foreground[tile] >= needed[tile] ? 1 : 0
      let moves: UInt8 = changed[tile] >= needed[tile] ? 1 : 0
      marks[tile] = differs &+ (differs & moves)
    }
    for tile in tiles.seenCount..<marks.count { marks[tile] = 0 }
  }

  /// Takes the mark from busy tiles that differ as they usually do.
  private mutating func judgeBusyTiles(_ tiles: CoarseTiles) {
    for tile in 0..<tiles.seenCount where isBusy[tile] != 0 && marks[tile] != 0 {
      let bound = 3 * Int(usual[tile]) / 2 + 16 * Int(tiles.threshold)
      if Self.distance(tiles, tile) <= bound { marks[tile] = 0 }
    }
  }

  /// Mean distance of a tile from the background, 16ths of a level.
  private static func distance(_ tiles: CoarseTiles, _ tile: Int) -> Int {
    tiles.sixteenths(tiles.distances[tile], tile)
  }

  private mutating func learnActivity(_ meter: CoarseMeter, at time: Timestamp) {
    let tiles = meter.tiles
    guard let last = activityTime else { return activityTime = time }
    let elapsed = time.milliseconds(since: last)
    guard elapsed >= Self.activityMilliseconds else { return }
    activityTime = time
    // A slow camera asks more seldom, so that each answer weighs more; but no single one decides.
    let times = min(elapsed / Self.activityMilliseconds, 16)
    let shift = UInt16(Self.activityShift - (Int.bitWidth - 1 - times.leadingZeroBitCount))
    let knowsDistances = busyCount > 0 && tiles.distances.count >= tiles.grid.count
    busyCount = isBusy[tiles.seenCount...].count { $0 != 0 }
    for tile in 0..<tiles.seenCount {
      let differs = tiles.foreground[tile] >= tiles.neededSamples[tile]
      let share = activity[tile]
      guard differs || share > 0 else { continue }
      activity[tile] = differs ? share + (UInt16.max - share) >> shift : share - max(1, share >> shift)
      // No tile is busy below the lowest share.
      guard isBusy[tile] != 0 || Int(activity[tile]) > Self.busyPlantShare else { continue }
      let busyShare = meter.isVegetation(tile).map { $0 ? Self.busyPlantShare : Self.busyShare }
      let most = busyShare ?? Self.busyGreyShare
      if isBusy[tile] == 0 {
        guard Int(activity[tile]) > most else { continue }
        (isBusy[tile], usual[tile]) = (1, 0)
      } else if 2 * Int(activity[tile]) < most {
        isBusy[tile] = 0
        continue
      } else if knowsDistances {
        let isAbove = Self.distance(tiles, tile) > Int(usual[tile])
        usual[tile] =
          isAbove
          ? min(usual[tile] + Self.usualRise, Self.mostUsual) : usual[tile] - min(usual[tile], Self.usualFall)
      }
      busyCount += 1
    }
  }
}
