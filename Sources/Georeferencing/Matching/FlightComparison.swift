internal import PixelKernels

/// The comparison of a flight's pictures pair by pair.
struct FlightComparison {
  private(set) var pictures: [PictureGeometry]
  let pairs: [PicturePair]
  private(set) var votes: TurnVotes
  private let ground: GroundPlane
  private let views: [PictureView?]
  private var cache: RasterCache
  private var found: [PicturePair: TurnedMatch] = [:]

  /// Matches of a pair with the guesses about turns under which they were found.
  private struct TurnedMatch {
    let isTurned: (first: Bool, second: Bool)
    let matches: [PicturePointMatch]
  }

  /// Cells along the longer side of a typical picture.
  private static let cellsPerLongSide = 320.0

  /// `nil` where fewer than two pictures have a pose.
  init?(_ pictures: [PictureGeometry], ground: GroundPlane) {
    self.pictures = pictures
    self.ground = ground
    views = pictures.map { $0.view(ground) }
    let sides = views.compactMap { $0?.longSideMeters }.sorted()
    guard sides.count >= 2 else { return nil }
    cache = RasterCache(cellMeters: sides[sides.count / 2] / Self.cellsPerLongSide)
    pairs = OverlapSearch.pairs(views)
    votes = TurnVotes(count: pictures.count)
  }

  /// Pictures whose pixels could not be had, ascending.
  var unreadable: [Int] { cache.unreadable.sorted() }

  /// Compares all pairs as their tags tell, and where that fails with pictures turned by half.
  mutating func compare(luma: (Int) throws -> PixelPlane?) rethrows {
    for pair in pairs {
      guard let matcher = matcher(pair), let match = try match(pair, matcher, luma: luma) else { continue }
      found[pair] = match
      votes.add(
        pair, isTurned: match.isTurned, matchCount: match.matches.count,
        baselineMeters: baseline(pair), reachMeters: matcher.reachMeters)
    }
  }

  /// Drops matches that were found under other turns than those of the pictures.
  mutating func keepMatches(of pictures: [PictureGeometry]) {
    self.pictures = pictures
    for pair in pairs {
      guard let match = found[pair] else { continue }
      if match.isTurned.first != pictures[pair.first].isTurnedByHalf
        || match.isTurned.second != pictures[pair.second].isTurnedByHalf
      {
        found[pair] = nil
      }
    }
  }

  /// Compares the pairs without matches once more, where an adjustment tells how their grounds move.
  mutating func compareAgain(_ block: AdjustedBlock, luma: (Int) throws -> PixelPlane?) rethrows {
    let better = block.views
    for pair in pairs where found[pair] == nil {
      guard let matcher = matcher(pair), let first = views[pair.first], let second = views[pair.second]
      else { continue }
      let motion = matcher.motion(
        firstBetter: better[pair.first] ?? block.withCommonParts(first),
        secondBetter: better[pair.second] ?? block.withCommonParts(second),
        spanMeters: min(first.longSideMeters, second.longSideMeters) / 8)
      let isTurned = (pictures[pair.first].isTurnedByHalf, pictures[pair.second].isTurnedByHalf)
      guard let motion, let levels = try levels(pair, isTurned, luma: luma) else { continue }
      let matches = matcher.matches(levels, expected: motion)
      if !matches.isEmpty { found[pair] = TurnedMatch(isTurned: isTurned, matches: matches) }
    }
  }

  private func matcher(_ pair: PicturePair) -> PairMatcher? {
    guard let first = views[pair.first], let second = views[pair.second] else { return nil }
    return PairMatcher(first, second, contradictionSigmaMeters: contradiction(pair))
  }

