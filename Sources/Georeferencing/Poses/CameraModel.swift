package import InspectionModel

/// A camera with one term of lens distortion: focal length in units of the picture's longer side, principal
/// point in the middle.
///
/// `viewDirection` and `picturePoint` are the only two places that join the picture and the space before it:
/// further terms of distortion belong there.
package struct CameraModel: Sendable, Hashable {
  /// Focal length divided by the width of the sensor's used part: that of the picture's longer side.
  package var focalLengthPerLongSide: Double
  /// One standard deviation of the focal length, as a part of it.
  package var focalRelativeSigma: Double
  package var source: Source
  /// Brown's first radial term as a correction: a point seen at tangent r from the axis lies at r (1 + k r²).
  package var radialDistortion = 0.0
  /// Width and height of the upright picture as parts of its longer side: one of them is 1.
  package let widthPerLongSide: Double
  package let heightPerLongSide: Double

  /// Where the focal length was taken from, the best first.
  package enum Source: String, Sendable, Hashable {
    /// The maker's calibration, in pixels of the original.
    case calibration
    /// Focal length over the sensor's width that EXIF's focal plane resolution gives.
    case focalPlane
    /// Focal length over the sensor's width that is known of this camera.
    case knownSensor
    /// 35 mm equivalent: rounded to a millimetre, and makers disagree on what is equivalent.
    case equivalent
  }

  /// - Precondition: positive sizes and focal length.
  package init(
    focalLengthPerLongSide: Double, focalRelativeSigma: Double, source: Source, uprightWidthPixels: Int,
    uprightHeightPixels: Int
  ) {
    precondition(
      uprightWidthPixels > 0 && uprightHeightPixels > 0 && focalLengthPerLongSide > 0,
      "a picture has pixels and a lens a focal length")
    self.focalLengthPerLongSide = focalLengthPerLongSide
    self.focalRelativeSigma = focalRelativeSigma
    self.source = source
    let longSide = Double(max(uprightWidthPixels, uprightHeightPixels))
    widthPerLongSide = Double(uprightWidthPixels) / longSide
    heightPerLongSide = Double(uprightHeightPixels) / longSide
  }

  /// The camera that a picture's tags describe; `nil` where they tell no focal length that can be true.
  package init?(_ metadata: PictureMetadata, uprightWidthPixels: Int, uprightHeightPixels: Int) {
    for (source, sigma) in Self.relativeSigmas {
      guard let focal = Self.focalLengthPerLongSide(metadata, by: source), Self.plausible.contains(focal)
      else { continue }
      self.init(
        focalLengthPerLongSide: focal, focalRelativeSigma: sigma, source: source,
        uprightWidthPixels: uprightWidthPixels, uprightHeightPixels: uprightHeightPixels)
      return
    }
    return nil
  }

  /// From a view of 136° to one of 1.9°.
  private static let plausible = 0.2...30.0

  /// One standard deviation of each source, as a part of the focal length.
  ///
  /// Focal lengths are engraved, not measured, and move with temperature and focus (1 %). An equivalent of 20
  /// mm is rounded by 1.4 %, and refers to the width by some makers and to the diagonal by others (4 % apart
  /// at 4:3).
  private static let relativeSigmas: [(Source, Double)] = [
    (.calibration, 0.005), (.focalPlane, 0.01), (.knownSensor, 0.01), (.equivalent, 0.04),
  ]

  private static func focalLengthPerLongSide(_ metadata: PictureMetadata, by source: Source) -> Double? {
    switch source {
    case .calibration:
      guard let pixels = metadata.calibratedFocalLengthPixels else { return nil }
      // Stored sizes say nothing about the original where a program reduced the picture.
      let side = max(metadata.recordedWidthPixels ?? 0, metadata.recordedHeightPixels ?? 0)
      return side > 0 ? pixels / Double(side) : nil
    case .focalPlane:
      guard let focal = metadata.focalLengthMillimeters, let width = metadata.sensorWidthMillimeters
      else { return nil }
      return focal / width
    case .knownSensor:
      guard let focal = metadata.focalLengthMillimeters, let model = metadata.model,
        let width = SensorWidths.millimeters(model: model)
      else { return nil }
      return focal / width
    case .equivalent:
      // By the diagonal (CIPA DCG-001), of a 4:3 sensor or a 3:2 one; wider pictures are cuts of a 4:3
      // sensor.
      guard let equivalent = metadata.focalLength35mmEquivalentMillimeters else { return nil }
      let diagonalOf24x36 = 43.267
      let (width, height) = (metadata.recordedWidthPixels ?? 4, metadata.recordedHeightPixels ?? 3)
      let aspect = Double(max(width, height)) / Double(min(width, height))
      let widthPerDiagonal = abs(aspect - 1.5) < 0.02 ? 0.832_05 : 0.8
      return equivalent / diagonalOf24x36 / widthPerDiagonal
    }
  }

  /// One standard deviation of `radialDistortion`: cameras of drones correct their pictures, and 2 % of the
  /// way to the corner of a wide picture remain.
  static let distortionSigma = 0.02

  /// Where a point of the upright picture looks, in the camera's frame (right, down, forward), forward part
  /// 1.
  ///
  /// - Parameters:
  ///   - u: from the left, 0…1 across the upright picture.
  ///   - v: from the top, 0…1.
  package func viewDirection(u: Double, v: Double) -> Vector3 {
    let seen = seenDirection(u: u, v: v)
    let scale = 1 + radialDistortion * (seen.x * seen.x + seen.y * seen.y)
    return Vector3(seen.x * scale, seen.y * scale, 1)
  }

  /// The same before the lens is corrected.
  func seenDirection(u: Double, v: Double) -> Vector3 {
    Vector3(
      (u - 0.5) * widthPerLongSide / focalLengthPerLongSide,
      (v - 0.5) * heightPerLongSide / focalLengthPerLongSide, 1)
  }

  /// Where a direction in the camera's frame meets the upright picture (also beyond its edges); `nil` behind
  /// it.
  package func picturePoint(of direction: Vector3) -> (u: Double, v: Double)? {
    guard direction.z > 0 else { return nil }
    var (x, y) = (direction.x / direction.z, direction.y / direction.z)
    if radialDistortion != 0 {
      let (trueX, trueY) = (x, y)
      // A contraction for the small terms of real lenses; far outside the picture it stays bounded.
      for _ in 0..<6 {
        let scale = 1 / max(0.5, 1 + radialDistortion * (x * x + y * y))
        (x, y) = (trueX * scale, trueY * scale)
      }
    }
    return (
      x * focalLengthPerLongSide / widthPerLongSide + 0.5,
      y * focalLengthPerLongSide / heightPerLongSide + 0.5
    )
  }
}
