package import InspectionModel

/// What a batch of observations did to one incident.
package enum IncidentChange: Sendable, Hashable {
  /// A new incident.
  case opened(Incident)
  /// A known incident has other sightings or looks than before; `joined` are the keys that it did not have.
  case updated(Incident, joined: [String])
  /// All sightings that are filed under a name (`Filing`) belong to another incident than before.
  case moved(name: String, to: Incident)
  /// A known incident is gone under its old identifier: it is one with another, or an earlier sighting came in late.
  /// What hung on `id` (a case, say) now hangs on `by`.
  case superseded(id: String, by: Incident)

  /// The incident as it is now.
  package var incident: Incident {
    switch self {
    case .opened(let incident), .updated(let incident, _), .moved(_, to: let incident),
      .superseded(_, by: let incident):
      incident
    }
  }

  /// What tells changes of one incident apart, in the order in which they are told.
  var rank: (Int, String) {
    switch self {
    case .opened, .updated: (0, "")
    case .moved(let name, _): (1, name)
    case .superseded(let id, _): (2, id)
    }
  }
}
