/// What a live run did; its JSON is the last line of `jinxun stream --json`.
package struct LiveSummary: Sendable, Hashable, Encodable {
  /// Nodes that are switched on.
  package var nodes = 0
  package var seconds = 0.0
  /// Whole pictures that came.
  package var framesReceived = 0
  /// Pictures that the coarse level looked at.
  package var framesAnalysed = 0
  /// Pictures that were dropped at the entrance, by reason.
  package var framesDropped: [String: Int] = [:]
  /// Pictures that came whole and could not be read.
  package var framesUnreadable = 0
  package var firstLooks = 0
  package var fullLooks = 0
  /// Nodes by their state at the end.
  package var states: [String: Int] = [:]
  /// Changes of nodes' states during the run, by new state.
  package var stateChanges: [String: Int] = [:]
  /// Observations that the run added to the store.
  package var observations = 0
  /// All that the store holds at the end.
  package var incidents = 0
  package var workOrders = 0
  package var reports = 0
  /// From a picture's arrival to its observations being durable, the slowest hundredth; `null` without any.
  package var latencyP99Ms: Double?
  package var rssPeakMb = 0.0

  package init() {}
}
