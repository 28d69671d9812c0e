internal import FrameMemory
internal import InspectionModel
internal import PixelKernels

/// The picture without what comes and goes: follows the frames by one level a second, and changes of the light at
/// once.
///
/// A sigma-delta background settles on the value that a sample is above as often as below, so that passing things
/// hardly move it; a thing that stops becomes background within its contrast's number of seconds.
struct SceneBackground: Sendable {
  /// Time for one level.
  static let stepMilliseconds = 1000
  /// At first it takes this time only, so that things which the first frame happened to show fade soon.
  static let learningStepMilliseconds = 200
  static let learningMilliseconds = 10_000
  /// Steps that one frame may make up for where frames come more seldom than steps: a thing that shows in one frame
  /// must leave no trace that differs.
  static let mostSteps = 3
  /// The light is looked at with each step, and when this share of the tiles, hundredths, differs that did not with the
  /// frame before; it may have changed where the means of as many do.
  static let lightShareHundredths = 25
  /// A tile follows a change of the light within so many levels, and noise: the background itself swings by one.
  static let lightTolerance = 2
  /// Where half of the picture differs and stands for this long, the background starts anew.
  static let standingShareHundredths = 50
  static let standingMilliseconds = 5000

  private(set) var plane = PixelPlane()
  /// The share of the seen tiles that differ, hundredths.
  private(set) var differingHundredths = 0
  /// Whether the light changed with the frame that was compared last.
  private(set) var lightChanged = false
  private var light = LightMeter()
  private var started: Timestamp?
  private var stepTime: Timestamp?
  private var standingSince: Timestamp?
  private var sums: [UInt32] = []
  private var squares: [UInt32] = []
  private var means: [UInt8] = []
  private var spareCounts: [UInt16] = []

  /// Fills `tiles.foreground`, then follows the frame.
  ///
  /// - Parameter isStep: whether the frame stands for its step, see `CoarseMeter`.
  mutating func compare(
    _ tiles: inout CoarseTiles, at time: Timestamp, isStep: Bool, kernels: PixelKernels
  ) {
    lightChanged = false
    guard started != nil else {
      start(tiles, at: time)
      kernels.countChanges(
        tiles.luma, plane, threshold: tiles.threshold, grid: tiles.grid, counts: &tiles.foreground)
      return
    }
    let steps = dueSteps(at: time)
    kernels.updateBackground(
      tiles.luma, background: &plane, threshold: tiles.threshold, step: steps > 0 ? 1 : 0, grid: tiles.grid,
      counts: &tiles.foreground)
    for _ in 1..<max(1, steps) {
      kernels.updateBackground(
        tiles.luma, background: &plane, threshold: tiles.threshold, step: 1, grid: tiles.grid,
        counts: &spareCounts)
    }
    let before = differingHundredths
    differingHundredths = 100 * tiles.count(tiles.foreground) / tiles.seenCount
    let jumps = differingHundredths >= before + Self.lightShareHundredths
    if jumps, !isStep { tiles.divideSums() }
    if isStep || jumps { followLight(&tiles, kernels: kernels) }
    startWhereAllStands(tiles, at: time)
  }

  private mutating func start(_ tiles: CoarseTiles, at time: Timestamp) {
    plane.copy(tiles.luma.view)
    (started, stepTime, standingSince) = (time, time, nil)
    differingHundredths = 0
  }

  private mutating func dueSteps(at time: Timestamp) -> Int {
    guard let started, let last = stepTime else { return 0 }
    let isLearning = time.milliseconds(since: started) < Self.learningMilliseconds
    let step = isLearning ? Self.learningStepMilliseconds : Self.stepMilliseconds
    let due = time.milliseconds(since: last) / step
    guard due > 0 else { return 0 }
    // What is left over counts for the next step, but for gaps.
    stepTime =
      due > Self.mostSteps
      ? time : last.advanced(byNanoseconds: Int64(due * step) * 1_000_000)
    return min(due, Self.mostSteps)
  }

  private mutating func followLight(_ tiles: inout CoarseTiles, kernels: PixelKernels) {
    kernels.tileMoments(plane, grid: tiles.grid, sums: &sums, squares: &squares)
    tiles.divide(sums, into: &means)
    let tolerance = Self.lightTolerance + tiles.noise256ths / 256
    guard 100 * differing(tiles, by: tolerance) >= Self.lightShareHundredths * tiles.seenCount,
      light.findChange(before: means, after: tiles.means, count: tiles.seenCount, tolerance: tolerance)
    else { return }
    lightChanged = true
    CoarsePlanes.apply(light.levels, to: &plane)
    kernels.countChanges(
      tiles.luma, plane, threshold: tiles.threshold, grid: tiles.grid, counts: &tiles.foreground)
    differingHundredths = 100 * tiles.count(tiles.foreground) / tiles.seenCount
  }

  /// Tiles whose mean is further from the background's than the tolerance.
  private func differing(_ tiles: CoarseTiles, by tolerance: Int) -> Int {
    let before = means.span, after = tiles.means.span, end = tiles.seenCount
    precondition(end <= before.count && end <= after.count, "a mean for each seen tile")
    let tolerance = UInt8(clamping: tolerance)
    var count: UInt16 = 0, tile = 0
    while tile < end {
      let old = before[tile], new = after[tile]
      count &+= (old > new ? old &- new : new &- old) > tolerance ? 1 : 0
      tile &+= 1
    }
    return Int(count)
  }

  private mutating func startWhereAllStands(_ tiles: CoarseTiles, at time: Timestamp) {
    guard differingHundredths >= Self.standingShareHundredths,
      100 * tiles.count(tiles.changed) < Self.lightShareHundredths * tiles.seenCount
    else { return standingSince = nil }
    let since = standingSince ?? time
    standingSince = since
    // A cut frame could not fill the rows below.
    guard time.milliseconds(since: since) >= Self.standingMilliseconds, tiles.isWhole else { return }
    start(tiles, at: time)
  }
}
