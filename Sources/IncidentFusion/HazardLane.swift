package import InspectionModel

/// Fusion of one kind of hazard over time, in steps.
///
/// Steps within the window are live: what arrives late is put into its step, and this step and those after it are
/// folded again. Steps before the window are final: only the incidents that came out of them are kept. So the result
/// follows from the sightings alone and not from their order of arrival, as long as none is later than the window.
struct HazardLane: Sendable {
  private struct Step: Sendable {
    let index: Int64
    var sightings: [Observation] = []
    var looks: [Look] = []
    var after = StepFold.Outcome(open: [], closed: [])
  }

  private let fold: StepFold
  /// Incidents that the final steps left open.
  private(set) var settled: [Cluster] = []
  /// Incidents that the final steps closed, until somebody takes them.
  var settledClosed: [Cluster] = []
  private var steps: [Step] = []
  /// Index of the first step that is not final.
  private(set) var firstLive = Int64.min

  init(kind: HazardKind, rules: FusionRules, settled: [Cluster] = [], firstLive: Int64 = .min) {
    fold = StepFold(rules: rules, kind: kind)
    self.settled = settled
    self.firstLive = firstLive
  }

  /// Open incidents, and those that live steps closed.
  var current: [Cluster] { closed(from: 0) + openBefore(steps.count) }

  /// Takes new sightings and looks, none of which it has already.
  ///
  /// - Returns: the incidents that may have changed, as they were and as they are.
  mutating func record(_ sightings: [Observation], _ looks: [Look]) -> (before: [Cluster], after: [Cluster]) {
    let indices =
      sightings.map { liveIndex(of: $0.phenomenonTime) } + looks.map { liveIndex(of: $0.time) }
    guard let first = indices.min() else { return ([], []) }
    let place = position(of: first)
    let before = closed(from: place) + openBefore(steps.count)
    for observation in sightings {
      steps[insertedStep(liveIndex(of: observation.phenomenonTime))].sightings.append(observation)
    }
    for look in looks { steps[insertedStep(liveIndex(of: look.time))].looks.append(look) }
    refold(from: place)
    return (before, closed(from: place) + openBefore(steps.count))
  }

  /// Makes all steps before one final.
  mutating func settle(before index: Int64) {
    guard index > firstLive else { return }
    firstLive = index
    while let step = steps.first, step.index < index {
      settled = step.after.open
      settledClosed += step.after.closed
      steps.removeFirst()
    }
  }

  /// Takes back incidents that were closed, since something later than the window may belong to them.
  mutating func reopen(_ clusters: [Cluster]) {
    let known = Set(current.map(\.id))
    settled = (settled + clusters.filter { !known.contains($0.id) })
      .sorted { ($0.firstSeen, $0.id) < ($1.firstSeen, $1.id) }
    refold(from: 0)
  }

  private func liveIndex(of time: Timestamp) -> Int64 { max(fold.rules.stepIndex(of: time), firstLive) }

  private func openBefore(_ place: Int) -> [Cluster] { place == 0 ? settled : steps[place - 1].after.open }

  private func closed(from place: Int) -> [Cluster] { steps[place...].flatMap(\.after.closed) }

  /// Where a step with that index is, or would be.
  private func position(of index: Int64) -> Int {
    var (low, high) = (0, steps.count)
    while low < high {
      let middle = (low + high) / 2
      if steps[middle].index < index { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private mutating func insertedStep(_ index: Int64) -> Int {
    let place = position(of: index)
    if place == steps.count || steps[place].index != index { steps.insert(Step(index: index), at: place) }
    return place
  }

  private mutating func refold(from place: Int) {
    for index in steps.indices.dropFirst(place) {
      let step = steps[index]
      steps[index].after = fold.fold(
        openBefore(index), sightings: step.sightings, looks: step.looks,
        end: fold.rules.stepStart(step.index + 1))
    }
  }
}

extension FusionRules {
  /// Number of the step that an instant lies in.
  package func stepIndex(of time: Timestamp) -> Int64 {
    let length = Int64(stepSeconds) * 1_000_000_000
    let (quotient, remainder) = time.nanoseconds.quotientAndRemainder(dividingBy: length)
    return remainder < 0 ? quotient - 1 : quotient
  }

  /// The instant at which a step begins.
  package func stepStart(_ index: Int64) -> Timestamp {
    let (product, overflow) = index.multipliedReportingOverflow(by: Int64(stepSeconds) * 1_000_000_000)
    return Timestamp(nanoseconds: overflow ? (index < 0 ? .min : .max) : product)
  }
}
