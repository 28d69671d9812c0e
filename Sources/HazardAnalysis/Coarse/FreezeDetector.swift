internal import FrameMemory
internal import InspectionModel
internal import PixelKernels

/// Tells a source that sends one picture again and again: no luma level and no tile's texture changes for ten
/// seconds, but in a small text overlay.
///
/// Sensor noise changes some of the thousands of samples of any real scene within ten seconds. A still scene without
/// any noise (drawn pictures, a camera whose encoder repeats what it skipped) cannot be told from a frozen one and
/// is reported. Where the picture is encoded again with another quantiser, it is compared with the frames of the
/// same quantiser (up to four are kept), and between different ones only changes that no quantiser explains count;
/// so a stream whose quantiser never returns is not reported. A change of AC tables under the same DC quantiser
/// looks like a change.
struct FreezeDetector: Sendable {
  /// Without any change for this long.
  static let stillMilliseconds = 10_000
  /// And over this many comparisons, and this many compared samples: a few samples of a tiny picture may stay the
  /// same by chance.
  static let leastComparisons = 3
  static let leastSamples = 4096
  /// Tiles of a running clock: at most one in sixteen, all in the upper or lower fifth of the picture.
  static let overlayDivisor = 16
  static let edgeDivisor = 5
  static let mostSlots = 4

  /// Whether the source is frozen, and since when the same picture has come.
  private(set) var isFrozen = false
  private(set) var since: Timestamp?

  private struct Slot {
    var quantizers: DCQuantizers
    var luma: PixelPlane
    var textures: [UInt32]
  }

  /// Pictures of the present still, one a quantiser, the latest last.
  private var slots: [Slot] = []
  private var comparisons = 0
  private var comparedSamples = 0
  /// Tiles that changed since the still began.
  private var overlay: [UInt8]
  private var counts: [UInt16] = []
  private var textures: [UInt32] = []

  init(tileCount: Int) {
    overlay = [UInt8](repeating: 0, count: tileCount)
  }

  /// Takes the next frame that stands for a step.
  mutating func append(
    _ tiles: CoarseTiles, frame: CoarseFrame, at time: Timestamp, kernels: PixelKernels
  ) {
    guard tiles.seenCount > 0 else { return }
    if let index = slots.firstIndex(where: { $0.quantizers == frame.quantizers }) {
      guard isSame(tiles, frame, as: slots[index], kernels) else {
        return start(tiles, frame, at: time, kernels)
      }
      comparisons += 1
      comparedSamples += tiles.seenCount * Int(tiles.sampleCounts[0])
    } else if let latest = slots.last {
      // Each level may be off by half a step of its quantiser, an eighth of which is a level, and by rounding.
      let steps = Int(latest.quantizers.luma) + Int(frame.quantizers.luma)
      let tolerance = UInt8(min((steps + 15) / 16 + 1, 255))
      kernels.countChanges(
        tiles.luma, latest.luma, threshold: tolerance, grid: tiles.grid, counts: &counts)
      guard addChanges(tiles) else { return start(tiles, frame, at: time, kernels) }
      keep(tiles, frame, kernels)
    } else {
      return start(tiles, frame, at: time, kernels)
    }
    guard let since else { return }
    isFrozen =
      time.milliseconds(since: since) >= Self.stillMilliseconds && comparisons >= Self.leastComparisons
      && comparedSamples >= Self.leastSamples
  }

  private mutating func isSame(
    _ tiles: CoarseTiles, _ frame: CoarseFrame, as slot: Slot, _ kernels: PixelKernels
  ) -> Bool {
    kernels.countChanges(tiles.luma, slot.luma, threshold: 0, grid: tiles.grid, counts: &counts)
    guard addChanges(tiles), let blocks = frame.texture(.luma) else { return false }
    kernels.textureSums(blocks, grid: tiles.grid, sums: &textures)
    for tile in 0..<tiles.seenCount { counts[tile] = textures[tile] == slot.textures[tile] ? 0 : 1 }
    return addChanges(tiles)
  }

  /// Adds tiles with a count to the overlay; whether all that it then has can be one.
  private mutating func addChanges(_ tiles: CoarseTiles) -> Bool {
    let grid = tiles.grid
    let most = grid.count / Self.overlayDivisor, edge = max(1, grid.rows / Self.edgeDivisor)
    var (count, top, bottom) = (0, grid.rows, -1)
    for tile in 0..<tiles.seenCount {
      if overlay[tile] == 0 {
        guard counts[tile] > 0 else { continue }
        overlay[tile] = 1
      }
      count += 1
      guard count <= most else { return false }
      let row = tile / grid.columns
      (top, bottom) = (min(top, row), max(bottom, row))
    }
    return count == 0 || bottom < edge || top >= grid.rows - edge
  }

  /// Begins a new still with a frame.
  private mutating func start(
    _ tiles: CoarseTiles, _ frame: CoarseFrame, at time: Timestamp, _ kernels: PixelKernels
  ) {
    isFrozen = false
    since = time
    (comparisons, comparedSamples) = (0, 0)
    for tile in overlay.indices { overlay[tile] = 0 }
    if slots.count > 1 { slots.removeFirst(slots.count - 1) }
    guard tiles.isWhole else { return slots.removeAll(keepingCapacity: true) }
    if slots.isEmpty { return keep(tiles, frame, kernels) }
    fill(&slots[0], tiles, frame, kernels)
  }

  /// Keeps a frame as the picture of its quantiser; a cut frame has none.
  private mutating func keep(_ tiles: CoarseTiles, _ frame: CoarseFrame, _ kernels: PixelKernels) {
    guard tiles.isWhole else { return }
    var slot =
      slots.count < Self.mostSlots
      ? Slot(quantizers: frame.quantizers, luma: PixelPlane(), textures: []) : slots.removeFirst()
    fill(&slot, tiles, frame, kernels)
    slots.append(slot)
  }

  private func fill(
    _ slot: inout Slot, _ tiles: CoarseTiles, _ frame: CoarseFrame, _ kernels: PixelKernels
  ) {
    slot.quantizers = frame.quantizers
    slot.luma.copy(tiles.luma.view)
    guard let blocks = frame.texture(.luma) else { return }
    kernels.textureSums(blocks, grid: tiles.grid, sums: &slot.textures)
  }
}
