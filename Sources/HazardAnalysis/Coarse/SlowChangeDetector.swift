internal import FrameMemory
internal import InspectionModel
internal import PixelKernels

/// Finds what appears and stays, or leaves for good: dumped goods, standing water, a parked car.
///
/// Once a second each tile is compared with a reference, how it usually looks, and with a candidate, how it looked
/// when it first looked otherwise. Where a tile has shown its candidate for the set time, it has changed, and stays
/// so until it looks like the reference again. What passes in between neither counts nor disturbs, as long as the
/// candidate shows again within seconds. Changes of the light are followed by both planes, and while two fifths of
/// the picture differ nothing counts: that is no thing. Nor is a change without edges: the light of a lamp that goes on or out.
/// Not told apart from things are shadows with hard edges; `SlowChange.textureHundredths` says what a full look should
/// expect.
struct SlowChangeDetector: Sendable {
  static let stepMilliseconds = 1000
  /// A candidate that does not show for this long is replaced; a tile that shows its reference for this long is as
  /// before. And for so many frames: where these come seldom one alone may show what passes.
  static let patienceMilliseconds = 5000
  static let patienceFrames = 2
  /// Reference and candidate follow by one level in this time, where the frame shows them: dusk, not things.
  static let followMilliseconds = 8000
  /// A change that has stayed so long is how the place usually looks.
  static let absorbMilliseconds = 24 * 3_600_000
  /// On ground where traffic moves sooner: a queue may have stood there when the usual look was learnt.
  static let absorbTrafficMilliseconds = 3_600_000
  /// Where more of the picture differs, hundredths, nothing counts.
  static let mostShareHundredths = 40
  /// And after so long of that, the usual look is learnt anew.
  static let relearnMilliseconds = 600_000
  /// On ground where traffic moves, things must stay this many times as long: queues stand at red lights.
  static let trafficFactor = 3
  /// A change without an outline must stay this many times as long to be the usual look.
  static let lightFactor = 10

  /// The groups of changed tiles.
  private(set) var changes: ChangedGroups

  private let stableMilliseconds: Int
  private var clock: StepClock
  private var reference = PixelPlane()
  private var candidate = PixelPlane()
  private var looks: [TileLook]
  private var drift = LevelDrift()
  private var light = LightMeter()
  private var followed = 0
  private var differingTime = 0
  private var referenceCounts: [UInt16] = []
  private var candidateCounts: [UInt16] = []
  private var sums: [UInt32] = []
  private var squares: [UInt32] = []
  private var means: [UInt8] = []
  private var textures: [UInt32] = []
  private var marks: [UInt8]

  /// How a tile looks against reference and candidate; times in milliseconds.
  private struct TileLook: Sendable {
    /// Whether the reference is known: until then the first look that stays becomes it.
    var isKnown = false
    var hasCandidate = false
    var isChanged = false
    /// For how long the candidate showed.
    var stayed = 0
    /// For how long neither showed, and for how long the reference did.
    var hidden = 0
    var returned = 0
    var since = Timestamp(nanoseconds: 0)
    /// Bits of AC code of the usual look.
    var usualTexture: UInt32 = 0
  }

  init(tileCount: Int, settings: CoarseSettings) {
    stableMilliseconds = settings.stableMilliseconds
    clock = StepClock(periodMilliseconds: Self.stepMilliseconds)
    looks = [TileLook](repeating: TileLook(), count: tileCount)
    marks = [UInt8](repeating: 0, count: tileCount)
    changes = ChangedGroups(tileCount: tileCount)
  }

  /// Whether a tile looked as it usually does at the latest step; `nil` where its usual look is not known.
  func isUsual(_ tile: Int, _ tiles: CoarseTiles) -> Bool? {
    looks[tile].isKnown ? referenceCounts[tile] < tiles.neededSamples[tile] : nil
  }

