internal import InspectionModel
internal import PixelKernels

/// Remembers where lamps shine at night, and tells which are out: one, or a row at once.
///
/// A lamp is a spot that stands out from its dark surroundings for an hour of the night (`CoarseSettings`), steadily
/// and without anything moving there. It is out when it has not shone for a minute while lamps were due: when the
/// picture's dark parts are no brighter than they usually are with the lamps on. So neither dawn nor dusk is a
/// failure, and a lamp that has not shone yet this night gets ten minutes. A lorry that passes hides a lamp for less
/// than a minute; one that stands before it looks like a failure. A light that has gone out and come back twice is
/// switched by somebody (a shop's window) and is no longer watched.
struct LampWatch: Sendable {
  /// How often the lamps are looked at.
  static let outMilliseconds = 60_000
  static let lateMilliseconds = 600_000
  /// A lamp that shines again must do so for this long.
  static let backMilliseconds = 10_000
  /// Lamps that fail within this time of one another are a row: three or more, or all there are.
  static let rowMilliseconds = 15_000
  static let leastRow = 3
  /// Columns of tiles within which spots are of one lamp.
  static let lampColumns = 2
  /// A lamp's brightest block, and by how much it stands out from the median around it, levels.
  static let leastLevel = 80
  static let leastContrast = 45
  /// Tiles around a lamp in each direction that its surroundings are.
  static let reach = 2
  /// The dark parts may be so much brighter than usual, levels, for lamps to be due.
  static let ambientMargin = 8
  /// Time over which the usual brightness of the dark parts is meant.
  static let ambientMilliseconds = 1_800_000
  /// A light that went out and came back so often is switched.
  static let mostReturns = 2
  static let mostSpots = 256

  /// A spot of light: a lamp, or the ground that it lights.
  struct Spot: Sendable {
    let tile: Int
    /// Its brightest block when it shines.
    var usual: UInt8
    var out: SustainedState
    /// The outage that it belongs to, 0 for none.
    var outage = 0
    var isLit = true
    /// Whether it has shone in the present night.
    var hasShone = true
    var returns = 0
  }

  /// Lamps that went out together.
  struct Outage: Sendable {
    let number: Int
    let since: Timestamp
    let box: NormalizedBox
    let lampCount: Int
    var isRow: Bool
  }

  private(set) var outages: [Outage] = []
  /// Outages that the last measures ended.
  private(set) var ended: [Outage] = []

  private var spots: [Spot] = []
  private let learningMilliseconds: Int
  /// For how long each tile has looked like a lamp.
  private var shining: [Int32]
  private var isSpotTile: [Bool]
  private var nextNumber = 1
  /// Usual brightness of the dark parts with the lamps on, 256ths of a level; `nil` before it is known.
  private var ambient256ths: Int?
  private var dueMilliseconds = 0
  private var around: [UInt8] = []

  init(tileCount: Int, settings: CoarseSettings) {
    learningMilliseconds = settings.lampLearningMilliseconds
    shining = [Int32](repeating: 0, count: tileCount)
    isSpotTile = [Bool](repeating: false, count: tileCount)
  }

  /// Takes a second's measures.
  ///
  /// - Parameters:
  ///   - elapsed: milliseconds since those before.
  ///   - motion: of the frame, see `MotionDetector.marks`.
  mutating func append(
    _ tiles: CoarseTiles, _ detail: TileDetail, motion: [UInt8], elapsed: Int, at time: Timestamp
  ) {
    ended.removeAll(keepingCapacity: true)
    guard tiles.isWhole else { return }
    guard detail.light.isNight else {
      dueMilliseconds = 0
      for index in spots.indices { spots[index].hasShone = false }
      return
    }
    learn(tiles, detail, motion: motion, elapsed: elapsed)
    guard !spots.isEmpty else { return }
    judge(tiles.grid, detail, elapsed: elapsed, at: time)
  }
}

extension LampWatch {
  /// Lets tiles that look like lamps become lamps.
  private mutating func learn(
    _ tiles: CoarseTiles, _ detail: TileDetail, motion: [UInt8], elapsed: Int
  ) {
    for tile in 0..<tiles.grid.count where !isSpotTile[tile] {
      if detail.highest[tile] >= Self.leastLevel, motion[tile] == 0, isSpot(tile, tiles, detail) {
        shining[tile] += Int32(elapsed)
        if Int(shining[tile]) >= learningMilliseconds { add(tile, tiles.grid, detail.highest[tile]) }
      } else {
        // As quickly as it came: what shines half of the night is no street lamp.
        shining[tile] = max(0, shining[tile] - Int32(elapsed))
      }
    }
  }

  /// Whether a tile is the brightest around and stands out from what lies there.
  private mutating func isSpot(_ tile: Int, _ tiles: CoarseTiles, _ detail: TileDetail) -> Bool {
    let grid = tiles.grid, level = detail.highest[tile]
    let (row, column) = tile.quotientAndRemainder(dividingBy: grid.columns)
    around.removeAll(keepingCapacity: true)
    for y in max(0, row - Self.reach)...min(grid.rows - 1, row + Self.reach) {
      for x in max(0, column - Self.reach)...min(grid.columns - 1, column + Self.reach) {
        let other = y * grid.columns + x
        let isNext = abs(y - row) <= 1 && abs(x - column) <= 1
        // Of equal neighbours the first is the lamp.
        if isNext, detail.highest[other] > level || other < tile && detail.highest[other] == level {
          return false
        }
        around.append(tiles.means[other])
      }
    }
    around.sort()
    return Int(level) >= Int(around[around.count / 2]) + Self.leastContrast
  }

