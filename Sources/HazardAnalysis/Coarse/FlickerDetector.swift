internal import InspectionModel
internal import PixelKernels

/// Finds the light flicker of flames: places in flame colours whose brightness swings irregularly at 1…12 Hz.
///
/// Where tiles show flame colours, the brightness of their quarters is kept for two seconds (`FlameWatch`) and judged
/// twice a second (`SwingSignal`). Not flicker are: passing red cars (a tile has their colour for a moment), steady
/// lamps and sunsets (nothing swings within half a second), blinkers (two levels, or one lag, explain them). What looks the same
/// as flames to it are red leaves or flags in the wind, and screens. Below eight frames a second flicker cannot be
/// seen: `canJudge` is then false while flame colours show.
struct FlickerDetector: Sendable {
  static let judgeMilliseconds = 500
  static let leastFramesPerSecond = 8
  /// Without flame colours for this long nothing is watched.
  static let idleMilliseconds = 2000
  /// Quarters of tiles of one group that must flicker.
  static let leastCells = 2
  static let beginMilliseconds = 500
  static let endMilliseconds = 3000

  /// Whether enough frames a second came to judge what shows flame colours; true where nothing does.
  private(set) var canJudge = true
  private(set) var state = SustainedState(
    beginMilliseconds: beginMilliseconds, endMilliseconds: endMilliseconds)
  /// Where flames flicker, largest first; empty while the state is off.
  private(set) var boxes: [NormalizedBox] = []

  private var watch: FlameWatch
  private var regions = MarkedRegions()
  private var marks: [UInt8]
  private var lastFlame: Timestamp?
  private var lastJudged: Timestamp?

  init(tiling: CoarseTiling) {
    watch = FlameWatch(tiling)
    marks = [UInt8](repeating: 0, count: tiling.grid.count)
    boxes.reserveCapacity(MarkedRegions.most)
  }

  /// Takes the next frame's tiles; a grey frame shows no flame, and a cut one is passed over.
  mutating func append(_ tiles: CoarseTiles, at time: Timestamp) {
    guard tiles.isWhole else { return }
    if tiles.showsFlame { lastFlame = time }
    guard let lastFlame, time.milliseconds(since: lastFlame) <= Self.idleMilliseconds else {
      watch.clear()
      canJudge = true
      boxes.removeAll(keepingCapacity: true)
      return state.update(false, at: time)
    }
    watch.append(tiles, at: time)
    guard lastJudged.map({ time.milliseconds(since: $0) >= Self.judgeMilliseconds }) ?? true else { return }
    lastJudged = time
    judge(tiles, at: time)
  }

  private mutating func judge(_ tiles: CoarseTiles, at time: Timestamp) {
    guard watch.isLongEnough(at: time) else { return }
    canJudge = watch.framesPerThousandSeconds(at: time) >= 1000 * Self.leastFramesPerSecond
    guard canJudge else {
      boxes.removeAll(keepingCapacity: true)
      return state.update(false, at: time)
    }
    for tile in marks.indices {
      marks[tile] = tiles.flames[tile] > 0 ? MarkedRegions.marked : 0
    }
    let cells = watch.judge(noise256ths: tiles.noise256ths, at: time, marks: &marks)
    if cells >= Self.leastCells {
      regions.find(marks, count: marks.count, grid: tiles.grid)
      regions.fill(&boxes, grid: tiles.grid)
    }
    state.update(cells >= Self.leastCells, at: time)
    if !state.isOn { boxes.removeAll(keepingCapacity: true) }
  }
}
