/// How much a queue holds, exactly.
package struct FlowDepth: Sendable, Equatable {
  /// Items that wait or are claimed.
  package var rows: Int
  /// Their bytes as `FlowItem.byteCount` counts.
  package var bytes: Int
  /// Dead letters; they do not count against the bound.
  package var deadRows: Int
  /// Their bytes.
  package var deadBytes: Int

  package init(rows: Int = 0, bytes: Int = 0, deadRows: Int = 0, deadBytes: Int = 0) {
    self.rows = rows
    self.bytes = bytes
    self.deadRows = deadRows
    self.deadBytes = deadBytes
  }
}
