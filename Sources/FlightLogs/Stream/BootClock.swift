internal import InspectionModel

/// The one place where time since boot becomes UTC: an offset that a record with both clocks gives.
struct BootClock: Sendable {
  private var offsetNanoseconds: Int64?

  /// A receiver may correct itself by whole seconds when it learns of leap seconds; less is delay of transport.
  private static let jumpNanoseconds: Int64 = 500_000_000

  /// Takes the clocks of one record; the first one counts until a later one is half a second away from it.
  mutating func observe(bootNanoseconds: Int64, utc: Timestamp) {
    let (offset, overflow) = utc.nanoseconds.subtractingReportingOverflow(bootNanoseconds)
    guard !overflow else { return }
    if let known = offsetNanoseconds {
      let (change, overflow) = offset.subtractingReportingOverflow(known)
      guard overflow || change.magnitude > Self.jumpNanoseconds.magnitude else { return }
    }
    offsetNanoseconds = offset
  }

  /// `nil` before a record with both clocks.
  @inline(__always)
  func utc(bootNanoseconds: Int64) -> Timestamp? {
    offsetNanoseconds.map { Timestamp(nanoseconds: bootNanoseconds).advanced(byNanoseconds: $0) }
  }
}
