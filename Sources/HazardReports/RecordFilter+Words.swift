internal import InspectionModel

extension RecordFilter {
  /// What was asked for, one entry per criterion, as an export states it.
  func words(in zone: UTCOffset) -> [(option: String, value: String)] {
    var words: [(option: String, value: String)] = []
    if let since { words.append(("since", since.iso8601(in: zone))) }
    if let until { words.append(("until", until.iso8601(in: zone))) }
    func add(_ option: String, _ values: [String]) {
      if !values.isEmpty { words.append((option, values.joined(separator: ","))) }
    }
    add("hazard", hazards.map(\.rawValue))
    add("tier", tiers.map(\.rawValue))
    add("town", townCodes)
    add("status", statuses.map(\.word))
    return words
  }
}
