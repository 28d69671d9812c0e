package import InspectionModel

/// A place at which cases of one class were established at least twice.
package struct RepeatPlace: Sendable, Hashable {
  package var hazardClass: String
  package var nameZh: String
  package var nameEn: String
  package var town: WorkOrder.Town?
  /// Of the first case.
  package var position: GeodeticPosition<CGCS2000>
  /// In order.
  package var caseNumbers: [String]

  /// Cases of one class belong to one place when a chain of steps of at most this many metres joins them.
  static let reachMeters = 50.0

  /// All places of some cases; the busiest first. Cases without a position have no place.
  static func all(of cases: [CaseRecord]) -> [RepeatPlace] {
    let byClass = Dictionary(grouping: cases.filter { $0.position?.isPlausible == true }, by: \.hazardClass)
    return byClass.values.flatMap { groups(of: $0.sorted { $0.caseNumber < $1.caseNumber }) }.sorted {
      ($1.caseNumbers.count, $0.caseNumbers[0]) < ($0.caseNumbers.count, $1.caseNumbers[0])
    }
  }

  /// Joins cases of one class: sorted from south to north, each looks back as far as the reach.
  private static func groups(of cases: [CaseRecord]) -> [RepeatPlace] {
    var parents = Array(cases.indices)
    func root(_ index: Int) -> Int {
      var index = index
      while parents[index] != index {
        parents[index] = parents[parents[index]]
        index = parents[index]
      }
      return index
    }
    let places = cases.compactMap(\.position)
    let northward = cases.indices.sorted {
      (places[$0].latitudeDegrees, $0) < (places[$1].latitudeDegrees, $1)
    }
    for (rank, index) in northward.enumerated() {
      let plane = LocalPlane(origin: places[index])
      for other in northward[..<rank].reversed() {
        // A hundredth more than the reach in degrees of latitude, whose metres differ by less.
        if places[index].latitudeDegrees - places[other].latitudeDegrees > reachMeters / 109_000 { break }
        guard plane.distanceMeters(to: places[other]) <= reachMeters else { continue }
        let (first, second) = (root(index), root(other))
        parents[max(first, second)] = min(first, second)
      }
    }
    let members = Dictionary(grouping: cases.indices, by: root)
    return members.keys.sorted().compactMap { key in
      guard let indices = members[key], indices.count > 1 else { return nil }
      let first = cases[key]
      return RepeatPlace(
        hazardClass: first.hazardClass, nameZh: first.nameZh, nameEn: first.nameEn, town: first.town,
        position: places[key], caseNumbers: indices.map { cases[$0].caseNumber })
    }
  }
}
