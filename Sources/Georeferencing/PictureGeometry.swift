internal import InspectionModel

/// What is known about one picture of a flight.
struct PictureGeometry: Sendable {
  let orientation: PictureOrientation
  /// The pixels lie turned by half against the recorded direction.
  private(set) var isTurnedByHalf: Bool
  private(set) var camera: CameraModel?
  /// The ground below, as the adjustment found it.
  private(set) var ground: GroundPlane
  let position: GeodeticPosition<CGCS2000>?
  let horizontalSigmaMeters: Double
  let heightMeters: Double?
  /// When it was taken, seconds since 1970 on the clock that the whole flight uses.
  let seconds: Double?
  private(set) var pose: Result<PicturePose, PlaceRefusal>
  private(set) var covariance: PoseCovariance?
  private(set) var remarks: [String] = []

  var turn: PictureTurn { orientation.turn(isTurnedByHalf: isTurnedByHalf) }

  init(_ picture: GeometryPicture, plane: LocalPlane<CGCS2000>?, ground: GroundPlane) {
    let metadata = picture.metadata
    self.ground = ground
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
    let taken = metadata.timestamp(assuming: .utc) ?? sample.timestamp
    seconds = taken?.seconds(since: Timestamp(nanoseconds: 0))
    pose = .failure(.noPosition)
    guard let plane else { return }
    do throws(PlaceRefusal) {
      let read = try PicturePose(
        sample, clockSigmaSeconds: metadata.position == nil ? Self.clockSigma(metadata) : nil, plane: plane)
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

  private static func clockSigma(_ metadata: PictureMetadata) -> Double {
    // Without a clock of its own a picture belongs to a mark in the log.
    metadata.takenAt?.nanosecond == 0 ? PoseSigmas.wholeSecondClockSeconds : PoseSigmas.fineClockSeconds
  }

  private mutating func noteAttitude(_ source: PicturePose.AttitudeSource) {
    switch source {
    case .gimbal: break
    case .gimbalWithAirframeYaw: remarks.append("the camera's yaw was taken from the airframe")
    case .airframe:
      remarks.append("no gimbal angles: the camera is believed to look straight down from the airframe")
    }
  }

  /// How the tags say that the picture sees the ground; `nil` without a pose.
  func view(_ ground: GroundPlane) -> PictureView? {
    guard case .success(let pose) = pose, let camera else { return nil }
    return PictureView(pose: pose, camera: camera, ground: ground)
  }

  /// Takes what the adjustment of the flight found.
  mutating func adjust(
    pose: PicturePose, camera: CameraModel, ground: GroundPlane, covariance: PoseCovariance
  ) {
    self.pose = .success(pose)
    self.camera = camera
    self.ground = ground
    self.covariance = covariance
  }

  /// Takes what the pixels proved about a turn after the flight.
  mutating func settleTurn(_ isTurned: Bool) {
    isTurnedByHalf = isTurned
    remarks.removeAll { $0.hasPrefix("saved again by ") }
    let saved = orientation.savedAgainBy.map { "saved again by \($0) after the flight, " } ?? ""
    if isTurnedByHalf {
      remarks.append(saved + "turned by 180°, as its neighbours prove")
    } else if !saved.isEmpty {
      remarks.append(saved + "not turned, as its neighbours prove")
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