  /// Takes the next frame.
  ///
  /// - Parameters:
  ///   - traffic: where traffic moves and whether it stands: what stands in a queue is no change.
  ///   - isHeld: whether the view is in doubt, so that nothing counts.
  mutating func append(
    _ tiles: CoarseTiles, frame: CoarseFrame, at time: Timestamp, traffic: OccupancyDetector, isHeld: Bool,
    kernels: PixelKernels
  ) {
    guard tiles.seenCount > 0, !isHeld, let elapsed = clock.step(at: time) else { return }
    guard reference.heightPixels > 0 else { return start(tiles, at: time) }
    compare(tiles, frame, kernels)
    changes.begin()
    guard !mostDiffers(tiles, elapsed) else { return }
    for tile in 0..<tiles.seenCount {
      let isTraffic = traffic.surroundings[tile] != 0
      judge(
        tile, tiles, elapsed, at: time,
        stable: !isTraffic
          ? stableMilliseconds
          : traffic.state.isOn ? Int.max : Self.trafficFactor * stableMilliseconds,
        absorb: isTraffic ? Self.absorbTrafficMilliseconds : Self.absorbMilliseconds)
    }
    follow(tiles, elapsed)
    group(tiles)
  }

  private mutating func start(_ tiles: CoarseTiles, at time: Timestamp) {
    reference.copy(tiles.luma.view)
    candidate.copy(tiles.luma.view)
    for tile in looks.indices {
      looks[tile].hasCandidate = true
      looks[tile].since = time
    }
  }
}

extension SlowChangeDetector {
  /// Fills the counts against reference and candidate, after the change of the light that explains most of them.
  private mutating func compare(_ tiles: CoarseTiles, _ frame: CoarseFrame, _ kernels: PixelKernels) {
    kernels.tileMoments(reference, grid: tiles.grid, sums: &sums, squares: &squares)
    tiles.divide(sums, into: &means)
    if light.findChange(
      before: means, after: tiles.means, count: tiles.seenCount, tolerance: Int(tiles.threshold) / 2)
    {
      CoarsePlanes.apply(light.levels, to: &reference)
      CoarsePlanes.apply(light.levels, to: &candidate)
    }
    kernels.countChanges(
      tiles.luma, reference, threshold: tiles.threshold, grid: tiles.grid, counts: &referenceCounts)
    kernels.countChanges(
      tiles.luma, candidate, threshold: tiles.threshold, grid: tiles.grid, counts: &candidateCounts)
    if let blocks = frame.texture(.luma) {
      kernels.textureSums(blocks, grid: tiles.grid, sums: &textures)
    }
  }

  /// Whether too much of the known picture differs for things to count.
  private mutating func mostDiffers(_ tiles: CoarseTiles, _ elapsed: Int) -> Bool {
    var known = 0, differing = 0
    for tile in 0..<tiles.seenCount where looks[tile].isKnown && !looks[tile].isChanged {
      known += 1
      if referenceCounts[tile] >= tiles.neededSamples[tile] { differing += 1 }
    }
    guard 100 * differing > Self.mostShareHundredths * known else {
      differingTime = 0
      return false
    }
    differingTime += elapsed
    if differingTime >= Self.relearnMilliseconds {
      for tile in looks.indices { looks[tile] = TileLook() }
      changes.abandonAll()
      differingTime = 0
    }
    return true
  }

  private mutating func judge(
    _ tile: Int, _ tiles: CoarseTiles, _ elapsed: Int, at time: Timestamp, stable: Int, absorb: Int
  ) {
    let needed = tiles.neededSamples[tile]
    if looks[tile].isKnown, referenceCounts[tile] < needed {
      showsReference(tile, elapsed)
    } else if looks[tile].hasCandidate, candidateCounts[tile] < needed {
      looks[tile].stayed += elapsed
      (looks[tile].hidden, looks[tile].returned) = (0, 0)
      if !looks[tile].isKnown {
        if looks[tile].stayed >= stableMilliseconds { settle(tile, tiles) }
      } else if looks[tile].stayed >= absorb {
        settle(tile, tiles)
        changes.abandon(tile)
      } else if looks[tile].stayed >= stable {
        looks[tile].isChanged = true
      }
    } else {
      looks[tile].hidden += elapsed
      looks[tile].returned = 0
      guard !looks[tile].hasCandidate || looks[tile].hidden >= Self.patience(elapsed) else { return }
      CoarsePlanes.copyTile(tile, tiles.grid, of: tiles.luma, into: &candidate)
      (looks[tile].hasCandidate, looks[tile].stayed, looks[tile].hidden) = (true, 0, 0)
      if !looks[tile].isChanged { looks[tile].since = time }
    }
  }

