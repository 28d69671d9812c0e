package import InspectionModel

/// An instant at which an open case is warned about or handed up.
package struct EscalationPoint: Sendable, Hashable {
  /// Which step's limit it belongs to, as in `WorkOrder.Deadline`.
  package var step: String
  /// Share of that limit that has passed.
  package var percent: Int
  package var instant: Timestamp
  package var action: BilingualText
}
