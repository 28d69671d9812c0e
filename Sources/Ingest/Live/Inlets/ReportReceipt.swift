/// What the store says of a report, after it is durable.
package struct ReportReceipt: Sendable, Hashable {
  /// By which the sender can ask later.
  package var id: String
  /// The report was there already.
  package var isDuplicate: Bool

  package init(id: String, isDuplicate: Bool) {
    self.id = id
    self.isDuplicate = isDuplicate
  }
}
