/// How far a run is.
package struct RunProgress: Sendable, Hashable {
  /// What is being done.
  package enum Stage: String, Sendable {
    case locating, analysing, settling
  }

  /// Name of the flight; empty for stages that concern all.
  package var flight: String
  package var done: Int
  package var total: Int
  package var stage: Stage

  package init(flight: String, done: Int, total: Int, stage: Stage) {
    self.flight = flight
    self.done = done
    self.total = total
    self.stage = stage
  }
}
