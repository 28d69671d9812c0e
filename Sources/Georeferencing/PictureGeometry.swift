internal import InspectionModel

/// What is known about one picture of a flight.
struct PictureGeometry: Sendable {
  let orientation: PictureOrientation
  /// The pixels lie turned by half against the recorded direction.
  var isTurnedByHalf: Bool
  let camera: CameraModel?
  let position: GeodeticPosition<CGCS2000>?
  let horizontalSigmaMeters: Double
  let heightMeters: Double?
  var pose: Result<PicturePose, PlaceRefusal>
  var covariance: PoseCovariance?
  var remarks: [String] = []

  var turn: PictureTurn { orientation.turn(isTurnedByHalf: isTurnedByHalf) }

  init(_ picture: GeometryPicture, plane: LocalPlane<CGCS2000>?, ground: GroundPlane) {
    let metadata = picture.metadata
    orientation = PictureOrientation(
      metadata, storedWidthPixels: picture.storedWidthPixels, storedHeightPixels: picture.storedHeightPixels)
    isTurnedByHalf = orientation.isLikelyTurned
    let (width, height) = (picture.storedWidthPixels, picture.storedHeightPixels)
    let swaps = orientation.exifTurn.swapsAxes
    camera = CameraModel(
      metadata, uprightWidthPixels: swaps ? height : width, uprightHeightPixels: swaps ? width : height)
    let sample = picture.telemetry ?? metadata.telemetrySample(assuming: .utc) ?? TelemetrySample()
    position = sample.position.flatMap { $0.isPlausible ? $0 : nil }
    heightMeters = sample.heightMetersAboveTakeoff ?? position?.heightMetersAboveGround
    horizontalSigmaMeters = sample.horizontalSigmaMeters ?? PoseSigmas().horizontalMeters
    pose = .failure(.noPosition)
    guard let plane else { return }
    do throws(PlaceRefusal) {
      let read = try PicturePose(sample, isPositionFromLog: metadata.position == nil, plane: plane)
      guard let camera else { throw PlaceRefusal.noFocalLength }
      guard !orientation.isTurnedByUnknownQuarter else { throw PlaceRefusal.unknownQuarterTurn }
      pose = .success(read)
      covariance = PoseCovariance(
        read.sigmas, focalRelativeSigma: camera.focalRelativeSigma, ground: ground)
      noteAttitude(read.attitudeSource)
      noteOrientation()
    } catch {
      pose = .failure(error)
    }
  }

  private mutating func noteAttitude(_ source: PicturePose.AttitudeSource) {
    switch source {
    case .gimbal: break
    case .gimbalWithAirframeYaw: remarks.append("the camera's yaw was taken from the airframe")
    case .airframe:
      remarks.append("no gimbal angles: the camera is believed to look straight down from the airframe")
    }
  }

  private mutating func noteOrientation() {
    guard let program = orientation.savedAgainBy else { return }
    remarks.append(
      isTurnedByHalf
        ? "saved again by \(program) after the flight, probably turned by 180°"
        : "saved again by \(program) after the flight, perhaps turned")
  }
}