  private mutating func match(
    _ pair: PicturePair, _ matcher: PairMatcher, luma: (Int) throws -> PixelPlane?
  ) rethrows -> TurnedMatch? {
    let told = (first: pictures[pair.first].isTurnedByHalf, second: pictures[pair.second].isTurnedByHalf)
    guard let levels = try levels(pair, told, luma: luma) else { return nil }
    let alignments = matcher.alignments(levels)
    let matches = matcher.matches(levels, alignments)
    if !matches.isEmpty { return TurnedMatch(isTurned: told, matches: matches) }
    var best: (isTurned: (first: Bool, second: Bool), alignment: CoarseAlignment)?
    for isTurned in [(told.first, !told.second), (!told.first, told.second), (!told.first, !told.second)] {
      guard let levels = try self.levels(pair, isTurned, luma: luma),
        let alignment = matcher.alignments(levels).first
      else { continue }
      if alignment.score > best?.alignment.score ?? PairMatcher.leastScoreOfTurn {
        best = (isTurned, alignment)
      }
    }
    let toldScore = alignments.first?.score ?? 0
    guard let best, best.alignment.score > toldScore + PairMatcher.leastLeadOfTurn,
      let levels = try self.levels(pair, best.isTurned, luma: luma)
    else { return nil }
    let turnedMatches = matcher.matches(levels, [best.alignment])
    return turnedMatches.isEmpty ? nil : TurnedMatch(isTurned: best.isTurned, matches: turnedMatches)
  }

  private mutating func levels(
    _ pair: PicturePair, _ isTurned: (first: Bool, second: Bool), luma: (Int) throws -> PixelPlane?
  ) rethrows -> (GroundLevels, GroundLevels)? {
    guard let first = try levels(pair.first, isTurned.first, luma: luma),
      let second = try levels(pair.second, isTurned.second, luma: luma)
    else { return nil }
    return (first, second)
  }

  private mutating func levels(
    _ index: Int, _ isTurned: Bool, luma: (Int) throws -> PixelPlane?
  ) rethrows -> GroundLevels? {
    guard let view = views[index] else { return nil }
    let key = RasterCache.Key(picture: index, isTurnedByHalf: isTurned)
    return try cache.levels(key, pictures[index], view: view, luma: luma)
  }

  /// How far the grounds of two pictures are likely to lie apart, one sigma per axis, metres.
  ///
  /// What both share counts by the difference of its effects: a crooked mount moves two pictures of one
  /// heading alike.
  private func contradiction(_ pair: PicturePair) -> Double {
    guard let first = views[pair.first], let second = views[pair.second],
      let covariance = pictures[pair.first].covariance,
      let otherCovariance = pictures[pair.second].covariance,
      let here = first.place(u: 0.5, v: 0.5), let there = second.place(u: 0.5, v: 0.5)
    else { return 0 }
    var variance = 0.0
    for part in 0..<PosePart.count {
      let own = covariance[part, part]
      if part < PosePart.ownCount {
        let other = otherCovariance[part, part]
        variance += own * (here.north[part] * here.north[part] + here.east[part] * here.east[part])
        variance += other * (there.north[part] * there.north[part] + there.east[part] * there.east[part])
      } else {
        let (north, east) = (here.north[part] - there.north[part], here.east[part] - there.east[part])
        variance += own * (north * north + east * east)
      }
    }
    return (variance / 2).squareRoot()
  }

  private func baseline(_ pair: PicturePair) -> Double {
    guard let first = views[pair.first]?.pose, let second = views[pair.second]?.pose else { return 0 }
    let (north, east) = (first.northMeters - second.northMeters, first.eastMeters - second.eastMeters)
    return (north * north + east * east).squareRoot()
  }
}

extension FlightComparison {
  /// The poses of the matched pictures, adjusted together; `nil` where nothing matched or nothing came of it.
  func adjusted() -> AdjustedBlock? {
    let matched = pairs.filter { found[$0] != nil }
    let indices = Set(matched.flatMap { [$0.first, $0.second] }).sorted()
    let place = Dictionary(uniqueKeysWithValues: indices.enumerated().map { ($1, $0) })
    let elements = indices.compactMap { index in
      views[index].map {
        BlockAdjustment.Element(
          pose: $0.pose, camera: $0.camera, seconds: pictures[index].seconds)
      }
    }
    let links = matched.compactMap { pair -> BlockAdjustment.Link? in
      guard let match = found[pair], let first = place[pair.first], let second = place[pair.second]
      else { return nil }
      return BlockAdjustment.Link(first: first, second: second, matches: match.matches)
    }
    guard !links.isEmpty else { return nil }
    var adjustment = BlockAdjustment(elements: elements, links: links, ground: ground)
    return adjustment.run() ? AdjustedBlock(pictures: indices, adjustment: adjustment) : nil
  }
}
