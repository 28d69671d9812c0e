import InspectionModel

/// Puts spots of one kind of hazard together to groups that are one hazard each.
///
/// The two nearest groups are joined again and again, until no two of them are near enough. The result depends on the
/// spots alone, not on the order in which they are given.
struct Agglomeration {
  let rules: FusionRules
  let kind: HazardKind
  let plane: LocalPlane<CGCS2000>

  /// The nearest group after an index that it may join.
  private struct Neighbour {
    var partner: Int
    var separation: Double
  }

  /// Groups in order of their first sighting.
  ///
  /// - Parameter spots: all located, or all of one witness and none located: these are told apart by time alone.
  func groups(of spots: [Spot]) -> [[Spot]] {
    let spread = rules[kind].spreadMeters
    var groups = spots.sorted(by: Spot.precedes).map { SpotGroup($0, plane: plane, spreadMeters: spread) }
    var outlines = groups.map { Optional($0.outline) }
    var nearest = outlines.indices.map { partner(of: $0, in: outlines) }
    while let (left, right) = closestPair(nearest) {
      groups[left] = groups[left].joined(with: groups[right])
      outlines[left] = groups[left].outline
      outlines[right] = nil
      nearest[right] = nil
      for index in outlines.indices where outlines[index] != nil {
        let known = nearest[index]
        if index == left || known?.partner == left || known?.partner == right {
          nearest[index] = partner(of: index, in: outlines)
        } else if index < left, let separation = separation(outlines[index], outlines[left]),
          separation < known?.separation ?? .infinity
        {
          nearest[index] = Neighbour(partner: left, separation: separation)
        }
      }
    }
    return groups.indices.filter { outlines[$0] != nil }.map { groups[$0].spots.sorted(by: Spot.precedes) }
  }

  private func closestPair(_ nearest: [Neighbour?]) -> (Int, Int)? {
    var best: (index: Int, neighbour: Neighbour)?
    for (index, neighbour) in nearest.enumerated() {
      guard let neighbour, neighbour.separation < best?.neighbour.separation ?? .infinity else { continue }
      best = (index, neighbour)
    }
    return best.map { ($0.index, $0.neighbour.partner) }
  }

  private func partner(of index: Int, in outlines: [GroupOutline?]) -> Neighbour? {
    guard let own = outlines[index] else { return nil }
    var best: Neighbour?
    for other in (index + 1)..<max(index + 1, outlines.count) {
      guard let separation = separation(own, outlines[other]), separation < best?.separation ?? .infinity
      else { continue }
      best = Neighbour(partner: other, separation: separation)
    }
    return best
  }

  /// The separation of two groups if they may be joined.
  private func separation(_ left: GroupOutline?, _ right: GroupOutline?) -> Double? {
    guard let left, let right else { return nil }
    let separation = left.place == nil && right.place == nil ? 0 : left.separation(from: right, rules: rules)
    guard let separation, separation <= 1, left.isWithinGap(of: right, gapSeconds: rules[kind].gapSeconds)
    else { return nil }
    return separation
  }
}
