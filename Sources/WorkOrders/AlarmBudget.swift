package import InspectionModel

/// Keeps people from being told more than they can read: so many notices per tier and hour; emergencies always pass;
/// what exceeds the number waits for the digest of its hour. Nothing is lost, and nothing counts twice.
package struct AlarmBudget: Sendable, Hashable {
  /// What becomes of a notice.
  package enum Outcome: String, Sendable, Hashable {
    case delivered, digested
    /// It has been offered before and counts no more.
    case alreadyOffered
  }

  /// One hour of one tier, stored as it is.
  package struct Hour: Sendable, Hashable, Codable {
    package var tier: GovernanceTier
    package var hourStart: Timestamp
    /// Delivered notices, emergencies among them.
    package var deliveredCount: Int
    package var emergencyCount: Int
    /// Notices that went into a digest that was taken.
    package var digestedCount: Int
    /// Notices that wait for the digest, in the order in which they were offered.
    package var waiting: [AlarmNotice]
    /// Keys of all notices offered, in order.
    package var offeredKeys: [String]
  }

  package let rules: CaseRules.Alarms
  package let zone: UTCOffset
  /// By hour, then tier.
  package private(set) var hours: [Hour]

  package init(rules: CaseRules.Alarms, zone: UTCOffset, hours: [Hour] = []) {
    self.rules = rules
    self.zone = zone
    self.hours = hours.sorted { ($0.hourStart, $0.tier) < ($1.hourStart, $1.tier) }
  }

  /// Counts a notice against the hour in which its event happened, however late it is offered.
  ///
  /// An emergency passes and uses the budget up like any other: it is people's attention that is short.
  package mutating func offer(_ notice: AlarmNotice) -> Outcome {
    let index = hourIndex(tier: notice.tier, hourStart: hourStart(of: notice.time))
    let place = hours[index].offeredKeys.partitioningIndex { $0 >= notice.key }
    if place < hours[index].offeredKeys.count, hours[index].offeredKeys[place] == notice.key {
      return .alreadyOffered
    }
    hours[index].offeredKeys.insert(notice.key, at: place)
    if notice.isEmergency {
      hours[index].deliveredCount += 1
      hours[index].emergencyCount += 1
      return .delivered
    }
    if let limit = rules.perHour[notice.tier], hours[index].deliveredCount >= limit {
      hours[index].waiting.append(notice)
      return .digested
    }
    hours[index].deliveredCount += 1
    return .delivered
  }

  /// Takes the digests of the hours that are over, by hour, then tier. A notice that is offered to such an hour later
  /// waits for another digest of the same hour.
  package mutating func takeDigests(at now: Timestamp) -> [AlarmDigest] {
    var digests: [AlarmDigest] = []
    for index in hours.indices where !hours[index].waiting.isEmpty && Self.isOver(hours[index], at: now) {
      let hour = hours[index]
      digests.append(AlarmDigest(tier: hour.tier, hourStart: hour.hourStart, notices: hour.waiting))
      hours[index].digestedCount += hour.waiting.count
      hours[index].waiting = []
    }
    return digests
  }

  /// Drops hours that ended by `instant` and wait for no digest. An event of theirs that is offered again afterwards
  /// counts again.
  package mutating func forget(endedBy instant: Timestamp) {
    hours.removeAll { Self.isOver($0, at: instant) && $0.waiting.isEmpty }
  }

  private mutating func hourIndex(tier: GovernanceTier, hourStart: Timestamp) -> Int {
    let index = hours.partitioningIndex { ($0.hourStart, $0.tier) >= (hourStart, tier) }
    if index < hours.count, hours[index].hourStart == hourStart, hours[index].tier == tier { return index }
    hours.insert(
      Hour(
        tier: tier, hourStart: hourStart, deliveredCount: 0, emergencyCount: 0, digestedCount: 0,
        waiting: [], offeredKeys: []), at: index)
    return index
  }

  private static func isOver(_ hour: Hour, at now: Timestamp) -> Bool {
    now.nanoseconds - hour.hourStart.nanoseconds >= hourNanoseconds
  }

  private func hourStart(of instant: Timestamp) -> Timestamp {
    let civil = instant.civil(in: zone)
    let passed = Int64(civil.minute * 60 + civil.second) * 1_000_000_000 + Int64(civil.nanosecond)
    return instant.advanced(byNanoseconds: -passed)
  }

  private static let hourNanoseconds: Int64 = 3_600_000_000_000
}

extension Array {
  /// First index whose element, like all after it, fulfils the condition; `count` if none does.
  fileprivate func partitioningIndex(_ isInSecondPart: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = low + (high - low) / 2
      if isInSecondPart(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
