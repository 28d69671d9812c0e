import InspectionModel

/// Puts spots of one kind of hazard together to groups that are one hazard each.
///
/// The two nearest groups are joined again and again, until no two of them are near enough. The result depends on the
/// spots alone, not on the order in which they are given.
struct Agglomeration {
  let rules: FusionRules
  let kind: HazardKind
  let plane: LocalPlane<CGCS2000>

  /// Groups in order of their first sighting.
  func groups(of spots: [Spot]) -> [[Spot]] {
    let spread = rules[kind].spreadMeters
    var groups: [SpotGroup?] = spots.sorted(by: Spot.precedes).map {
      SpotGroup($0, plane: plane, spreadMeters: spread)
    }
    var nearest = groups.indices.map { partner(of: $0, in: groups) }
    while let (left, right) = closestPair(nearest) {
      guard let first = groups[left], let second = groups[right] else { break }
      groups[left] = first.joined(with: second)
      groups[right] = nil
      nearest[right] = nil
      for index in groups.indices where groups[index] != nil {
        let known = nearest[index]
        if index == left || known?.partner == left || known?.partner == right {
          nearest[index] = partner(of: index, in: groups)
        } else if index < left, let separation = separation(index, left, groups) {
          if separation < known?.separation ?? .infinity {
            nearest[index] = Neighbour(partner: left, separation: separation)
          }
        }
      }
    }
    return groups.compactMap { $0?.spots.sorted(by: Spot.precedes) }
  }

  /// The nearest group after `index` that it may join.
  private struct Neighbour {
    var partner: Int
    var separation: Double
  }

  private func closestPair(_ nearest: [Neighbour?]) -> (Int, Int)? {
    var best: (index: Int, neighbour: Neighbour)?
    for (index, neighbour) in nearest.enumerated() {
      guard let neighbour, neighbour.separation < best?.neighbour.separation ?? .infinity else { continue }
      best = (index, neighbour)
    }
    return best.map { ($0.index, $0.neighbour.partner) }
  }

  private func partner(of index: Int, in groups: [SpotGroup?]) -> Neighbour? {
    guard groups[index] != nil else { return nil }
    var best: Neighbour?
    for other in groups.indices.dropFirst(index + 1) {
      guard let separation = separation(index, other, groups), separation < best?.separation ?? .infinity
      else { continue }
      best = Neighbour(partner: other, separation: separation)
    }
    return best
  }

  /// The separation of two groups if they may be joined.
  private func separation(_ left: Int, _ right: Int, _ groups: [SpotGroup?]) -> Double? {
    guard let first = groups[left], let second = groups[right],
      first.isWithinGap(of: second, gapSeconds: rules[kind].gapSeconds),
      let separation = first.separation(from: second, rules: rules), separation <= 1
    else { return nil }
    return separation
  }
}
