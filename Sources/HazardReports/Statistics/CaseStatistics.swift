package import InspectionModel

/// Figures of a period, for all cases and for groups of them.
package struct CaseStatistics: Sendable, Hashable {
  package let input: StatisticsInput
  /// Up to where the period is known.
  package let asOf: Timestamp
  package let total: StatisticsRow
  /// Rows that add up to the total, except tiers: a case may be with several at once.
  package let groups: [StatisticsGroup]
  package let repeatPlaces: [RepeatPlace]
  package let timeline: StatisticsTimeline

  package init(_ input: StatisticsInput) {
    self.input = input
    asOf = min(input.to, input.asOf)
    let cases = Self.cases(of: input)
    let period = input.from..<max(input.from, asOf)
    repeatPlaces = RepeatPlace.all(of: cases.filter { period.contains($0.establishedAt) })
    timeline = StatisticsTimeline(cases, input: input)
    let making = RowMaking(
      input: input, cases: cases, asOf: asOf, repeated: Set(repeatPlaces.flatMap(\.caseNumbers)))
    total = making.total
    groups = StatisticsGroup.Kind.allCases.map { StatisticsGroup(kind: $0, rows: making.rows(of: $0)) }
  }

  /// The subject's cases, in order of their numbers.
  private static func cases(of input: StatisticsInput) -> [CaseRecord] {
    let sorted = input.cases.sorted { $0.caseNumber < $1.caseNumber }
    guard case .campaign(_, _, _, let classes) = input.subject else { return sorted }
    let keys = Set(classes.map(\.key))
    return sorted.filter { keys.contains($0.hazardClass) }
  }
}
