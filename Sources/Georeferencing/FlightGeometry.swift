package import InspectionModel

/// Where the pictures of one flight lie on the ground: poses from tags, then improved by comparing the
/// pictures.
///
/// Pictures are named by their index in the order in which they were given. Points of a picture are 0…1 across
/// and down the picture as stored. A stated sigma is one standard deviation per axis against the frame of the
/// flight's own satellite fixes: a bias that all fixes of a flight share cannot be seen from within and is not in
/// it.
package struct FlightGeometry: Sendable {
  var pictures: [PictureGeometry]
  /// `nil` where no picture has a position.
  let plane: LocalPlane<CGCS2000>?
  /// The ground that the tags alone speak of: level, about as high as the take-off point.
  let ground: GroundPlane

  /// Geometry from the tags and logs alone; the pixels are not needed.
  package static func fromTags(_ pictures: [GeometryPicture]) -> FlightGeometry {
    FlightGeometry(pictures)
  }

  private init(_ pictures: [GeometryPicture]) {
    let positions = pictures.compactMap { picture in
      [picture.telemetry?.position, picture.metadata.position].compactMap { $0 }.first { $0.isPlausible }
    }
    let plane = positions.first.map { LocalPlane(origin: $0) }
    self.plane = plane
    var ground = GroundPlane()
    if let plane {
      let offsets = positions.map { plane.offsetMeters(of: $0) }
      ground.centerNorthMeters = offsets.reduce(0) { $0 + $1.north } / Double(offsets.count)
      ground.centerEastMeters = offsets.reduce(0) { $0 + $1.east } / Double(offsets.count)
    }
    self.ground = ground
    self.pictures = pictures.map { [ground] in PictureGeometry($0, plane: plane, ground: ground) }
  }

  /// How many pictures there are.
  package var count: Int { pictures.count }

  /// How many pictures have a place and a direction.
  package var posedPictureCount: Int { pictures.count { (try? $0.pose.get()) != nil } }

  /// The place on the ground that a point of a picture shows.
  package func place(ofPicture index: Int, u: Double, v: Double) -> Result<ObservedPlace, PlaceRefusal> {
    let picture = pictures[index]
    guard let plane, let camera = picture.camera, let covariance = picture.covariance else {
      return .failure(picture.refusal)
    }
    return picture.pose.flatMap { pose in
      let upright = picture.turn.upright(u: u, v: v)
      guard
        let point = GroundPoint(
          u: upright.u, v: upright.v, pose: pose, camera: camera, ground: picture.ground)
      else { return .failure(.aboveHorizon) }
      let sigma = covariance.sigmaMeters(at: point, ground: picture.ground)
      let reach = (point.slopeNorth * point.slopeNorth + point.slopeEast * point.slopeEast).squareRoot()
      // Beyond, the ray's error is no longer small against its angle with the ground.
      let limit = Self.largestRelativeSigma * pose.heightMeters * (1 + reach)
      guard sigma <= min(limit, Self.largestSigmaMeters) else {
        return .failure(.tooUncertain(sigmaMeters: sigma))
      }
      let position = plane.position(eastMeters: point.eastMeters, northMeters: point.northMeters)
      return .success(ObservedPlace(position: position, sigmaMeters: sigma, method: .projected))
    }
  }

  private static let largestRelativeSigma = 0.3
  private static let largestSigmaMeters = 100.0

  /// The camera's own position with an honest radius, for what has no place by its ray; `nil` without a
  /// position.
  ///
  /// What the picture shows lies somewhere within its view: spread evenly over a disc of radius r, it has a
  /// standard deviation of r / 2 on each axis.
  package func cameraPlace(ofPicture index: Int) -> ObservedPlace? {
    let picture = pictures[index]
    guard let position = picture.position else { return nil }
    let spread = viewRadiusMeters(picture) / 2
    let own = picture.horizontalSigmaMeters
    return ObservedPlace(
      position: GeodeticPosition(
        latitudeDegrees: position.latitudeDegrees, longitudeDegrees: position.longitudeDegrees),
      sigmaMeters: (spread * spread + own * own).squareRoot(), method: .camera)
  }

  /// Drones fly below 120 m without a permit (Interim Regulation on Unmanned Aircraft Flight, article 19).
  private static let assumedHeightMeters = 120.0
  /// A view without known direction reaches to 14° below the horizon.
  private static let assumedReachPerHeight = 4.0

  private func viewRadiusMeters(_ picture: PictureGeometry) -> Double {
    let known = picture.heightMeters.flatMap { $0 >= 1 && $0.isFinite ? $0 : nil }
    let height = known ?? Self.assumedHeightMeters
    guard case .success(let pose) = picture.pose, let camera = picture.camera else {
      return height * Self.assumedReachPerHeight
    }
    let corners = Self.visibleCorners(pose: pose, camera: camera)
    let reaches = corners.map { ray in (ray.x * ray.x + ray.y * ray.y).squareRoot() / ray.z }
    return height * (reaches.max() ?? 1 / Self.flattestEdge)
  }

  /// The ground that a picture shows as a ring of corners, counter-clockwise seen from above, not closed.
  ///
  /// Cut off where the view gets flatter than about 6°; `nil` where the picture shows no ground or has no
  /// pose.
  package func footprint(ofPicture index: Int) -> [GeodeticPosition<CGCS2000>]? {
    let picture = pictures[index]
    guard let plane, case .success(let pose) = picture.pose, let camera = picture.camera else { return nil }
    let corners = Self.visibleCorners(pose: pose, camera: camera)
    guard corners.count >= 3 else { return nil }
    let view = PictureView(pose: pose, camera: camera, ground: picture.ground)
    return corners.reversed().map { ray in
      let reach = view.heightMeters / max(picture.ground.fall(of: ray), Self.flattestEdge / 2)
      return plane.position(
        eastMeters: pose.eastMeters + reach * ray.y, northMeters: pose.northMeters + reach * ray.x)
    }
  }

  /// The least down part of an edge's ray whose forward part is 1.
  private static let flattestEdge = 0.1

  /// Rays of the picture's outline that fall, north-east-down, clockwise seen from above.
  static func visibleCorners(pose: PicturePose, camera: CameraModel) -> [Vector3] {
    let outline = [(0.0, 0.0), (1, 0), (1, 1), (0, 1)].map { u, v in
      pose.rotation(camera.viewDirection(u: u, v: v))
    }
    var kept: [Vector3] = []
    for (index, ray) in outline.enumerated() {
      let next = outline[(index + 1) % outline.count]
      if ray.z >= flattestEdge { kept.append(ray) }
      if (ray.z >= flattestEdge) != (next.z >= flattestEdge) {
        // The down part changes evenly along an edge.
        kept.append(ray + (next - ray) * ((flattestEdge - ray.z) / (next.z - ray.z)))
      }
    }
    return kept
  }

  /// What a person should know about the places of a picture, in plain English.
  package func remarks(ofPicture index: Int) -> [String] { pictures[index].remarks }
}

extension PictureGeometry {
  /// Why there is no pose.
  fileprivate var refusal: PlaceRefusal {
    if case .failure(let refusal) = pose { return refusal }
    return .noFocalLength
  }
}
