internal import InspectionModel
internal import PixelKernels

/// Tells a camera that was moved: its edges are not where they were, but elsewhere, or others.
///
/// Every two seconds the edges of the shrunk picture are compared with those that have been there for a while. Few of
/// them where they were is a doubt: all that learns then waits. It is a move when the doubt lasts and the edges fit
/// at another place clearly better, or when they fit nowhere while the picture stands still and most parts of it are
/// otherwise. Not told as a move: wind (within a sample of the shrunk picture, 16 pixels of 1080p), light (edges stay at least
/// edges; new shadows are some of many), large things (other parts stay), fog, covers and lamps that go out (edges
/// half as strong, or few).
struct ViewDetector: Sendable {
  static let stepMilliseconds = 2000
  /// An edge that showed in so many more steps than not is part of the view, and counts up to `mostConfidence`.
  static let leastConfidence: UInt8 = 6
  static let mostConfidence: UInt8 = 15
  /// Steps before the view is known.
  static let learningSteps = 8
  /// Edges that a view needs for being judged.
  static let leastEdges = 40
  /// Hundredths of the edges that show: from the first on nothing is asked, and where as many show as weak edges only the
  /// light is another; below the second the view is in doubt, and where not even so many show as weak edges, it is lost.
  /// In other views a third of the edges meets weak ones.
  static let fineHundredths = 75
  static let goodHundredths = 50
  /// By how much a moved view must fit better, hundredths.
  static let gainHundredths = 20
  /// How far a moved view is searched, samples of the shrunk picture.
  static let reachX = 24
  static let reachY = 14
  /// Parts of the picture, and hundredths of those with edges that must have lost theirs.
  static let partsAcross = 4
  static let partsDown = 3
  static let lostPartsHundredths = 70
  /// A picture that stands still shows so many of its edges again at the next step, hundredths.
  static let stillHundredths = 60
  static let beginMilliseconds = 6000
  /// A camera that moves on is told by so many steps in a row.
  static let furtherSteps = 4
  /// The move is over when the new view has been known for this long.
  static let settleMilliseconds = 60_000

  private(set) var state = SustainedState(
    beginMilliseconds: beginMilliseconds, endMilliseconds: settleMilliseconds)
  /// A doubt that is no move for so long: the place was rebuilt, or it snowed. Its edges are learnt anew.
  static let relearnMilliseconds = 600_000

  /// Whether the picture does not show the known view, for whatever reason.
  private(set) var isInDoubt = false
  /// Whether the step that was judged last found a move that began with it.
  private(set) var hasJustMoved = false

  private var clock = StepClock(periodMilliseconds: stepMilliseconds, phaseMilliseconds: 600)
  /// Light that changes in a part of the picture leaves the edges in it as strong on this scale.
  private let levels = LogLevels.table
  private var shrunk = PixelPlane()
  private var spare = PixelPlane()
  private var edges = EdgeMap()
  private var before = EdgeMap()
  private var known = EdgeMap()
  private var knownRows: [UInt128] = []
  private var confidence: [UInt8] = []
  /// How strong the edges of the known view are.
  private var usualStrength = 0
  private var steps = 0
  private var doubtSince: Timestamp?
  /// Steps in a row that found a move while one is on.
  private var furtherSteps = 0

  /// The detector for the scene after a move.
  func afterMove() -> ViewDetector {
    var view = self
    view.hasJustMoved = false
    return view
  }

  /// Takes the next frame.
  mutating func append(_ tiles: CoarseTiles, at time: Timestamp, kernels: PixelKernels) {
    hasJustMoved = false
    guard tiles.isWhole, clock.step(at: time) != nil else { return }
    shrink(tiles.luma, kernels)
    swap(&before, &edges)
    edges.find(in: shrunk, noise: tiles.noise256ths / 64)
    guard steps >= Self.learningSteps else {
      isInDoubt = false
      learn()
      // A new view that is still being learnt speaks neither way.
      return
    }
    judge(at: time)
  }

  private mutating func judge(at time: Timestamp) {
    guard known.count >= Self.leastEdges else {
      isInDoubt = false
      return learn()
    }
    let isWeak = 3 * edges.count < known.count || 2 * edges.strength < usualStrength
    guard !isWeak else {
      // Dark, covered or in fog: nothing speaks for a move, and nothing against it.
      isInDoubt = true
      return
    }
    let verdict = compare(), wasOn = state.isOn
    isInDoubt = verdict == .doubt || verdict == .moved
    guard isInDoubt else {
      (doubtSince, furtherSteps) = (nil, 0)
      state.update(false, at: time)
      return learn()
    }
    let since = doubtSince ?? time
    doubtSince = since
    state.update(verdict == .moved || wasOn, at: time)
    furtherSteps = verdict == .moved && wasOn ? furtherSteps + 1 : 0
    if state.isOn && !wasOn || furtherSteps >= Self.furtherSteps {
      hasJustMoved = true
      forget()
    } else if time.milliseconds(since: since) >= Self.relearnMilliseconds {
      forget()
    }
  }

