package import InspectionModel

/// What flight is to be drawn. The same plan gives the same bytes.
package struct FlightPlan: Sendable, Hashable {
  /// Chooses layout, textures, jitter and errors.
  package var seed: UInt64
  package var frameCount = 24
  package var widthPixels = 960
  package var heightPixels = 540
  /// JPEG quality, 1…100.
  package var quality = 85
  /// Height of the flight over the flat ground, metres.
  package var heightMeters = 60.0
  /// When the first picture is taken; `nil` for 09:30, or 21:30 at night, on 24 November 2026 in Jiangjin.
  package var start: Timestamp?
  /// Time between pictures, milliseconds.
  package var periodMilliseconds = 2500
  /// Middle of the flown area; the default is Degan street.
  package var origin = GeodeticPosition<CGCS2000>(latitudeDegrees: 29.276, longitudeDegrees: 106.232)
  /// Hazards are areas in the colours of `FixedTestAnalyzer` on a flat ground, without anything that stands
  /// up.
  package var isMarked = false
  /// The sun is down: street lamps light the ground, one row of them is out.
  package var isNight = false
  /// Every fifth picture looks ahead at a slant instead of straight down.
  package var hasObliqueFrames = true
  /// One camera on a pole instead of a flight: no telemetry, no tags.
  package var isFixedCamera = false
  package var hazards = Set(HazardKind.allCases)
  /// The hazards are there from this picture on.
  package var hazardsAppearAtFrame = 0
  package var tags = PictureTagging.pose
  package var sidecar = SidecarKind.none
  package var errors = RecordedErrors()
  package var damages: Set<FlightDamage> = []

  package init(seed: UInt64) { self.seed = seed }

  /// Which tags the pictures carry.
  package enum PictureTagging: String, Sendable, Hashable, CaseIterable {
    /// EXIF with time, lens and position, XMP with heights and angles.
    case pose
    /// EXIF with time and lens.
    case time
    case none
  }

  /// Which telemetry log lies beside the pictures.
  package enum SidecarKind: String, Sendable, Hashable, CaseIterable {
    case none
    /// DJI subtitles with bracketed pairs, five records a second.
    case srt
    /// Airdata CSV with feet and miles an hour, ten records a second.
    case airdata
  }

  /// How far what is recorded lies from what is true: one standard deviation of normal, independent errors
  /// per picture; between pictures the error moves as the drone does.
  package struct RecordedErrors: Sendable, Hashable {
    /// Of each horizontal axis, metres.
    package var positionSigmaMeters = 0.0
    package var heightSigmaMeters = 0.0
    /// Of each angle of the gimbal, degrees.
    package var attitudeSigmaDegrees = 0.0

    package init() {}

    /// Errors of an ordinary satellite receiver and gimbal.
    package static let ordinary: RecordedErrors = {
      var errors = RecordedErrors()
      (errors.positionSigmaMeters, errors.heightSigmaMeters, errors.attitudeSigmaDegrees) = (1.5, 1, 0.5)
      return errors
    }()
  }

  /// When the first picture is taken.
  package var firstFrameTime: Timestamp {
    start
      ?? Timestamp(
        CivilTime(year: 2026, month: 11, day: 24, hour: isNight ? 21 : 9, minute: 30), zone: .shanghai)!
  }
}

/// What can be broken in a flight on purpose; each at a place that the truth names.
package enum FlightDamage: String, Sendable, Hashable, CaseIterable {
  /// The second picture ends in the middle of its data.
  case truncatedFrame = "truncated-frame"
  /// A further file with a picture's name holds text.
  case mislabelledFile = "mislabelled-file"
  /// A further file with a picture's name is empty.
  case emptyFile = "empty-file"
  /// Some lines of the telemetry log are mutated.
  case brokenSidecar = "broken-sidecar"
  /// The fourth picture's XMP lacks the angles of gimbal and airframe.
  case missingAttitude = "missing-attitude"
  /// The last third of the pictures were turned by 180 degrees and saved again by a desktop program.
  case turnedPictures = "turned-pictures"
}
