package import InspectionModel

/// The way of an aircraft, thinned to what a map can show.
package struct FlightTrack: Sendable {
  /// Positions between pauses.
  package private(set) var legs: [[GeodeticPosition<CGCS2000>]] = []
  package var photos: [GeodeticPosition<CGCS2000>] = []
  package private(set) var lengthMeters = 0.0

  /// Every position further than this from the one before is kept, metres; doubled whenever there are too many.
  private var spacingMeters = 0.5
  private var count = 0
  private var last: GeodeticPosition<CGCS2000>?
  private var isInterrupted = true

  /// Most positions that are kept.
  package static let positionLimit = 20_000

  init() {}

  mutating func interrupt() { isInterrupted = true }

  mutating func add(_ position: GeodeticPosition<CGCS2000>) {
    if let last, !isInterrupted {
      let way = LocalPlane(origin: last).offsetMeters(of: position)
      let meters = (way.east * way.east + way.north * way.north).squareRoot()
      guard meters >= spacingMeters else { return }
      lengthMeters += meters
      legs[legs.count - 1].append(position)
    } else {
      legs.append([position])
      isInterrupted = false
    }
    last = position
    count += 1
    if count > Self.positionLimit { thin() }
  }

  private mutating func thin() {
    spacingMeters *= 2
    legs = legs.map { leg in
      leg.enumerated().filter { $0.offset % 2 == 0 || $0.offset == leg.count - 1 }.map(\.element)
    }
    // Very many pauses: only the legs that hold something stay.
    if legs.count > Self.positionLimit / 4 { legs.removeAll { $0.count < 3 } }
    if legs.isEmpty { isInterrupted = true }
    count = legs.reduce(0) { $0 + $1.count }
  }
}
