import Georeferencing
import Ingest
import InspectionModel

/// Where the things in the pictures of one flight lie on the ground.
struct PicturePlaces: Sendable {
  private let flight: RecordedFlight
  private let geometry: FlightGeometry

  /// Points of a track and outlines that exports show at most.
  static let trackLimit = 500
  static let footprintLimit = 120
  /// A camera that looks down more steeply than this sees things from above, radians.
  private static let steepPitchRadians = -Double.pi / 3

  init(flight: RecordedFlight, geometry: FlightGeometry) {
    self.flight = flight
    self.geometry = geometry
  }

  /// Where a thing in a picture lies, or why that cannot be said.
  ///
  /// Seen from above, a thing lies under the middle of its box; in an oblique view it meets the ground at the lower
  /// edge (smoke rises, a heap stands).
  func place(
    of region: NormalizedBox, inPicture index: Int
  ) -> (place: ObservedPlace?, remark: String?) {
    let pitch = flight.frames[index].telemetry?.gimbal?.pitchRadians
    let isSteep = pitch.map { $0 < Self.steepPitchRadians } ?? true
    let point = isSteep ? region.center : region.footPoint
    switch geometry.place(ofPicture: index, u: point.u, v: point.v) {
    case .success(let place): return (place, nil)
    case .failure(let refusal):
      return (geometry.cameraPlace(ofPicture: index), flight.frames[index].telemetryRemark ?? refusal.message)
    }
  }

  /// Track and footprints of the given pictures, thinned out for exports.
  func shown(
    _ indices: [Int]
  ) -> (
    track: [GeodeticPosition<CGCS2000>], footprints: [[GeodeticPosition<CGCS2000>]], locatedCount: Int
  ) {
    let positions = indices.compactMap { flight.frames[$0].telemetry?.position }
    let footprints = indices.compactMap { geometry.footprint(ofPicture: $0) }
    return (
      Self.thinned(positions, to: Self.trackLimit), Self.thinned(footprints, to: Self.footprintLimit),
      footprints.count
    )
  }

  /// At most `limit` of the items, evenly spread, the first and the last among them.
  static func thinned<Item>(_ items: [Item], to limit: Int) -> [Item] {
    guard items.count > limit, limit > 1 else { return items }
    return (0..<limit).map { items[$0 * (items.count - 1) / (limit - 1)] }
  }
}
