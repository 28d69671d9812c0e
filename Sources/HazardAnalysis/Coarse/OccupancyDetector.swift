internal import InspectionModel
internal import PixelKernels

/// Learns where traffic moves, and tells how much of it is occupied and when what stands there does not move on.
///
/// Ground on which things moved often, for many seconds in all, is traffic area, but plants are not. A tile of it is occupied when it
/// does not look like the empty road, which is the usual look that `SlowChangeDetector` keeps. Congested: two fifths
/// of the area are occupied, and half of that shows the same as a moment before, for a minute.
struct OccupancyDetector: Sendable {
  static let stepMilliseconds = 1000
  /// A tile belongs to the area when it moved so many times, and for so long in all.
  static let leastPasses: UInt16 = 5
  static let leastMovingMilliseconds = 4000
  /// What was learnt weighs half as much after this time: roads are closed, cameras see other seasons.
  static let forgetMilliseconds = 7 * 86_400_000
  /// Below this share of the picture, hundredths, there is no road to speak of.
  static let leastAreaHundredths = 2
  static let occupiedThousandths = 400
  static let stillThousandths = 500
  /// Seconds over which both shares are meant: gaps between cars pass a camera.
  static let meanSteps = 8
  static let endMilliseconds = 20_000

  private(set) var state: SustainedState
  /// Share of the traffic area that is occupied, thousandths; `nil` before there is an area.
  private(set) var occupiedThousandths: Int?
  /// Non-zero for tiles of the traffic area.
  private(set) var area: [UInt8]
  /// And for those beside them: what stands on the road may reach beyond where others drove.
  private(set) var surroundings: [UInt8]
  /// Where things stand while congested, largest first.
  private(set) var boxes: [NormalizedBox] = []

  private var clock = StepClock(periodMilliseconds: stepMilliseconds, phaseMilliseconds: 0)
  private var movingMilliseconds: [UInt32]
  private var passes: [UInt16]
  private var wasMoving: [UInt8]
  private var forgotten = 0
  /// 256ths of a thousandth.
  private var meanOccupied = 0
  private var meanStill = 0
  private var marks: [UInt8]
  private var regions = MarkedRegions()

  init(tileCount: Int, settings: CoarseSettings) {
    state = SustainedState(
      beginMilliseconds: settings.congestedMilliseconds, endMilliseconds: Self.endMilliseconds)
    area = [UInt8](repeating: 0, count: tileCount)
    movingMilliseconds = [UInt32](repeating: 0, count: tileCount)
    passes = [UInt16](repeating: 0, count: tileCount)
    (wasMoving, marks, surroundings) = (area, area, area)
    boxes.reserveCapacity(MarkedRegions.most)
  }

  /// Takes the next frame.
  mutating func append(
    _ meter: CoarseMeter, motion: MotionDetector, slow: SlowChangeDetector, at time: Timestamp
  ) {
    let tiles = meter.tiles
    guard tiles.seenCount > 0, let elapsed = clock.step(at: time) else { return }
    learn(meter, motion, elapsed)
    findSurroundings(tiles.grid)
    judge(tiles, slow, at: time)
  }

  /// Passes a frame over that hides the road.
  mutating func hold() { state.hold() }

  private mutating func learn(_ meter: CoarseMeter, _ motion: MotionDetector, _ elapsed: Int) {
    forgotten += elapsed
    let forgets = forgotten >= Self.forgetMilliseconds
    if forgets { forgotten = 0 }
    for tile in 0..<meter.tiles.seenCount {
      if forgets {
        (movingMilliseconds[tile], passes[tile]) = (movingMilliseconds[tile] / 2, passes[tile] / 2)
      }
      let isMoving: UInt8 = motion.marks[tile] == MarkedRegions.strong ? 1 : 0
      guard isMoving | wasMoving[tile] | area[tile] != 0 else { continue }
      if isMoving != 0, meter.isVegetation(tile) != true {
        movingMilliseconds[tile] = min(movingMilliseconds[tile] + UInt32(elapsed), 1 << 30)
        if wasMoving[tile] == 0 { passes[tile] = min(passes[tile] + 1, 1000) }
      }
      wasMoving[tile] = isMoving
      area[tile] =
        passes[tile] >= Self.leastPasses && Int(movingMilliseconds[tile]) >= Self.leastMovingMilliseconds
        ? 1 : 0
    }
  }

  private mutating func findSurroundings(_ grid: TileGrid) {
    for tile in surroundings.indices { surroundings[tile] = 0 }
    for tile in area.indices where area[tile] != 0 {
      let (row, column) = tile.quotientAndRemainder(dividingBy: grid.columns)
      for y in max(0, row - 1)...min(grid.rows - 1, row + 1) {
        for x in max(0, column - 1)...min(grid.columns - 1, column + 1) {
          surroundings[y * grid.columns + x] = 1
        }
      }
    }
  }

  private mutating func judge(_ tiles: CoarseTiles, _ slow: SlowChangeDetector, at time: Timestamp) {
    var (known, occupied, still, total) = (0, 0, 0, 0)
    for tile in 0..<tiles.seenCount {
      marks[tile] = 0
      guard area[tile] != 0 else { continue }
      total += 1
      guard let isUsual = slow.isUsual(tile, tiles) else { continue }
      known += 1
      guard !isUsual else { continue }
      occupied += 1
      let isStill = tiles.changed[tile] < tiles.neededSamples[tile]
      if isStill { still += 1 }
      marks[tile] = isStill ? MarkedRegions.strong : MarkedRegions.marked
    }
    guard 100 * total >= Self.leastAreaHundredths * tiles.seenCount, 2 * known >= total else {
      occupiedThousandths = nil
      (meanOccupied, meanStill) = (0, 0)
      return state.update(false, at: time)
    }
    let share = 1000 * occupied / known
    occupiedThousandths = share
    meanOccupied += (256 * share - meanOccupied) / Self.meanSteps
    meanStill += (256 * 1000 * still / max(1, occupied) - meanStill) / Self.meanSteps
    state.update(
      meanOccupied >= 256 * Self.occupiedThousandths && meanStill >= 256 * Self.stillThousandths, at: time)
    boxes.removeAll(keepingCapacity: true)
    guard state.isOn else { return }
    regions.find(marks, count: tiles.seenCount, grid: tiles.grid)
    regions.fill(&boxes, grid: tiles.grid)
  }
}
