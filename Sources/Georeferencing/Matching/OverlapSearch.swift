/// Finds the pairs of pictures that are worth comparing.
package enum OverlapSearch {
  /// Partners that each picture asks for, those with the largest overlap first.
  package static let partnerLimit = 6
  /// Neighbours of a picture that are looked at: an aircraft that hovers has thousands.
  private static let neighbourLimit = 600
  /// Least and largest part of the smaller outline that both pictures show: two of one place prove nothing.
  private static let shares = 0.25...0.93

  /// Pairs by overlap of outlines; each picture is in few pairs, however long the flight hovers in one place.
  ///
  /// - Parameter views: by picture, `nil` where nothing is known.
  package static func pairs(_ views: [PictureView?]) -> [PicturePair] {
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