  private enum Verdict {
    /// The known view, perhaps in other light.
    case same
    case doubt
    case moved
  }

  private func compare() -> Verdict {
    let here = bestFit(x: -1...1, y: -1...1)
    guard here.hundredths < Self.fineHundredths else { return .same }
    // What is no longer among the strongest edges is still an edge where only the light is another.
    let left = known.weakOverlap(
      with: edges, x: here.x, y: here.y, columns: 0..<known.width, rows: 0..<known.height)
    let isOtherLight = 100 * left.shown >= Self.fineHundredths * left.inside
    let there = bestFit(x: -Self.reachX...Self.reachX, y: -Self.reachY...Self.reachY)
    if there.hundredths >= max(here.hundredths + Self.gainHundredths, Self.goodHundredths) { return .moved }
    if here.hundredths >= Self.goodHundredths || isOtherLight { return .same }
    let isLost = 100 * left.shown < Self.goodHundredths * left.inside
    return isLost && standsStill && mostPartsAreLost(here) ? .moved : .doubt
  }

  private var standsStill: Bool {
    (before.overlap(with: edges, x: 0, y: 0) ?? 0) >= Self.stillHundredths
  }

  private func mostPartsAreLost(_ here: Fit) -> Bool {
    var parts = 0, lost = 0
    for part in 0..<Self.partsAcross * Self.partsDown {
      let (row, column) = part.quotientAndRemainder(dividingBy: Self.partsAcross)
      let (inside, shown) = known.weakOverlap(
        with: edges, x: here.x, y: here.y, columns: Self.range(column, of: Self.partsAcross, in: known.width),
        rows: Self.range(row, of: Self.partsDown, in: known.height))
      // A handful of edges says nothing.
      guard inside * Self.partsAcross * Self.partsDown * 4 >= known.count else { continue }
      parts += 1
      if 100 * shown < Self.goodHundredths * inside { lost += 1 }
    }
    return parts > 0 && 100 * lost >= Self.lostPartsHundredths * parts
  }

  private static func range(_ part: Int, of parts: Int, in length: Int) -> Range<Int> {
    length * part / parts..<length * (part + 1) / parts
  }

  private struct Fit {
    var hundredths = 0
    var x = 0
    var y = 0
  }

  private func bestFit(x across: ClosedRange<Int>, y down: ClosedRange<Int>) -> Fit {
    var best = Fit()
    for y in down {
      for x in across {
        guard let hundredths = known.overlap(with: edges, x: x, y: y), hundredths > best.hundredths else {
          continue
        }
        best = Fit(hundredths: hundredths, x: x, y: y)
      }
    }
    return best
  }

  /// Lets the picture's edges count for the view, and those that it does not show against.
  private mutating func learn() {
    let (width, height) = (edges.width, edges.height)
    if confidence.count != width * height { confidence = [UInt8](repeating: 0, count: width * height) }
    if knownRows.count != height { knownRows = [UInt128](repeating: 0, count: height) }
    for y in 0..<height {
      let row = edges.rows[y]
      var sure: UInt128 = 0
      for x in 0..<width {
        let old = confidence[y * width + x]
        let isEdge = row >> UInt128(x) & 1 == 1
        guard isEdge || old > 0 else { continue }
        let new = isEdge ? min(old + 1, Self.mostConfidence) : old - 1
        confidence[y * width + x] = new
        if new >= Self.leastConfidence { sure |= 1 << UInt128(x) }
      }
      knownRows[y] = sure
    }
    known.set(knownRows, width: width)
    usualStrength += steps == 0 ? edges.strength - usualStrength : (edges.strength - usualStrength) / 4
    steps += 1
  }

  private mutating func forget() {
    for index in confidence.indices { confidence[index] = 0 }
    (steps, doubtSince, furtherSteps) = (0, nil, 0)
  }

  /// Fills `shrunk` with the picture at a size that the maps take.
  private mutating func shrink(_ luma: PixelPlane, _ kernels: PixelKernels) {
    shrunk.copy(luma.view)
    while max(shrunk.widthPixels, shrunk.heightPixels) > EdgeMap.mostSide {
      kernels.halve(shrunk, into: &spare)
      swap(&shrunk, &spare)
    }
    CoarsePlanes.apply(levels, to: &shrunk)
  }
}
