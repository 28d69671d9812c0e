package import InspectionModel

/// A period of statistics as people write it.
package struct StatisticsPeriod: Sendable, Hashable {
  package var from: Timestamp
  /// It does not belong to the period.
  package var to: Timestamp

  /// The day on which an instant lies.
  package init(dayOf instant: Timestamp, zone: UTCOffset) {
    let civil = instant.civil(in: zone)
    let ofDay = Int64(civil.hour * 3600 + civil.minute * 60 + civil.second) * 1_000_000_000
    from = instant.advanced(byNanoseconds: -(ofDay + Int64(civil.nanosecond)))
    to = from.advanced(byNanoseconds: Self.day)
  }

  /// Reads `2026-11-24` or `2026-11-01..2026-11-30` (both days belong to it), or two instants as ISO 8601.
  ///
  /// - Returns: `nil` for anything else, and where the end is not after the beginning.
  package init?(text: String, zone: UTCOffset) {
    let ends = text.split(separator: "..", omittingEmptySubsequences: false).map(String.init)
    guard (1...2).contains(ends.count), let last = ends.last, let first = ends.first,
      let begin = Timestamp(iso8601: first, assuming: zone),
      let end = Timestamp(iso8601: last, assuming: zone)
    else { return nil }
    let isDate = last.utf8.count == 10
    guard ends.count == 2 || isDate else { return nil }
    (from, to) = (begin, isDate ? end.advanced(byNanoseconds: Self.day) : end)
    guard from < to else { return nil }
  }

  /// Hours of the period between two instants; 0 where they lie outside of it.
  package func hours(from first: Timestamp, to last: Timestamp) -> Double {
    let (begin, end) = (max(from, first), min(to, last))
    return begin < end ? end.seconds(since: begin) / 3600 : 0
  }

  private static let day: Int64 = 86_400_000_000_000
}
