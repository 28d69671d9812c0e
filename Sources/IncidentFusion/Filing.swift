/// Where sightings of final steps belong: from then on an incident names them by their spot and holds no keys.
///
/// Who keeps the sightings writes the name beside each of them, so that a spot that moves to another incident later
/// (`IncidentChange.moved`) takes them along without the fusion knowing them one by one.
package struct Filing: Sendable, Hashable {
  /// Name of the spot: the key of one of its sightings.
  package let name: String
  /// Keys that are filed under the name with this.
  package let keys: [String]
  /// Names of spots that are one with this one now: what is filed under them, in whatever incident, belongs under `name`.
  package let formerNames: [String]
}
