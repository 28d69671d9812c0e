package import InspectionModel

/// When limits are reached if the clock stands still now and then.
///
/// A limit runs on one of two clocks: the one on the wall, or office hours. What passes on that clock during a pause
/// does not count. A limit in working days is first turned into office hours (from its start to the close of office at
/// which it would be due without any pause), so that a pause of two office hours moves it by two office hours, and a
/// pause over a weekend by nothing.
package struct CaseClock: Sendable {
  package let calendar: WorkingCalendar

  package init(calendar: WorkingCalendar) { self.calendar = calendar }

  /// When a limit, prolonged by others one after the other, is reached.
  ///
  /// - Parameters:
  ///   - limits: the step's own limit and then its extensions; an extension runs from where the limit before it ends.
  ///   - pauses: in order and apart.
  /// - Returns: `nil` while a pause lasts that the limit would have to outlive.
  /// - Precondition: there is a limit.
  package func due(_ limits: [WorkLimit], from start: Timestamp, pauses: [CaseFile.Pause]) -> Timestamp? {
    precondition(!limits.isEmpty, "a step has a limit")
    var end = start
    for limit in limits {
      let whole = budgetNanoseconds(of: limit, from: end)
      guard let next = advance(end, by: whole, on: Dial(limit), pauses: pauses) else { return nil }
      end = next
    }
    return end
  }

  /// When a share of the limits has passed, on the clock of the first of them.
  ///
  /// - Returns: `nil` while a pause lasts that the share, or the limit itself, would have to outlive.
  package func instant(
    ofPercent percent: Int, of limits: [WorkLimit], from start: Timestamp, pauses: [CaseFile.Pause]
  ) -> Timestamp? {
    guard let due = due(limits, from: start, pauses: pauses), percent != 100 else {
      return self.due(limits, from: start, pauses: pauses)
    }
    let dial = Dial(limits[0])
    let whole = runningNanoseconds(from: start, to: due, on: dial, pauses: pauses)
    let share = whole / 100 * Int64(percent) + whole % 100 * Int64(percent) / 100
    guard let instant = advance(start, by: share, on: dial, pauses: pauses) else { return nil }
    // An extension on another clock may end where the first clock stands still: shares keep their order.
    return percent < 100 ? min(instant, due) : max(instant, due)
  }

  /// Which clock a limit runs on.
  enum Dial {
    case wall, office

    init(_ limit: WorkLimit) { if case .clock = limit { self = .wall } else { self = .office } }
  }

  /// Nanoseconds of a clock between two instants without those of the pauses.
  func runningNanoseconds(
    from start: Timestamp, to end: Timestamp, on dial: Dial, pauses: [CaseFile.Pause]
  ) -> Int64 {
    pauses.reduce(passed(from: start, to: end, on: dial)) { sum, pause in
      sum - passed(from: max(start, pause.from), to: min(end, pause.to ?? end), on: dial)
    }
  }

  private func budgetNanoseconds(of limit: WorkLimit, from start: Timestamp) -> Int64 {
    let dial = Dial(limit)
    return passed(from: start, to: calendar.due(limit, from: start), on: dial)
  }

  /// The first instant at which that much of a clock has passed outside the pauses.
  private func advance(
    _ start: Timestamp, by amount: Int64, on dial: Dial, pauses: [CaseFile.Pause]
  ) -> Timestamp? {
    var (cursor, left) = (start, amount)
    for pause in pauses {
      let running = passed(from: cursor, to: pause.from, on: dial)
      if left <= running { break }
      guard let end = pause.to else { return nil }
      left -= running
      cursor = max(cursor, end)
    }
    switch dial {
    case .wall: return cursor.advanced(byNanoseconds: left)
    case .office: return calendar.advance(cursor, byOfficeNanoseconds: left)
    }
  }

  private func passed(from start: Timestamp, to end: Timestamp, on dial: Dial) -> Int64 {
    guard start < end else { return 0 }
    return switch dial {
    case .wall: end.nanoseconds - start.nanoseconds
    case .office: calendar.officeNanoseconds(from: start, to: end)
    }
  }
}
