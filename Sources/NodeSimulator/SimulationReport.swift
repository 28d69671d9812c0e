/// What a simulation did, and what it cost.
package struct SimulationReport: Sendable {
  package let figures: [String: NodeFigures]
  package let seconds: Double
  /// Of this process, user and system, all threads, while nodes were served.
  package let processorSeconds: Double

  /// Sums over the nodes.
  package var total: NodeFigures {
    var sum = NodeFigures()
    for one in figures.values {
      sum.sent += one.sent
      sum.sentHealthy += one.sentHealthy
      sum.skipped += one.skipped
      sum.connections += one.connections
      sum.bytes += one.bytes
      sum.uploadReplies.merge(one.uploadReplies, uniquingKeysWith: +)
    }
    return sum
  }
}
