package import InspectionModel

/// Text that is no filter: which option, what was expected, what was found.
package struct RecordFilterError: Error, Sendable, Hashable, CustomStringConvertible {
  package var option: String
  package var expected: String
  package var found: String

  /// `--tier: expected one of town_street, district, city; found "county"`
  package var description: String { "\(option): expected \(expected); found \"\(found)\"" }
}

extension RecordFilter {
  /// Reads the words of a command line. Each list element may hold several values with commas between them.
  ///
  /// A date without a time of day means the whole day in `zone`, for `until` too: `--until 2026-11-24` includes it.
  /// - Parameters:
  ///   - towns: the towns that the governance file knows; a town is given by code or by either name.
  ///   - zone: what times without a zone mean.
  /// - Throws: which option is wrong and what it allows.
  package init(
    since: String? = nil, until: String? = nil, hazards: [String] = [], tiers: [String] = [],
    towns townWords: [String] = [], statuses: [String] = [], knownTowns: [WorkOrder.Town],
    zone: UTCOffset = .shanghai
  ) throws(RecordFilterError) {
    let start = try Self.instant(since, option: "--since", zone: zone, isEnd: false)
    let end = try Self.instant(until, option: "--until", zone: zone, isEnd: true)
    if let start, let end, start >= end {
      throw RecordFilterError(
        option: "--until", expected: "a time after --since \(since ?? "")", found: until ?? "")
    }
    let codes = try Self.values(of: townWords, option: "--town", allowed: knownTowns.map(\.code)) { word in
      knownTowns.first {
        $0.code == word || $0.nameZh == word || $0.nameEn.lowercased() == word.lowercased()
      }?.code
    }
    self.init(
      since: start, until: end,
      hazards: try Self.values(
        of: hazards, option: "--hazard", allowed: HazardKind.allCases.map(\.rawValue),
        read: HazardKind.init(rawValue:)),
      tiers: try Self.values(
        of: tiers, option: "--tier", allowed: GovernanceTier.allCases.map(\.rawValue),
        read: GovernanceTier.init(rawValue:)),
      townCodes: codes,
      statuses: try Self.values(
        of: statuses, option: "--status", allowed: StatusCriterion.all.map(\.word),
        read: StatusCriterion.init(word:)))
  }

  private static func instant(
    _ text: String?, option: String, zone: UTCOffset, isEnd: Bool
  ) throws(RecordFilterError) -> Timestamp? {
    guard let text else { return nil }
    guard let instant = Timestamp(iso8601: text, assuming: zone) else {
      throw RecordFilterError(
        option: option, expected: "a date or a time such as 2026-11-24 or 2026-11-24T08:00:00+08:00",
        found: text)
    }
    let isDateOnly = text.utf8.count == 10
    return isEnd && isDateOnly ? instant.advanced(byNanoseconds: 86_400_000_000_000) : instant
  }

  private static func values<Value: Hashable>(
    of words: [String], option: String, allowed: [String], read: (String) -> Value?
  ) throws(RecordFilterError) -> [Value] {
    var values: [Value] = []
    for word in words.flatMap({ $0.split(separator: ",", omittingEmptySubsequences: false) }) {
      let word = String(word)
      guard let value = read(word) else {
        let expected =
          allowed.isEmpty ? "nothing, since none is known" : "one of " + allowed.joined(separator: ", ")
        throw RecordFilterError(option: option, expected: expected, found: word)
      }
      if !values.contains(value) { values.append(value) }
    }
    return values
  }
}
