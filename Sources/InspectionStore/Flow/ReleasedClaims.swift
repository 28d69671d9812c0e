/// What became of claims that a worker gave back.
package struct ReleasedClaims: Sendable, Equatable {
  /// Keys that wait again.
  package var waiting: [String]
  /// Keys that are dead letters now.
  package var dead: [String]
  /// Keys that the worker held no more; nothing was done about them.
  package var stale: [String]

  package init(waiting: [String] = [], dead: [String] = [], stale: [String] = []) {
    self.waiting = waiting
    self.dead = dead
    self.stale = stale
  }
}
