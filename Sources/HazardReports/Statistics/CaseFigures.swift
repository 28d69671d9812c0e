package import InspectionModel

/// The figures of a set of cases in a period.
package struct CaseFigures: Sendable, Hashable {
  /// Established in the period.
  package private(set) var established = 0
  /// Passed checks in the period.
  package private(set) var closed = 0
  /// Open at the period's end.
  package private(set) var open = 0
  /// Of those, past their last limit.
  package private(set) var overdue = 0
  /// Cases whose last limit ended in the period; merged, void and mistaken ones do not count.
  package private(set) var due = 0
  /// Of those, closed when it ended.
  package private(set) var onTime = 0
  /// Re-openings in the period.
  package private(set) var reopened = 0
  /// Of the established, those that were decided to be no hazard by the period's end.
  package private(set) var notAHazard = 0
  /// Of the established, those with another of their class within 50 m.
  package private(set) var repeated = 0
  /// Of the established, who saw it first.
  package private(set) var firstBy: [WitnessKind: Int] = [:]
  /// Seconds from the first sight to establishment, sorted; by the kind of the first witness.
  package private(set) var secondsToCase: [WitnessKind: [Int]] = [:]
  /// Seconds from establishment to the last passed check of the period, sorted.
  package private(set) var secondsToClose: [Int] = []

  /// - Parameters:
  ///   - asOf: end of the period, or of what is known of it.
  ///   - isRepeated: whether a case has another of its class nearby.
  init(_ cases: [CaseRecord], from: Timestamp, asOf: Timestamp, isRepeated: (CaseRecord) -> Bool) {
    let period = from..<max(from, asOf)
    for record in cases {
      let closures = record.closedAt.filter(period.contains)
      closed += closures.count
      reopened += record.reopenedAt.count(where: period.contains)
      if let last = closures.last { secondsToClose.append(Self.seconds(record.establishedAt, last)) }
      if record.establishedAt < asOf, record.isOpen(at: asOf) {
        open += 1
        if let due = record.due, due < asOf { overdue += 1 }
      }
      if let limit = record.due, period.contains(limit), !record.isEnded(at: asOf) {
        due += 1
        if record.isClosed(at: limit) { onTime += 1 }
      }
      guard period.contains(record.establishedAt) else { continue }
      established += 1
      if isRepeated(record) { repeated += 1 }
      if record.ending?.reason == .notAHazard, record.isEnded(at: asOf) { notAHazard += 1 }
      if let first = record.firstSight {
        firstBy[first.kind, default: 0] += 1
        secondsToCase[first.kind, default: []].append(Self.seconds(first.time, record.establishedAt))
      }
    }
    for kind in WitnessKind.allCases { secondsToCase[kind]?.sort() }
    secondsToClose.sort()
  }

  /// Of all first sights, sorted.
  package var allSecondsToCase: [Int] { secondsToCase.values.flatMap(\.self).sorted() }

  /// Whole seconds, never negative: a case cannot come before what it is about.
  private static func seconds(_ first: Timestamp, _ last: Timestamp) -> Int {
    Int(max(0, last.seconds(since: first)))
  }
}
