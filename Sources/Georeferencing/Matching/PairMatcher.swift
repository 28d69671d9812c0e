/// Compares two pictures that should overlap.
struct PairMatcher {
  let first: PictureView
  let second: PictureView
  /// How far the tags of the two are likely to contradict each other on the ground, one sigma per axis,
  /// metres.
  let contradictionSigmaMeters: Double
  private let center: (north: Double, east: Double)

  /// Patches that one motion of the ground must explain before two pictures count as matched.
  private static let leastMatches = 8
  /// The same where the motion is known beforehand.
  private static let leastExpectedMatches = 5
  private static let leastAgreeingShare = 0.4
  /// How far a match may lie from the common motion, cells.
  private static let toleranceCells = 2.0
  /// Matches kept of a pair.
  private static let matchLimit = 24
  /// The widest search, coarsest cells to each side.
  private static let widestSteps = 7.0
  /// So many matches near to where the tags expect them leave no doubt.
  private static let plentyOfMatches = 12
  /// Alignments of the whole overlap that are looked into.
  private static let candidateCount = 3
  /// Correlation of the overlap that another guess about the turns must have, and its lead over the tags'
  /// guess.
  static let leastScoreOfTurn = 0.2
  static let leastLeadOfTurn = 0.05

  /// `nil` where the two show nothing in common.
  init?(_ first: PictureView, _ second: PictureView, contradictionSigmaMeters: Double) {
    let common = GroundPolygon(first.outline).clipped(by: GroundPolygon(second.outline))
    guard !common.corners.isEmpty else { return nil }
    (self.first, self.second) = (first, second)
    self.contradictionSigmaMeters = contradictionSigmaMeters
    let count = Double(common.corners.count)
    center = (
      north: common.corners.reduce(0) { $0 + $1.north } / count,
      east: common.corners.reduce(0) { $0 + $1.east } / count
    )
  }

  /// How far matches are searched, metres.
  var reachMeters: Double { 3 * contradictionSigmaMeters }

  /// Where the two grounds may coincide, the best correlated first.
  func alignments(_ levels: (GroundLevels, GroundLevels)) -> [CoarseAlignment] {
    let reach = min(reachMeters, Self.widestSteps * levels.0.coarsest.cellMeters)
    return CoarseAlignment.candidates(
      levels.0, levels.1, center: center, reachMeters: reach, count: Self.candidateCount)
  }

  /// Points that both pictures show, by the most likely of some alignments; empty where none holds.
  ///
  /// An alignment gains by the matches that support it, and loses by its distance from what the tags tell:
  /// tree tops move further from picture to picture than the ground between them.
  func matches(_ levels: (GroundLevels, GroundLevels), _ alignments: [CoarseAlignment]) -> [PicturePointMatch]
  {
    var best: (merit: Double, matches: [PlaneMotion.Match])?
    for alignment in alignments {
      let motion = alignment.motion
      let agreeing = agreeing(levels, motion, least: Self.leastMatches)
      let square = motion.shiftNorth * motion.shiftNorth + motion.shiftEast * motion.shiftEast
      let sigmas = square / (contradictionSigmaMeters * contradictionSigmaMeters)
      let merit = Double(agreeing.count) / (1 + sigmas / 2)
      if merit > best?.merit ?? 0 { best = (merit, agreeing) }
      if agreeing.count >= Self.plentyOfMatches, sigmas < 4 { break }
    }
    return pictureMatches(best?.matches ?? [])
  }

  /// Points that both pictures show, where the motion of the ground is known to about a metre.
  func matches(_ levels: (GroundLevels, GroundLevels), expected motion: PlaneMotion) -> [PicturePointMatch] {
    pictureMatches(agreeing(levels, motion, least: Self.leastExpectedMatches))
  }

  private func agreeing(
    _ levels: (GroundLevels, GroundLevels), _ motion: PlaneMotion, least: Int
  ) -> [PlaneMotion.Match] {
    let found = PatchSearch(first: levels.0.fine, second: levels.1.fine, motion: motion).matches()
    let agreeing = PlaneMotion.agreeing(
      found, toleranceMeters: Self.toleranceCells * levels.0.fine.cellMeters)
    let isEnough =
      agreeing.count >= least
      && Double(agreeing.count) >= Self.leastAgreeingShare * Double(found.count)
    return isEnough ? agreeing : []
  }

  /// Evenly chosen matches, at most `matchLimit`, as points of the pictures.
  private func pictureMatches(_ matches: [PlaneMotion.Match]) -> [PicturePointMatch] {
    let count = min(matches.count, Self.matchLimit)
    return (0..<count).compactMap { index -> PicturePointMatch? in
      let match = matches[index * matches.count / count]
      guard let here = first.picturePoint(north: match.north, east: match.east),
        let there = second.picturePoint(north: match.otherNorth, east: match.otherEast)
      else { return nil }
      return PicturePointMatch(first: here, second: there)
    }
  }

  /// How the ground moves between the two by tags, where better poses are known: from four points of the
  /// overlap.
  func motion(firstBetter: PictureView, secondBetter: PictureView, spanMeters: Double) -> PlaneMotion? {
    var places: [PlaneMotion.Match] = []
    for (north, east) in [(-1.0, -1.0), (-1, 1), (1, -1), (1, 1)] {
      let place = (north: center.north + north * spanMeters, east: center.east + east * spanMeters)
      guard let here = first.picturePoint(north: place.north, east: place.east),
        let ground = firstBetter.place(u: here.u, v: here.v),
        let there = secondBetter.picturePoint(north: ground.northMeters, east: ground.eastMeters),
        let other = second.place(u: there.u, v: there.v)
      else { return nil }
      places.append(
        PlaneMotion.Match(
          north: place.north, east: place.east, otherNorth: other.northMeters, otherEast: other.eastMeters))
    }
    return PlaneMotion(fitting: places)
  }
}