  private mutating func showsReference(_ tile: Int, _ elapsed: Int) {
    // A sixteenth a second: half a minute for the usual texture.
    let usual = looks[tile].usualTexture
    looks[tile].usualTexture =
      usual == 0 ? textures[tile] : UInt32((15 * UInt64(usual) + UInt64(textures[tile]) + 8) / 16)
    guard looks[tile].hasCandidate else { return }
    looks[tile].returned += elapsed
    guard looks[tile].returned >= Self.patience(elapsed) else { return }
    changes.end(tile)
    (looks[tile].hasCandidate, looks[tile].isChanged) = (false, false)
    (looks[tile].stayed, looks[tile].hidden, looks[tile].returned) = (0, 0, 0)
  }

  private static func patience(_ elapsed: Int) -> Int { max(patienceMilliseconds, patienceFrames * elapsed) }

  /// The candidate becomes the usual look.
  private mutating func settle(_ tile: Int, _ tiles: CoarseTiles) {
    guard looks[tile].hasCandidate else { return }
    CoarsePlanes.copyTile(tile, tiles.grid, of: candidate, into: &reference)
    looks[tile] = TileLook(isKnown: true)
    looks[tile].usualTexture = textures[tile]
  }

  /// Moves what shows by one level towards the frame, and a reference that does not show as its equals moved.
  private mutating func follow(_ tiles: CoarseTiles, _ elapsed: Int) {
    followed += elapsed
    guard followed >= Self.followMilliseconds else { return }
    followed = 0
    drift.begin()
    for tile in 0..<tiles.seenCount where showsReference(tile, tiles) {
      drift.step(tile, tiles.grid, of: &reference, towards: tiles.luma)
    }
    drift.end()
    for tile in 0..<tiles.seenCount where !showsReference(tile, tiles) {
      if looks[tile].isKnown { drift.take(tile, tiles.grid, of: &reference) }
      if looks[tile].hasCandidate, candidateCounts[tile] < tiles.neededSamples[tile] {
        CoarsePlanes.stepTile(tile, tiles.grid, of: &candidate, towards: tiles.luma)
      }
    }
  }

  private func showsReference(_ tile: Int, _ tiles: CoarseTiles) -> Bool {
    looks[tile].isKnown && referenceCounts[tile] < tiles.neededSamples[tile]
  }

  /// Makes groups of the changed tiles.
  private mutating func group(_ tiles: CoarseTiles) {
    var hasNew = false
    for tile in 0..<tiles.seenCount {
      let look = looks[tile]
      // Tiles of one thing change within seconds of one another: those that soon will belong to it.
      let isSoon = look.isKnown && look.hasCandidate && 4 * look.stayed >= 3 * stableMilliseconds
      marks[tile] = look.isChanged ? MarkedRegions.strong : isSoon ? MarkedRegions.marked : 0
      if look.isChanged, changes.owner(tile) == 0 { hasNew = true }
    }
    if hasNew {
      let (looks, candidate, reference) = (looks, candidate, reference)
      changes.join(
        marks, count: tiles.seenCount, grid: tiles.grid, samples: referenceCounts,
        leastSamples: Self.leastSamples(tiles.grid), since: { looks[$0].since },
        isThing: { ThingTest(tiles: $0, from: reference, to: candidate).isThing(in: tiles) })
      // Light that stays is how the place looks from now on; but later: water that rises slowly shows its outline only
      // when it no longer does.
      for tile in changes.rejected
      where self.looks[tile].stayed >= Self.lightFactor * stableMilliseconds {
        settle(tile, tiles)
      }
    }
    guard !changes.numbers.isEmpty else { return }
    let (looks, textures, means) = (looks, textures, means)
    changes.describe(count: tiles.seenCount, grid: tiles.grid) { tile in
      (
        Int(tiles.means[tile]) - Int(means[tile]), Int(textures[tile]), Int(looks[tile].usualTexture)
      )
    }
  }

  /// Samples of a thing: three eighths of a tile, at least 3.
  private static func leastSamples(_ grid: TileGrid) -> Int { max(3, 3 * grid.tile * grid.tile / 8) }
}
