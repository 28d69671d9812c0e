internal import InspectionModel
internal import PixelKernels

/// The brightness of places in flame colours, kept for the last two seconds.
///
/// Up to 64 tiles are watched, each in four quarters and with what is around it. Where more show flame colours, those
/// found calm make room in turn.
struct FlameWatch: Sendable {
  static let windowMilliseconds = 2000
  /// A judgement needs this much of the window.
  static let leastMilliseconds = 1000
  static let mostTiles = 64
  static let cellsATile = 4
  /// Two seconds of 30 frames/s, and a little; also the bits of `Place.flames`.
  static let capacity = 64
  /// Share of the window in which a tile must show flame colours, hundredths.
  static let flameHundredths = 60
  /// Leaves do not swing so fast, tenths of a hertz; where frames come seldom, a quarter of their rate.
  static let fastTenthsHertz = 30
  /// Fewer turns say little about how fast something swings.
  static let leastFastTurns = 8

  private struct Place: Sendable {
    /// −1 for none.
    var tile = -1
    var since = Timestamp(nanoseconds: 0)
    /// Whether the tile showed flame colours, the latest frame in the lowest bit.
    var flames: UInt64 = 0
  }

  private let grid: TileGrid
  private var places = [Place](repeating: Place(), count: mostTiles)
  private var isWatched: [Bool]
  private var isCrowded = false
  /// Where the search for tiles to watch goes on.
  private var nextTile = 0
  /// Mean luma of each quarter, 16ths of a level; frame by frame, place by place.
  private var ring: [UInt16] = []
  /// Light of each place and what is around it, see `FlickerReference.lightUnit`; frame by frame.
  private var surroundings: [Int32] = []
  /// The same for its flame colours.
  private var colours: [Int32] = []
  private var reference: FlickerReference
  private var times: [Timestamp] = []
  private var next = 0
  private var filled = 0
  private var started: Timestamp?
  private var swings = SwingSignal()
  private var slots: [Int] = []
  private var signal: [Int32] = []

  init(_ tiling: CoarseTiling) {
    grid = tiling.grid
    isWatched = [Bool](repeating: false, count: tiling.grid.count)
    reference = FlickerReference(tiling.grid)
  }

  /// Forgets everything.
  mutating func clear() {
    guard started != nil else { return }
    (started, next, filled, isCrowded) = (nil, 0, 0, false)
    reference.clear()
    for place in places.indices { free(place) }
  }

  /// Whether the watch has lasted long enough for a judgement.
  func isLongEnough(at time: Timestamp) -> Bool {
    started.map { time.milliseconds(since: $0) >= Self.leastMilliseconds } ?? false
  }

  /// The rate of the frames in the window.
  func framesPerThousandSeconds(at time: Timestamp) -> Int {
    let frames = framesSince(nil, at: time)
    guard frames > 1 else { return 0 }
    return 1_000_000 * (frames - 1) / max(1, time.milliseconds(since: times[slot(frames - 1)]))
  }

  /// Keeps the brightness of a whole frame.
  mutating func append(_ tiles: CoarseTiles, at time: Timestamp) {
    if ring.isEmpty {
      ring = [UInt16](repeating: 0, count: Self.capacity * Self.mostTiles * Self.cellsATile)
      surroundings = [Int32](repeating: 0, count: Self.capacity * Self.mostTiles)
      colours = surroundings
      times = [Timestamp](repeating: time, count: Self.capacity)
    }
    started = started ?? time
    watchMore(tiles, at: time)
    for (index, place) in places.enumerated() where place.tile >= 0 {
      let isFlame = tiles.flames[place.tile] > 0
      places[index].flames = place.flames << 1 | (isFlame ? 1 : 0)
      keepCells(tiles.luma, place.tile, at: (next * Self.mostTiles + index) * Self.cellsATile)
      surroundings[next * Self.mostTiles + index] = FlickerReference.light(around: place.tile, tiles)
      colours[next * Self.mostTiles + index] = FlickerReference.colour(around: place.tile, tiles)
    }
    reference.append(tiles, slot: next, at: time)
    times[next] = time
    next = (next + 1) % Self.capacity
    filled = min(filled + 1, Self.capacity)
  }

  private mutating func watchMore(_ tiles: CoarseTiles, at time: Timestamp) {
    isCrowded = false
    guard tiles.showsFlame else { return }
    let begin = nextTile
    if watchMore(of: begin..<grid.count, tiles, at: time) {
      _ = watchMore(of: 0..<begin, tiles, at: time)
    }
  }

  /// - Returns: false when no place is left.
  private mutating func watchMore(of range: Range<Int>, _ tiles: CoarseTiles, at time: Timestamp) -> Bool {
    let flames = tiles.flames.span
    for tile in range where flames[tile] > 0 && !isWatched[tile] {
      guard let index = places.firstIndex(where: { $0.tile < 0 }) else {
        (isCrowded, nextTile) = (true, tile)
        return false
      }
      places[index] = Place(tile: tile, since: time)
      isWatched[tile] = true
    }
    return true
  }

