internal import InspectionModel
internal import PixelKernels

/// How light swings all over the picture, at places spread evenly: what rain, snow, noise and a shaking camera do
/// everywhere is no flame.
///
/// The light of a place is the sum over its tile and the eight around it. What only moves by some pixels stays
/// inside, so that a lamp on a shaking pole swings no more than anything else.
struct FlickerReference: Sendable {
  static let placesASide = 8
  /// A flame's surroundings must swing this many times as strongly as half of the places do.
  static let factor = 4
  /// And by so much: two levels of a quarter of a tile.
  static let leastStrength = 2 * lightUnit
  /// Light is told in parts of a level of a quarter of a tile, equal for small and large tiles.
  static let lightUnit = 8
  /// Of what swings, shaking must leave so much unexplained, hundredths.
  static let ownHundredths = 60
  /// Colours that swing by so much of what the light does are a flame's, hundredths: what moves in a coloured light,
  /// leaves before a sunset, changes the light alone.
  static let colourHundredths = 55
  /// Places without flame colours that are enough to judge by; where fewer are left, all count.
  static let leastPlaces = 16

  private let grid: TileGrid
  private let places: [Int]
  /// Whether a place showed flame colours, the latest frame in the lowest bit.
  private var flames: [UInt64]
  /// Light around each place, frame by frame.
  private var ring: [Int32] = []
  private var across = [Int32](repeating: 0, count: FlameWatch.capacity)
  private var down = [Int32](repeating: 0, count: FlameWatch.capacity)
  private var shake: FlickerShake
  private var swing = FlickerSwing()
  /// A flame's surroundings swing at least so strongly.
  private var leastStrength = 0
  private var signal: [Int32] = []
  private var otherSignal: [Int32] = []
  private var strengths: [Int] = []

  init(_ grid: TileGrid) {
    /// The middles of eight equal parts of what has a tile on each side.
    func spread(_ count: Int) -> [Int] {
      let inner = count > 4 ? 1..<count - 2 : 0..<count, parts = min(Self.placesASide, inner.count)
      return (0..<parts).map { inner.lowerBound + (2 * $0 + 1) * inner.count / (2 * parts) }
    }
    let columns = spread(grid.columns)
    self.grid = grid
    places = spread(grid.rows).flatMap { row in columns.map { row * grid.columns + $0 } }
    flames = [UInt64](repeating: 0, count: places.count)
    shake = FlickerShake(grid, places: places)
  }

  mutating func clear() {
    shake.clear()
    for place in flames.indices { flames[place] = 0 }
  }

  /// Keeps the light of a whole frame.
  mutating func append(_ tiles: CoarseTiles, slot: Int, at time: Timestamp) {
    if ring.isEmpty { ring = [Int32](repeating: 0, count: FlameWatch.capacity * places.count) }
    let shift = shake.append(tiles, at: time)
    (across[slot], down[slot]) = (Int32(shift.x), Int32(shift.y))
    for (index, tile) in places.enumerated() {
      flames[index] = flames[index] << 1 | (tiles.flames[tile] > 0 ? 1 : 0)
      ring[slot * places.count + index] = Self.light(around: tile, tiles)
    }
  }

  /// Sum over a tile and those around it, `lightUnit`.
  static func light(around tile: Int, _ tiles: CoarseTiles) -> Int32 {
    // Below 9 * 4 * 255 levels of a quarter.
    let quarter = max(1, tiles.grid.tile * tiles.grid.tile / FlameWatch.cellsATile)
    return Int32(Self.lightUnit * sum(tiles.sums, around: tile, tiles.grid) / quarter)
  }

  /// The same for how strong the flame colours are; a sample of the common size of luma and chroma in place of a
  /// quarter's levels.
  static func colour(around tile: Int, _ tiles: CoarseTiles) -> Int32 {
    let side = tiles.grid.tile / tiles.tiling.lumaDivisor
    return Int32(
      FlameWatch.cellsATile * Self.lightUnit * sum(tiles.flameStrengths, around: tile, tiles.grid)
        / (side * side))
  }

  private static func sum(_ values: [UInt32], around tile: Int, _ grid: TileGrid) -> Int {
    let (columns, rows, values) = (grid.columns, grid.rows, values.span)
    let (row, column) = tile.quotientAndRemainder(dividingBy: columns)
    var sum: UInt32 = 0
    for y in max(0, row - 1)...min(rows - 1, row + 1) {
      for x in max(0, column - 1)...min(columns - 1, column + 1) { sum += values[y * columns + x] }
    }
    return Int(sum)
  }

  /// Learns how strongly the places swing.
  ///
  /// - Parameter slots: frames of the window in the ring, the earliest first.
  mutating func learn(slots: [Int], spanMilliseconds: Int) {
    signal.removeAll(keepingCapacity: true)
    otherSignal.removeAll(keepingCapacity: true)
    for slot in slots {
      signal.append(across[slot])
      otherSignal.append(down[slot])
    }
    swing.follow(across: signal, down: otherSignal, spanMilliseconds: spanMilliseconds)
    let window = UInt64.max >> UInt64(FlameWatch.capacity - max(1, slots.count))
    let calm = flames.count { $0 & window == 0 }
    strengths.removeAll(keepingCapacity: true)
    for place in places.indices where calm < Self.leastPlaces || flames[place] & window == 0 {
      signal.removeAll(keepingCapacity: true)
      for slot in slots { signal.append(ring[slot * places.count + place]) }
      guard let strength = swing.strength(signal, spanMilliseconds: spanMilliseconds) else { continue }
      strengths.append(strength.own)
    }
    strengths.sort()
    let median = strengths.isEmpty ? 0 : strengths[strengths.count / 2]
    leastStrength = max(Self.leastStrength, Self.factor * median)
  }

  /// How strongly the light around a place swings; `nil` unless it does so far more than elsewhere, and not because
  /// the camera shakes.
  ///
  /// - Parameter light: frame by frame, up to the latest frame of the window that was learnt.
  mutating func excess(of light: [Int32], spanMilliseconds: Int) -> Int? {
    guard let strength = swing.strength(light, spanMilliseconds: spanMilliseconds),
      strength.own >= leastStrength, 100 * strength.own >= Self.ownHundredths * strength.whole
    else { return nil }
    return strength.own
  }

  /// Whether the flame colours around a place come and go with its light.
  mutating func isColoured(_ colour: [Int32], excess: Int, spanMilliseconds: Int) -> Bool {
    guard let strength = swing.strength(colour, spanMilliseconds: spanMilliseconds) else { return false }
    return 100 * strength.own >= Self.colourHundredths * excess
  }
}
