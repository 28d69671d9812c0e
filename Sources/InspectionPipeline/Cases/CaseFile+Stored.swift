package import InspectionModel
package import InspectionStore

extension CaseFile {
  /// A case of its stored events.
  package init(stored: [StoredCaseEvent]) throws {
    try self.init(events: try stored.map { try CaseEventText.event($0.body) })
  }
}
