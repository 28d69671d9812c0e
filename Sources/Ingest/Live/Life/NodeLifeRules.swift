/// The limits by which a node's state is judged, all in seconds.
package struct NodeLifeRules: Sendable, Hashable {
  /// Without a new picture: stale. Also: answers without a new picture for so long are a frozen node.
  package var staleSeconds: Double
  /// Without a new picture or an answer: offline.
  package var offlineSeconds: Double
  /// A verdict of the analysis has to stand so long before it changes the state.
  package var verdictSeconds: Double
  /// After stale or offline pictures have to come so long, without a stale gap, before the node is live.
  package var recoverySeconds: Double
  /// Away from live for less than this is a blip: no alarm.
  package var alarmSeconds: Double

  /// The house's limits for a node's period: stale max(5, 2.5 periods), offline max(10, 5 periods), verdicts 3,
  /// recovery 2.
  package init(
    periodSeconds: Double, verdictSeconds: Double = 3, recoverySeconds: Double = 2, alarmSeconds: Double = 30
  ) {
    precondition(periodSeconds > 0, "pictures follow one another")
    staleSeconds = max(5, 2.5 * periodSeconds)
    offlineSeconds = max(10, 5 * periodSeconds)
    self.verdictSeconds = verdictSeconds
    self.recoverySeconds = recoverySeconds
    self.alarmSeconds = alarmSeconds
  }
}
