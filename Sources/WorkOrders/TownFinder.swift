import InspectionModel

/// Finds the town or street of a place, and says how.
struct TownFinder {
  enum Finding {
    /// The incident has no position.
    case noPosition
    case outsideDistrict
    case inside(WorkOrder.Town, how: BilingualText)
  }

  let governance: Governance

  func find(_ place: ObservedPlace?) -> Finding {
    guard let place else { return .noPosition }
    let position = place.position
    guard governance.area.contains(position) else { return .outsideDistrict }
    if let seat = governance.towns.first(where: { $0.area?.contains(position) == true }) {
      return .inside(
        seat.town, how: BilingualText(zh: "位于其边界内", en: "the place lies within its border"))
    }
    // A place in no known border lies in a town whose border is not on file.
    let candidates = governance.towns.filter { $0.area == nil }
    let plane = LocalPlane(origin: position)
    let ranked = (candidates.isEmpty ? governance.towns : candidates)
      .map { (seat: $0, distance: plane.distanceMeters(to: $0.position)) }
      .sorted { ($0.distance, $0.seat.town.code) < ($1.distance, $1.seat.town.code) }
    guard let nearest = ranked.first else { return .outsideDistrict }
    let away = Self.kilometers(nearest.distance)
    var how = BilingualText(
      zh: "无边界数据，取区内最近驻地，相距 \(away) 公里",
      en: "no border is on file: nearest seat inside the district, \(away) km away")
    if let second = ranked.dropFirst().first {
      let error = place.sigmaMeters + max(nearest.seat.errorMeters, second.seat.errorMeters)
      if second.distance - nearest.distance <= 2 * error {
        how.zh += "（与\(second.seat.town.nameZh)相差不大，请核实）"
        how.en += " (\(second.seat.town.nameEn) is nearly as near: to be checked)"
      }
    }
    return .inside(nearest.seat.town, how: how)
  }

  /// Kilometres with one decimal.
  static func kilometers(_ meters: Double) -> String {
    let tenths = Int((meters / 100).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
