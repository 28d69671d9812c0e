/// What a simulated node did.
package struct NodeFigures: Sendable, Hashable {
  /// Whole pictures given to a reader's connection, an inlet or a folder.
  package var sent = 0
  /// Whole pictures of them that were sent while the node was well.
  package var sentHealthy = 0
  /// Due while the reader had not taken the one before.
  package var skipped = 0
  /// Connections that readers made.
  package var connections = 0
  package var bytes = 0
  /// Replies of the inlet to uploads, by status.
  package var uploadReplies: [Int: Int] = [:]
}
