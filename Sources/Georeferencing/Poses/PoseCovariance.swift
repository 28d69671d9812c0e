/// How the errors of a pose's parts go together: a symmetric matrix in the order of `PosePart`.
package struct PoseCovariance: Sendable, Hashable {
  private var values: [Double]

  /// Independent parts, as the tags tell them.
  init(_ sigmas: PoseSigmas, focalRelativeSigma: Double, ground: GroundPlane) {
    values = [Double](repeating: 0, count: PosePart.count * PosePart.count)
    let deviations =
      [sigmas.horizontalMeters, sigmas.horizontalMeters, sigmas.heightMeters]
      + [sigmas.tiltRadians, sigmas.tiltRadians, sigmas.yawRadians]
      + [sigmas.mountRadians, sigmas.mountRadians, sigmas.mountRadians]
      + [focalRelativeSigma, CameraModel.distortionSigma]
      + [ground.levelSigmaMeters, ground.slopeSigma, ground.slopeSigma]
    for (part, deviation) in deviations.enumerated() { self[part, part] = deviation * deviation }
  }

  /// Each element told.
  init(_ value: (_ row: Int, _ column: Int) -> Double) {
    values = (0..<PosePart.count * PosePart.count).map { value($0 / PosePart.count, $0 % PosePart.count) }
  }

  subscript(row: Int, column: Int) -> Double {
    get { values[row * PosePart.count + column] }
    set { values[row * PosePart.count + column] = newValue }
  }

  /// One standard deviation per axis of a place on the ground: the root mean square over all directions,
  /// metres.
  package func sigmaMeters(at point: GroundPoint, ground: GroundPlane) -> Double {
    var variance = 0.0
    for row in 0..<PosePart.count {
      for column in 0..<PosePart.count {
        variance +=
          self[row, column]
          * (point.north[row] * point.north[column] + point.east[row] * point.east[column])
      }
    }
    let relief = ground.reliefSigmaMeters
    variance +=
      relief * relief * (point.slopeNorth * point.slopeNorth + point.slopeEast * point.slopeEast)
    return (max(variance, 0) / 2).squareRoot()
  }
}
