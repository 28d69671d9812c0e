package import InspectionModel

/// Cases established and closed in equal parts of the period: hours of up to two days, days of longer ones.
package struct StatisticsTimeline: Sendable, Hashable {
  /// One part of the period.
  package struct Part: Sendable, Hashable {
    package var from: Timestamp
    package var established: Int
    package var closed: Int
  }

  package let isByHour: Bool
  /// The last may be shorter than the others.
  package let parts: [Part]

  init(_ cases: [CaseRecord], input: StatisticsInput) {
    let length = max(0, input.to.nanoseconds - input.from.nanoseconds)
    let hour: Int64 = 3_600_000_000_000
    isByHour = length <= 48 * hour
    let step = isByHour ? hour : 24 * hour
    // A period of years would have parts that nobody could see: ten years are enough.
    let count = min(Int((length + step - 1) / step), 3660)
    var parts = (0..<count).map { index in
      Part(from: input.from.advanced(byNanoseconds: Int64(index) * step), established: 0, closed: 0)
    }
    func index(of time: Timestamp) -> Int? {
      guard input.from <= time, time < min(input.to, input.asOf) else { return nil }
      let index = Int((time.nanoseconds - input.from.nanoseconds) / step)
      return index < count ? index : nil
    }
    for record in cases {
      if let index = index(of: record.establishedAt) { parts[index].established += 1 }
      for time in record.closedAt { if let index = index(of: time) { parts[index].closed += 1 } }
    }
    self.parts = parts
  }
}
