package import InspectionModel

/// What day is to be made up. The same plan gives the same bytes.
package struct DayPlan: Sendable, Hashable {
  package var seed: UInt64
  package var hazardCount = 600
  /// Different observations; doubled lines come on top.
  package var observationCount = 20_000
  /// Midnight at which the day begins.
  package var start: Timestamp
  /// Around which hazards lie.
  package var centers: [Center]
  /// In which every hazard lies.
  package var box: Box
  /// How far the sightings of one hazard scatter because it is no point, metres, one sigma per axis.
  package var spreadMeters = DayPlan.ordinarySpreadMeters
  /// Share of the hazards that are put beside another one of their kind.
  package var neighbourShare = 0.12
  /// Share of the observations that arrive more than once.
  package var repeatedShare = 0.03

  package init(seed: UInt64, start: Timestamp, centers: [Center], box: Box) {
    self.seed = seed
    self.start = start
    self.centers = centers
    self.box = box
  }

  /// A place where people live.
  package struct Center: Sendable, Hashable {
    package var position: GeodeticPosition<CGCS2000>
    /// Hazards lie here in proportion to it.
    package var weight: Double

    package init(position: GeodeticPosition<CGCS2000>, weight: Double) {
      self.position = position
      self.weight = weight
    }
  }

  /// A box of the map, degrees.
  package struct Box: Sendable, Hashable {
    package var south: Double
    package var west: Double
    package var north: Double
    package var east: Double

    package init(south: Double, west: Double, north: Double, east: Double) {
      (self.south, self.west, self.north, self.east) = (south, west, north, east)
    }

    func contains(_ position: GeodeticPosition<CGCS2000>) -> Bool {
      south <= position.latitudeDegrees && position.latitudeDegrees <= north
        && west <= position.longitudeDegrees && position.longitudeDegrees <= east
    }
  }

  /// Extents of ordinary hazards.
  package static let ordinarySpreadMeters: [HazardKind: Double] = [
    .fireSmoke: 15, .water: 10, .roadDamage: 3, .garbage: 5, .congestion: 30, .darkness: 20, .obstruction: 5,
  ]

  /// The latest that an observation arrives after what it saw.
  package static let latenessSeconds = 7200

  /// The score from which a hazard counts as seen.
  package static let threshold = HazardScore(millionths: 500_000)

  /// Every hazard is seen at least once at this score: whether a faint one counts is a question of thresholds, not
  /// of joining sightings.
  package static let surestScoreAtLeast = HazardScore(millionths: 850_000)
}
