internal import InspectionModel
internal import PixelKernels

/// The brightness of places in flame colours, kept for the last two seconds.
///
/// Up to 64 tiles are watched, each in four quarters. Where more show flame colours, those found calm make room in
/// turn.
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

  private struct Place: Sendable {
    /// −1 for none.
    var tile = -1
    var since = Timestamp(nanoseconds: 0)
    /// Whether the tile showed flame colours, the latest frame in the lowest bit.
    var flames: UInt64 = 0
    /// Quarters that flickered when it was judged last.
    var cells = 0
    /// Where its quarters meet, and its edges; samples.
    var left = 0
    var middleX = 0
    var right = 0
    var top = 0
    var middleY = 0
    var bottom = 0
  }

  private let grid: TileGrid
  private var places = [Place](repeating: Place(), count: mostTiles)
  private var isWatched: [Bool]
  private var isCrowded = false
  /// Which half of the places is judged next.
  private var turn = 0
  /// Where the search for tiles to watch goes on.
  private var nextTile = 0
  /// Mean luma of each quarter, 16ths of a level; frame by frame, place by place.
  private var ring: [UInt16] = []
  private var times: [Timestamp] = []
  private var next = 0
  private var filled = 0
  private var started: Timestamp?
  private var swings = SwingSignal()

  init(_ tiling: CoarseTiling) {
    grid = tiling.grid
    isWatched = [Bool](repeating: false, count: tiling.grid.count)
  }

  /// Forgets everything.
  mutating func clear() {
    guard started != nil else { return }
    (started, next, filled, isCrowded) = (nil, 0, 0, false)
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
      times = [Timestamp](repeating: time, count: Self.capacity)
    }
    started = started ?? time
    watchMore(tiles, at: time)
    for index in places.indices where places[index].tile >= 0 {
      let isFlame = tiles.flames[places[index].tile] > 0
      places[index].flames = places[index].flames << 1 | (isFlame ? 1 : 0)
    }
    Self.keepCells(tiles.luma, places, into: &ring, at: next * Self.mostTiles * Self.cellsATile)
    times[next] = time
    next = (next + 1) % Self.capacity
    filled = min(filled + 1, Self.capacity)
  }

  private mutating func watchMore(_ tiles: CoarseTiles, at time: Timestamp) {
    isCrowded = false
    for offset in 0..<grid.count {
      let tile = (nextTile + offset) % grid.count
      guard !isWatched[tile], tiles.flames[tile] > 0 else { continue }
      guard let index = places.firstIndex(where: { $0.tile < 0 }) else {
        (isCrowded, nextTile) = (true, tile)
        return
      }
      var place = Place(tile: tile, since: time)
      let columns = grid.columnRange(tile % grid.columns), rows = grid.rowRange(tile / grid.columns)
      (place.left, place.right) = (columns.lowerBound, columns.upperBound)
      (place.top, place.bottom) = (rows.lowerBound, rows.upperBound)
      place.middleX = (place.left + place.right + 1) / 2
      place.middleY = (place.top + place.bottom + 1) / 2
      places[index] = place
      isWatched[tile] = true
    }
  }

  private static func keepCells(
    _ luma: PixelPlane, _ places: [Place], into ring: inout [UInt16], at base: Int
  ) {
    let samples = luma.samples.span, stride = luma.strideBytes
    var ring = ring.mutableSpan
    for (index, place) in places.enumerated() where place.tile >= 0 {
      for cell in 0..<cellsATile {
        let left = cell & 1 == 0 ? place.left : place.middleX, top = cell & 2 == 0 ? place.top : place.middleY
        let right = cell & 1 == 0 ? place.middleX : place.right
        let bottom = cell & 2 == 0 ? place.middleY : place.bottom
        var sum = 0, y = top
        while y < bottom {
          var x = left
          while x < right {
            sum &+= Int(samples[y &* stride &+ x])
            x &+= 1
          }
          y &+= 1
        }
        ring[base + cellsATile * index + cell] = UInt16(16 * sum / max(1, (right - left) * (bottom - top)))
      }
    }
  }

  /// Marks watched tiles that flicker as strong.
  ///
  /// - Parameter noise256ths: what noise alone changes, see `NoiseLevel.distance256ths`.
  /// - Returns: how many quarters of tiles flicker, of each tile at most two.
  mutating func judge(noise256ths: Int, at time: Timestamp, marks: inout [UInt8]) -> Int {
    // One half of the places now, the other the next time.
    turn = 1 - turn
    for index in stride(from: turn, to: places.count, by: 2) where places[index].tile >= 0 {
      let place = places[index]
      guard time.milliseconds(since: place.since) >= Self.leastMilliseconds else { continue }
      let frames = framesSince(place.since, at: time)
      let shown = (place.flames & (UInt64.max >> UInt64(Self.capacity - frames))).nonzeroBitCount
      guard 100 * shown >= Self.flameHundredths * frames else {
        free(index)
        continue
      }
      let count = flickeringCells(index, frames: frames, noise256ths: noise256ths, at: time)
      places[index].cells = count
      if count == 0, isCrowded, time.milliseconds(since: place.since) >= Self.windowMilliseconds {
        free(index)
      }
    }
    var total = 0
    for place in places where place.tile >= 0 && place.cells > 0 {
      total += place.cells
      marks[place.tile] = MarkedRegions.strong
    }
    return total
  }

  private mutating func flickeringCells(
    _ index: Int, frames: Int, noise256ths: Int, at time: Timestamp
  ) -> Int {
    let span = time.milliseconds(since: times[slot(frames - 1)])
    var count = 0
    // Two of them make a fire; more need not be looked for.
    for cell in 0..<Self.cellsATile where count < FlickerDetector.leastCells {
      swings.clear()
      for age in stride(from: frames - 1, through: 0, by: -1) {
        swings.append(ring[(slot(age) * Self.mostTiles + index) * Self.cellsATile + cell])
      }
      if swings.isFlicker(spanMilliseconds: span, noise256ths: noise256ths) { count += 1 }
    }
    return count
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
