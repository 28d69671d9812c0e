package import InspectionModel

/// What a batch of observations did to one incident.
package enum IncidentChange: Sendable, Hashable {
  /// A new incident.
  case opened(Incident)
  /// A known incident has more sightings, or others than before.
  case updated(Incident)
  /// A known incident is gone under its old identifier: an earlier sighting came in late, so that it begins
  /// earlier or belongs to another one. What hung on `id` (a case, say) now hangs on `by`.
  case superseded(id: String, by: Incident)

  /// The incident as it is now.
  package var incident: Incident {
    switch self {
    case .opened(let incident), .updated(let incident), .superseded(_, by: let incident): incident
    }
  }
}
