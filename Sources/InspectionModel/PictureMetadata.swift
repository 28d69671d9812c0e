/// What a picture file says about itself: its embedded EXIF and XMP tags and its stored size.
///
/// A value that the file lacks, or that cannot be true, is `nil`. Nothing here looks at the pixels.
package struct PictureMetadata: Sendable, Hashable {
  /// A kind of picture file, known by its first bytes and never by its name.
  package enum Format: String, Sendable, Hashable {
    case jpeg
    case png
  }

  package var format: Format
  /// Size of the stored picture, from its own header (not from EXIF), pixels.
  package var storedWidthPixels: Int?
  package var storedHeightPixels: Int?
  /// Size that EXIF states: that of the original, where the file was reduced later.
  package var recordedWidthPixels: Int?
  package var recordedHeightPixels: Int?

  package var make: String?
  package var model: String?
  /// What wrote the file last: a camera's firmware or a desktop program.
  package var software: String?
  /// DateTimeOriginal with its fraction of a second; the camera's local clock unless `takenAtOffset` is told.
  package var takenAt: CivilTime?
  package var takenAtOffset: UTCOffset?
  /// ModifyDate, on the same clock as `takenAt` or on that of the program that saved the file again.
  package var modifiedAt: CivilTime?
  /// UTC of the satellite receiver.
  package var satelliteTime: Timestamp?
  /// EXIF orientation, 1…8; 1 means stored upright.
  package var orientation: Int?

  package var focalLengthMillimeters: Double?
  /// Focal length of a 24 x 36 mm camera with the same view; often wrong where the picture is cropped.
  package var focalLength35mmEquivalentMillimeters: Double?
  /// Width of the sensor's used part, from EXIF's focal plane resolution, millimetres.
  package var sensorWidthMillimeters: Double?
  /// Focal length from the maker's own calibration, in pixels of the original.
  package var calibratedFocalLengthPixels: Double?

  package var position: GeodeticPosition<CGCS2000>?
  package var altitudeMetersAMSL: Double?
  package var heightMetersAboveTakeoff: Double?
  /// One standard deviation of each horizontal axis, where the receiver states it, metres.
  package var horizontalSigmaMeters: Double?
  /// Airframe attitude, radians in the north-east-down frame.
  package var rollRadians: Double?
  package var pitchRadians: Double?
  package var yawRadians: Double?
  /// Camera direction in the north-east-down frame.
  package var gimbal: GimbalPose?

  package init(format: Format) { self.format = format }
}

extension PictureMetadata {
  /// When the picture was taken: the camera's clock with its stated zone or else `zone`; `nil` without a date.
  package func timestamp(assuming zone: UTCOffset) -> Timestamp? {
    takenAt.flatMap { Timestamp($0, zone: takenAtOffset ?? zone) }
  }

  /// The pose tags as one telemetry record; `nil` where the file carries none of them.
  package func telemetrySample(assuming zone: UTCOffset) -> TelemetrySample? {
    var sample = TelemetrySample(timestamp: timestamp(assuming: zone))
    sample.position = position
    sample.altitudeMetersAMSL = altitudeMetersAMSL
    sample.heightMetersAboveTakeoff = heightMetersAboveTakeoff
    sample.rollRadians = rollRadians
    sample.pitchRadians = pitchRadians
    sample.yawRadians = yawRadians
    sample.gimbal = gimbal
    sample.horizontalSigmaMeters = horizontalSigmaMeters
    let timeOnly = TelemetrySample(timestamp: sample.timestamp)
    return sample == timeOnly ? nil : sample
  }
}
