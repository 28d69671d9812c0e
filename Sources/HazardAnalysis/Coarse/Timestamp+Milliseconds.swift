internal import InspectionModel

extension Timestamp {
  /// Whole milliseconds from `earlier` to this instant, rounded towards zero; saturates at the ends of the range.
  func milliseconds(since earlier: Timestamp) -> Int {
    let (difference, overflow) = nanoseconds.subtractingReportingOverflow(earlier.nanoseconds)
    guard overflow else { return Int(difference / 1_000_000) }
    return Int((earlier.nanoseconds < 0 ? Int64.max : Int64.min) / 1_000_000)
  }
}
