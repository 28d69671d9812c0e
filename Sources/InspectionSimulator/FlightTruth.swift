package import InspectionModel

/// What is true about a simulated flight: `truth.json` beside its pictures.
///
/// Positions are CGCS2000, the ground is flat, boxes and image points are fractions of the picture as stored.
package struct FlightTruth: Sendable, Hashable, Codable {
  package var seed: UInt64
  package var isMarked: Bool
  package var isNight: Bool
  package var camera: Camera
  /// Height of the ground above mean sea level.
  package var groundMetersAMSL: Double
  /// Errors between `Frame.pose` and `Frame.recordedPose`, one standard deviation.
  package var positionSigmaMeters: Double
  package var heightSigmaMeters: Double
  package var attitudeSigmaDegrees: Double
  package var hazards: [Hazard]
  package var frames: [Frame]
  /// Files that are broken on purpose, with what was done to them.
  package var damages: [Damage]

  /// A pinhole without distortion, its principal point in the middle.
  package struct Camera: Sendable, Hashable, Codable {
    package var widthPixels: Int
    package var heightPixels: Int
    package var focalLengthPixels: Double
    package var focalLengthMillimeters: Double
    package var sensorWidthMillimeters: Double
  }

  /// One hazard on the ground.
  package struct Hazard: Sendable, Hashable, Codable {
    package var id: String
    package var kind: HazardKind
    package var latitudeDegrees: Double
    package var longitudeDegrees: Double
    /// From the centre to the farthest corner of the outline.
    package var radiusMeters: Double
    /// Corners, clockwise seen from above: longitude, latitude.
    package var outline: [[Double]]
    /// Things that are seen one by one: the vehicles of a jam, else 1.
    package var partCount: Int
    /// Number of the first picture in which it is there.
    package var firstFrame: Int
  }

  /// One picture.
  package struct Frame: Sendable, Hashable, Codable {
    package var name: String
    package var sequenceNumber: Int
    /// ISO 8601 with milliseconds.
    package var time: String
    package var pose: Pose
    /// What tags and log say where that is not `pose`.
    package var recordedPose: Pose?
    /// The stored pixels are turned by 180 degrees against the pose.
    package var isTurned: Bool
    package var sightings: [Sighting]
    /// Around the pixels that smoke or flames cover by a third or more; `nil` where none are.
    package var smokeBox: NormalizedBox?
    package var tiePoints: [TiePoint]
  }

  /// Where a camera was and looked; angles in the north-east-down frame.
  package struct Pose: Sendable, Hashable, Codable {
    package var latitudeDegrees: Double
    package var longitudeDegrees: Double
    /// Over the flat ground, which is the take-off's too.
    package var heightMeters: Double
    package var gimbalYawDegrees: Double
    package var gimbalPitchDegrees: Double
    package var gimbalRollDegrees: Double
    package var flightYawDegrees: Double
    package var flightPitchDegrees: Double
    package var flightRollDegrees: Double
  }

  /// One visible thing of a hazard in one picture.
  package struct Sighting: Sendable, Hashable, Codable {
    package var hazard: String
    /// From 0, below the hazard's `partCount`.
    package var part: Int
    /// Around the pixels that show it.
    package var box: NormalizedBox
    package var pixelCount: Int
    /// Where the middle of the part lies in the picture; may be outside of 0…1 where only a corner shows.
    package var center: ImagePoint
    /// The picture's edge cuts it.
    package var isCut: Bool
  }

  /// Fractions of a picture's width and height.
  package struct ImagePoint: Sendable, Hashable, Codable {
    package var u: Double
    package var v: Double
  }

  /// A point of a picture with its place on the ground.
  package struct TiePoint: Sendable, Hashable, Codable {
    package var u: Double
    package var v: Double
    package var latitudeDegrees: Double
    package var longitudeDegrees: Double
  }

  /// One file that is broken on purpose.
  package struct Damage: Sendable, Hashable, Codable {
    package var file: String
    /// Raw value of the `FlightDamage`.
    package var kind: String
    /// Line of a log, where one is mutated.
    package var line: Int?
  }
}

extension FlightTruth.Pose {
  init(_ pose: CameraPose) {
    latitudeDegrees = Double(pose.latitudeMicrodegrees) / 1e6
    longitudeDegrees = Double(pose.longitudeMicrodegrees) / 1e6
    heightMeters = Double(pose.heightDecimeters) / 10
    gimbalYawDegrees = Double(pose.gimbal.yawDecidegrees) / 10
    gimbalPitchDegrees = Double(pose.gimbal.pitchDecidegrees) / 10
    gimbalRollDegrees = Double(pose.gimbal.rollDecidegrees) / 10
    flightYawDegrees = Double(pose.airframe.yawDecidegrees) / 10
    flightPitchDegrees = Double(pose.airframe.pitchDecidegrees) / 10
    flightRollDegrees = Double(pose.airframe.rollDecidegrees) / 10
  }
}

/// A number rounded to that many decimals, so that its shortest text has no more.
func roundedDecimals(_ value: Double, _ decimals: Int) -> Double {
  var scale = 1.0
  for _ in 0..<decimals { scale *= 10 }
  return (value * scale).rounded() / scale
}
