package import InspectionModel

/// What the full looks at a fixed camera's scene did not find: one look record for a while, instead of one for each
/// picture. A pure value of one source.
package struct LookTally: Sendable {
  private let witness: Witness
  private let intervalSeconds: Double
  private var from: Timestamp?
  private var latest: Timestamp?
  private var assessed: Set<HazardKind> = []
  private var seen: Set<HazardKind> = []
  private var count = 0

  /// - Parameter intervalSeconds: looks of one witness that are closer count once (`FusionRules.lookIntervalSeconds`).
  package init(witness: Witness, intervalSeconds: Int) {
    self.witness = witness
    self.intervalSeconds = Double(intervalSeconds)
  }

  /// Takes notice of a full look.
  ///
  /// - Parameters:
  ///   - hazards: what the analyser can see.
  ///   - found: what it saw, also where that was not reported (once is not enough for a fixed camera).
  /// - Returns: the record of the interval that ended before this look, where something was not seen in all of it.
  package mutating func note(_ hazards: [HazardKind], found: [HazardKind], at time: Timestamp) -> Look? {
    var ended: Look?
    if let begun = from, time.seconds(since: begun) >= intervalSeconds || time < begun {
      ended = record
      (from, assessed, seen, count) = (nil, [], [], 0)
    }
    from = from ?? time
    latest = time
    assessed.formUnion(hazards)
    seen.formUnion(found)
    count += 1
    return ended
  }

  /// One look says little: two at least have found nothing.
  private var record: Look? {
    let unseen = assessed.subtracting(seen).sorted()
    guard let latest, count >= 2, !unseen.isEmpty else { return nil }
    return Look(
      key: "look/\(witness.kind.rawValue)/\(witness.source)/\(latest.nanoseconds)", witness: witness,
      time: latest, hazards: unseen, area: nil)
  }
}
