import Georeferencing
import InspectionModel

/// Made pictures for tests: a camera of known make over level ground.
enum Flights {
  static let origin = GeodeticPosition<CGCS2000>(latitudeDegrees: 29.29, longitudeDegrees: 106.25)
  static let plane = LocalPlane(origin: origin)
  static let metersHeight = 40.0

  /// Tags of a picture: the camera's place in metres from `origin`, angles in degrees.
  static func metadata(
    north: Double = 0, east: Double = 0, height: Double? = metersHeight, pitch: Double = -90, yaw: Double = 0,
    roll: Double = 0
  ) -> PictureMetadata {
    var metadata = PictureMetadata(format: .jpeg)
    metadata.make = "DJI"
    metadata.model = "FC300S"
    metadata.software = "v01.23.4920"
    metadata.takenAt = CivilTime(year: 2026, month: 11, day: 24, hour: 8)
    metadata.modifiedAt = metadata.takenAt
    metadata.orientation = 1
    (metadata.recordedWidthPixels, metadata.recordedHeightPixels) = (4000, 2250)
    metadata.focalLengthMillimeters = 3.61
    metadata.focalLength35mmEquivalentMillimeters = 20
    metadata.position = plane.position(eastMeters: east, northMeters: north)
    metadata.heightMetersAboveTakeoff = height
    metadata.gimbal = GimbalPose(
      rollRadians: roll * .pi / 180, pitchRadians: pitch * .pi / 180, yawRadians: yaw * .pi / 180)
    return metadata
  }

  static func picture(_ metadata: PictureMetadata, width: Int = 1280, height: Int = 720) -> GeometryPicture {
    GeometryPicture(
      metadata: metadata, telemetry: nil, storedWidthPixels: width, storedHeightPixels: height)
  }

  static func geometry(_ metadata: PictureMetadata) -> FlightGeometry { .fromTags([picture(metadata)]) }
}

extension FlightGeometry {
  /// North and east metres from `Flights.origin` of a point, with its sigma; `nil` where it has no place.
  func meters(_ u: Double, _ v: Double, of index: Int = 0) -> (north: Double, east: Double, sigma: Double)? {
    guard let place = try? place(ofPicture: index, u: u, v: v).get() else { return nil }
    let offset = Flights.plane.offsetMeters(of: place.position)
    return (offset.north, offset.east, place.sigmaMeters)
  }
}