  private mutating func keepCells(_ luma: PixelPlane, _ tile: Int, at base: Int) {
    let columns = grid.columnRange(tile % grid.columns), rows = grid.rowRange(tile / grid.columns)
    let middle = (
      (columns.lowerBound + columns.upperBound + 1) / 2, (rows.lowerBound + rows.upperBound + 1) / 2
    )
    for cell in 0..<Self.cellsATile {
      let across = cell & 1 == 0 ? columns.lowerBound..<middle.0 : middle.0..<columns.upperBound
      let down = cell & 2 == 0 ? rows.lowerBound..<middle.1 : middle.1..<rows.upperBound
      var sum = 0
      for y in down {
        for x in across { sum += Int(luma.samples[y * luma.strideBytes + x]) }
      }
      ring[base + cell] = UInt16(16 * sum / max(1, across.count * down.count))
    }
  }

  /// How many quarters of tiles flicker.
  struct Flicker: Sendable, Hashable {
    /// Far more than what is elsewhere in the picture.
    var all = 0
    /// Of these, so fast or in such colours that leaves in a coloured light cannot.
    var certain = 0
    /// Whether the light around the place swings far more than elsewhere, flicker or not.
    var isLively = false
  }

  /// Marks watched tiles that flicker as strong.
  ///
  /// - Parameter noise256ths: what noise alone changes, see `NoiseLevel.distance256ths`.
  mutating func judge(noise256ths: Int, at time: Timestamp, marks: inout [UInt8]) -> Flicker {
    findSlots(framesSince(nil, at: time))
    reference.learn(slots: slots, spanMilliseconds: time.milliseconds(since: times[slots[0]]))
    var total = Flicker()
    for index in places.indices where places[index].tile >= 0 {
      let place = places[index]
      guard time.milliseconds(since: place.since) >= Self.leastMilliseconds else { continue }
      let frames = framesSince(place.since, at: time)
      let shown = (place.flames & (UInt64.max >> UInt64(Self.capacity - frames))).nonzeroBitCount
      guard 100 * shown >= Self.flameHundredths * frames else {
        free(index)
        continue
      }
      findSlots(frames)
      let flicker = flicker(index, noise256ths: noise256ths, at: time)
      total.all += flicker.all
      total.certain += flicker.certain
      if flicker.all > 0 {
        marks[place.tile] = MarkedRegions.strong
      } else if isCrowded, !flicker.isLively {
        free(index)
      }
    }
    return total
  }

  /// What flickers of one place in the frames of `slots`.
  private mutating func flicker(_ index: Int, noise256ths: Int, at time: Timestamp) -> Flicker {
    let span = time.milliseconds(since: times[slots[0]])
    fillSignal(from: surroundings, index)
    guard let excess = reference.excess(of: signal, spanMilliseconds: span) else { return Flicker() }
    let fast = min(Self.fastTenthsHertz, 2500 * (slots.count - 1) / max(1, span))
    var flicker = Flicker(isLively: true)
    for cell in 0..<Self.cellsATile {
      swings.clear()
      for slot in slots {
        swings.append(Int32(ring[(slot * Self.mostTiles + index) * Self.cellsATile + cell]))
      }
      guard let turns = swings.flickerTurns(spanMilliseconds: span, noise256ths: noise256ths)
      else { continue }
      flicker.all += 1
      let rate = SwingSignal.tenthsHertz(turns: turns, spanMilliseconds: span)
      if turns >= Self.leastFastTurns, rate >= fast { flicker.certain += 1 }
    }
    guard flicker.certain < flicker.all else { return flicker }
    fillSignal(from: colours, index)
    if reference.isColoured(signal, excess: excess, spanMilliseconds: span) { flicker.certain = flicker.all }
    return flicker
  }

  private mutating func fillSignal(from ring: [Int32], _ index: Int) {
    signal.removeAll(keepingCapacity: true)
    for slot in slots { signal.append(ring[slot * Self.mostTiles + index]) }
  }

  /// Fills `slots` with the latest frames, the earliest first.
  private mutating func findSlots(_ frames: Int) {
    guard slots.count != frames || slots.last != slot(0) else { return }
    slots.removeAll(keepingCapacity: true)
    for age in stride(from: frames - 1, through: 0, by: -1) { slots.append(slot(age)) }
  }

  private mutating func free(_ index: Int) {
    if places[index].tile >= 0 { isWatched[places[index].tile] = false }
    places[index] = Place()
  }

  /// Frames in the window, from a moment on.
  private func framesSince(_ since: Timestamp?, at time: Timestamp) -> Int {
    var frames = 0
    while frames < filled {
      let taken = times[slot(frames)]
      guard time.milliseconds(since: taken) <= Self.windowMilliseconds, since.map({ taken >= $0 }) ?? true
      else { break }
      frames += 1
    }
    return frames
  }

  /// Place in the ring of the frame that came `age` frames before the latest.
  private func slot(_ age: Int) -> Int { (next - 1 - age + 2 * Self.capacity) % Self.capacity }
}
