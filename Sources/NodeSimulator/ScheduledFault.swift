/// A fault of one node for a while, in seconds since the simulation began.
package struct ScheduledFault: Sendable, Hashable {
  package let nodeID: String
  package let kind: NodeFaultKind
  package let fromSeconds: Double
  package let toSeconds: Double
}
