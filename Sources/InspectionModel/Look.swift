/// A look at a place that shows what was there to be seen: where no sighting comes of it, it tells that a hazard is gone.
package struct Look: Sendable, Hashable, Codable {
  /// The ground that was seen.
  package struct Area: Sendable, Hashable, Codable {
    package var center: GeodeticPosition<CGCS2000>
    package var radiusMeters: Double

    package init(center: GeodeticPosition<CGCS2000>, radiusMeters: Double) {
      self.center = center
      self.radiusMeters = radiusMeters
    }
  }

  /// Names the look: the same look has the same key in every run.
  package var key: String
  package var witness: Witness
  package var time: Timestamp
  /// What the analyser would have found, and did not.
  package var hazards: [HazardKind]
  /// `nil` for a source that always looks at the same scene: it covers what it saw before.
  package var area: Area?

  package init(key: String, witness: Witness, time: Timestamp, hazards: [HazardKind], area: Area?) {
    self.key = key
    self.witness = witness
    self.time = time
    self.hazards = hazards
    self.area = area
  }
}