  private mutating func add(_ tile: Int, _ grid: TileGrid, _ level: UInt8) {
    shining[tile] = 0
    // The light of one lamp may have its brightest tile now here, now there.
    let isNew = !spots.contains { Self.areNext($0.tile, tile, grid) }
    guard isNew, spots.count < Self.mostSpots else { return }
    isSpotTile[tile] = true
    spots.append(
      Spot(
        tile: tile, usual: level,
        out: SustainedState(
          beginMilliseconds: Self.outMilliseconds, endMilliseconds: Self.backMilliseconds)))
  }

  private static func areNext(_ one: Int, _ other: Int, _ grid: TileGrid) -> Bool {
    abs(one / grid.columns - other / grid.columns) <= 1 && abs(one % grid.columns - other % grid.columns) <= 1
  }

  private mutating func judge(
    _ grid: TileGrid, _ detail: TileDetail, elapsed: Int, at time: Timestamp
  ) {
    for index in spots.indices {
      let level = Self.brightest(around: spots[index].tile, grid, detail)
      // Half as bright above the dark as usual: dirt, rain and a neighbour's light change less or more than that.
      let dark = detail.light.median, usual = Int(spots[index].usual)
      spots[index].isLit = 2 * (Int(level) - dark) >= usual - dark
      guard spots[index].isLit else { continue }
      spots[index].hasShone = true
      spots[index].usual = UInt8((7 * usual + Int(level) + 4) / 8)
    }
    let isDue = learnAmbient(detail, elapsed: elapsed)
    dueMilliseconds = isDue ? dueMilliseconds + elapsed : 0
    for index in spots.indices {
      let mayFail = isDue && (spots[index].hasShone || dueMilliseconds >= Self.lateMilliseconds)
      // While lamps are not due nothing speaks for a failure, and nothing against one.
      guard spots[index].isLit || mayFail else { continue }
      let wasOut = spots[index].out.isOn
      spots[index].out.update(!spots[index].isLit, at: time)
      if wasOut, !spots[index].out.isOn { spots[index].returns += 1 }
    }
    report(grid, at: time)
  }

  /// The brightest block of a tile and those around it: wind moves the picture of a lamp.
  private static func brightest(around tile: Int, _ grid: TileGrid, _ detail: TileDetail) -> UInt8 {
    let (row, column) = tile.quotientAndRemainder(dividingBy: grid.columns)
    var level: UInt8 = 0
    for y in max(0, row - 1)...min(grid.rows - 1, row + 1) {
      for x in max(0, column - 1)...min(grid.columns - 1, column + 1) {
        level = max(level, detail.highest[y * grid.columns + x])
      }
    }
    return level
  }

  /// Learns how bright the dark parts are while most lamps shine; whether lamps are due now.
  private mutating func learnAmbient(_ detail: TileDetail, elapsed: Int) -> Bool {
    let now = 256 * detail.light.percentile25
    let usual = ambient256ths ?? now
    if 2 * spots.count(where: \.isLit) >= spots.count {
      ambient256ths = usual + (now - usual) * elapsed / Self.ambientMilliseconds
    }
    return ambient256ths != nil && now <= usual + 256 * Self.ambientMargin
  }

  /// Decides what is told: spots that failed together are one outage, of a row where they are several lamps.
  private mutating func report(_ grid: TileGrid, at time: Timestamp) {
    // Not before the end of its failure has been told.
    spots.removeAll { $0.returns >= Self.mostReturns && $0.outage == 0 && !$0.out.isOn }
    endOutages()
    let waiting = spots.indices.filter { spots[$0].out.isOn && spots[$0].outage == 0 }
    guard let first = waiting.compactMap({ spots[$0].out.since }).min(),
      time.milliseconds(since: first) >= Self.outMilliseconds + Self.rowMilliseconds
    else { return }
    let together = waiting.filter {
      spots[$0].out.since!.milliseconds(since: first) <= Self.rowMilliseconds
    }
    let lamps = Self.lamps(together.map { spots[$0].tile }, grid)
    let isRow = lamps.count >= Self.leastRow || lamps.count > 1 && together.count == spots.count
    for lamp in isRow ? [lamps.flatMap(\.self)] : lamps {
      let columns = lamp.map { $0 % grid.columns }, rows = lamp.map { $0 / grid.columns }
      outages.append(
        Outage(
          number: nextNumber, since: first,
          box: grid.box(columns: columns.min()!...columns.max()!, rows: rows.min()!...rows.max()!),
          lampCount: isRow ? lamps.count : 1, isRow: isRow))
      for index in together where lamp.contains(spots[index].tile) { spots[index].outage = nextNumber }
      nextNumber += 1
    }
  }

  /// Tiles one above the other are of one lamp: its head and the ground below.
  private static func lamps(_ tiles: [Int], _ grid: TileGrid) -> [[Int]] {
    var lamps: [[Int]] = []
    for tile in tiles.sorted(by: { ($0 % grid.columns, $0) < ($1 % grid.columns, $1) }) {
      if let last = lamps.last?.last, tile % grid.columns - last % grid.columns <= Self.lampColumns {
        lamps[lamps.count - 1].append(tile)
      } else {
        lamps.append([tile])
      }
    }
    return lamps
  }

  /// An outage is over when half of its spots shine again; the others are then out for themselves.
  private mutating func endOutages() {
    for outage in outages {
      let members = spots.indices.filter { spots[$0].outage == outage.number }
      guard 2 * members.count(where: { spots[$0].out.isOn }) <= members.count else { continue }
      for index in members { spots[index].outage = 0 }
      outages.removeAll { $0.number == outage.number }
      ended.append(outage)
    }
  }
}
