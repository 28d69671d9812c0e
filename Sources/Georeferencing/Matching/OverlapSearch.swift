/// Two pictures that should show the same ground, the smaller index first.
struct PicturePair: Hashable, Sendable, Comparable {
  let first: Int
  let second: Int

  static func < (left: PicturePair, right: PicturePair) -> Bool {
    (left.first, left.second) < (right.first, right.second)
  }
}

/// Finds the pairs of pictures that are worth comparing.
enum OverlapSearch {
  /// Partners that each picture asks for, those with the largest overlap first.
  static let partnerLimit = 6
  /// Neighbours of a picture that are looked at: an aircraft that hovers has thousands.
  private static let neighbourLimit = 600
  /// Least and largest part of the smaller outline that both pictures show: two of one place prove nothing.
  private static let shares = 0.25...0.93

  /// Pairs by overlap of outlines; each picture is in few pairs, however long the flight hovers in one place.
  ///
  /// - Parameter views: by picture, `nil` where nothing is known.
  static func pairs(_ views: [PictureView?]) -> [PicturePair] {
    let outlines = views.map { $0.map { GroundPolygon($0.outline) } }
    let known = outlines.indices.filter { outlines[$0].map { $0.area > 0 } ?? false }
    let bySouth = known.sorted { (outlines[$0]!.south, $0) < (outlines[$1]!.south, $1) }
    var shares: [Int: [(share: Double, partner: Int)]] = [:]
    for (position, index) in bySouth.enumerated() {
      let outline = outlines[index]!
      var left = neighbourLimit
      for other in bySouth[(position + 1)...] {
        let candidate = outlines[other]!
        if candidate.south > outline.north || left == 0 { break }
        guard outline.mayTouch(candidate) else { continue }
        left -= 1
        let share = outline.intersectionArea(candidate) / min(outline.area, candidate.area)
        guard Self.shares.contains(share) else { continue }
        shares[index, default: []].append((share, other))
        shares[other, default: []].append((share, index))
      }
    }
    var pairs: Set<PicturePair> = []
    for index in known {
      let best = (shares[index] ?? []).sorted { ($1.share, $0.partner) < ($0.share, $1.partner) }
      for (_, partner) in best.prefix(partnerLimit) {
        pairs.insert(PicturePair(first: min(index, partner), second: max(index, partner)))
      }
    }
    return pairs.sorted()
  }
}

/// A convex piece of ground.
struct GroundPolygon: Sendable {
  /// Clockwise seen from above.
  let corners: [(north: Double, east: Double)]
  let south: Double
  let north: Double
  let west: Double
  let east: Double

  init(_ corners: [(north: Double, east: Double)]) {
    self.corners = corners
    south = corners.reduce(.infinity) { min($0, $1.north) }
    north = corners.reduce(-.infinity) { max($0, $1.north) }
    west = corners.reduce(.infinity) { min($0, $1.east) }
    east = corners.reduce(-.infinity) { max($0, $1.east) }
  }

  /// Square metres.
  var area: Double {
    var twice = 0.0
    for (index, corner) in corners.enumerated() {
      let next = corners[(index + 1) % corners.count]
      twice += corner.north * next.east - next.north * corner.east
    }
    return max(0, twice / 2)
  }

  /// Whether the boxes around both have a part in common.
  func mayTouch(_ other: GroundPolygon) -> Bool {
    west < other.east && other.west < east && south < other.north && other.south < north
  }

  /// Square metres of the part that lies in both.
  func intersectionArea(_ other: GroundPolygon) -> Double {
    mayTouch(other) ? clipped(by: other).area : 0
  }

  /// The part that lies in another convex polygon (Sutherland and Hodgman).
  func clipped(by other: GroundPolygon) -> GroundPolygon {
    var kept = corners
    for (index, start) in other.corners.enumerated() {
      let end = other.corners[(index + 1) % other.corners.count]
      // Positive on the right of the edge, which is inside.
      func side(_ point: (north: Double, east: Double)) -> Double {
        (end.north - start.north) * (point.east - start.east)
          - (end.east - start.east) * (point.north - start.north)
      }
      var next: [(north: Double, east: Double)] = []
      for (position, point) in kept.enumerated() {
        let following = kept[(position + 1) % kept.count]
        let (here, there) = (side(point), side(following))
        if here >= 0 { next.append(point) }
        if (here >= 0) != (there >= 0) {
          let share = here / (here - there)
          next.append(
            (
              point.north + (following.north - point.north) * share,
              point.east + (following.east - point.east) * share
            ))
        }
      }
      kept = next
    }
    return GroundPolygon(kept)
  }
}
