internal import FrameMemory
internal import InspectionModel
internal import PixelKernels

/// Runs the kernels that every frame of a source goes through, and keeps the planes that it is compared with.
///
/// A frame is compared with one that is 200…400 ms older, or with the one before where frames come more seldom: a
/// distant car moves by a pixel a frame at 25 frames/s, which no sample shows.
struct CoarseMeter: Sendable {
  /// How often the earlier frames are replaced; also how often what needs no more is judged, see `isStep`.
  static let stepMilliseconds = 200

  let kernels: PixelKernels
  private(set) var tiles: CoarseTiles
  private(set) var background = SceneBackground()
  private(set) var noise = NoiseLevel()
  /// Whether the frame that was measured last stands for the step that it is in.
  private(set) var isStep = false
  /// The frame of the step before; has no size before there is one.
  private(set) var newer = PixelPlane()
  private var newerTime: Timestamp?
  private var older = PixelPlane()
  /// When the frame in `tiles` was taken.
  private var time: Timestamp?
  private var squares: [UInt32] = []
  private var colours: FlameColours?

  init(_ format: CoarseFormat, kernels: PixelKernels) {
    self.kernels = kernels
    tiles = CoarseTiles(format)
    colours = FlameColours(tiles.tiling)
  }

  /// Measures the next frame, of the format that the meter was made for.
  ///
  /// - Parameter wantsDistances: fills `tiles.distances`.
  mutating func measure(_ frame: CoarseFrame, at time: Timestamp, wantsDistances: Bool) {
    precondition(frame.format == tiles.tiling.format, "frames of one format")
    keepStep()
    self.time = time
    tiles.seenCount = tiles.tiling.seenCount(completeRows: frame.completeRows)
    isStep = newerTime.map { time.milliseconds(since: $0) >= Self.stepMilliseconds } ?? true
    guard tiles.seenCount > 0 else { return isStep = false }
    take(frame)
    kernels.tileMoments(tiles.luma, grid: tiles.grid, sums: &tiles.sums, squares: &squares)
    if isStep { tiles.divideSums() }
    let hasEarlier = newer.heightPixels > 0
    if isStep, hasEarlier { noise.learn(tiles, earlier: newer, kernels: kernels) }
    tiles.noise256ths = noise.distance256ths
    tiles.threshold = noise.threshold(quantizer: frame.quantizers.luma)
    let earlier = isStep || older.heightPixels == 0 ? newer : older
    kernels.countChanges(
      tiles.luma, hasEarlier ? earlier : tiles.luma, threshold: tiles.threshold, grid: tiles.grid,
      counts: &tiles.changed)
    background.compare(&tiles, at: time, isStep: isStep, kernels: kernels)
    if wantsDistances {
      kernels.tileDifferences(tiles.luma, background.plane, grid: tiles.grid, sums: &tiles.distances)
    }
    colours?.measure(frame, kernels: kernels, into: &tiles)
  }

  /// Whether half of what is around a tile is in the colours of plants; `nil` for a grey frame.
  func isVegetation(_ tile: Int) -> Bool? { colours?.isVegetation(tile) }

  /// Keeps the frame before where it stands for its step.
  private mutating func keepStep() {
    guard isStep else { return }
    (older, newer, tiles.luma) = (newer, tiles.luma, older)
    newerTime = time
  }

  /// Copies the luma levels; rows that came from no data show the background.
  private mutating func take(_ frame: CoarseFrame) {
    tiles.quantizer = frame.quantizers.luma
    if tiles.isWhole { return tiles.luma.copy(frame.luma) }
    guard background.plane.heightPixels > 0 else { return tiles.luma.copy(frame.luma) }
    let rows = tiles.seenCount / tiles.grid.columns * tiles.grid.tile
    CoarsePlanes.patch(background.plane, with: rows, of: frame.luma, into: &tiles.luma)
  }
}
