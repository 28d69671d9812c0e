internal import InspectionModel

/// Reads the EXIF tags that matter for time and pose from a TIFF structure of either byte order.
///
/// Source: CIPA DC-008 (Exif 2.32). A value that is missing, lies outside the bytes or cannot be true stays `nil`.
struct ExifReader {
  private let tiff: BoundedBytes
  private let bigEndian: Bool
  private let firstDirectory: Int

  /// `nil` where the bytes do not begin with a TIFF header.
  init?(_ tiff: BoundedBytes) {
    if tiff.starts(with: "II*\0") {
      bigEndian = false
    } else if tiff.starts(with: "MM\0*") {
      bigEndian = true
    } else {
      return nil
    }
    guard let offset = tiff.uint32(4, bigEndian: bigEndian) else { return nil }
    self.tiff = tiff
    firstDirectory = offset
  }

  /// Tags of the first directory.
  private enum MainTag: Int, CaseIterable {
    case make = 0x010F
    case model = 0x0110
    case orientation = 0x0112
    case software = 0x0131
    case modifyDate = 0x0132
    case exifDirectory = 0x8769
    case positionDirectory = 0x8825
  }

  /// Tags of the EXIF directory.
  private enum ExifTag: Int, CaseIterable {
    case dateTimeOriginal = 0x9003
    case offsetTime = 0x9010
    case offsetTimeOriginal = 0x9011
    case subSecTimeOriginal = 0x9291
    case focalLength = 0x920A
    case pixelXDimension = 0xA002
    case pixelYDimension = 0xA003
    case focalPlaneXResolution = 0xA20E
    case focalPlaneResolutionUnit = 0xA210
    case focalLengthIn35mmFilm = 0xA405
  }

  /// Tags of the GPS directory.
  private enum PositionTag: Int, CaseIterable {
    case latitudeReference = 1
    case latitude = 2
    case longitudeReference = 3
    case longitude = 4
    case altitudeReference = 5
    case altitude = 6
    case timeOfDay = 7
    case status = 9
    case date = 0x1D
    case horizontalError = 0x1F
  }

  /// Adds what the tags tell to `metadata`; returns a sentence for the first damage that was found.
  func read(into metadata: inout PictureMetadata) -> String? {
    guard let main = TIFFDirectory(tiff, at: firstDirectory, bigEndian: bigEndian) else {
      return "the first EXIF directory lies outside the segment"
    }
    var damage = Self.damage(main, MainTag.allCases.map(\.rawValue), "first")
    metadata.make = main.text(MainTag.make.rawValue)
    metadata.model = main.text(MainTag.model.rawValue)
    metadata.software = main.text(MainTag.software.rawValue)
    metadata.modifiedAt = main.text(MainTag.modifyDate.rawValue).flatMap(Self.dateTime)
    metadata.orientation = main.integer(MainTag.orientation.rawValue).flatMap {
      (1...8).contains($0) ? $0 : nil
    }
    if let offset = main.integer(MainTag.exifDirectory.rawValue) {
      if let exif = TIFFDirectory(tiff, at: offset, bigEndian: bigEndian) {
        damage = damage ?? Self.damage(exif, ExifTag.allCases.map(\.rawValue), "EXIF")
        readExif(exif, into: &metadata)
      } else {
        damage = damage ?? "the EXIF directory lies outside the segment"
      }
    }
    if let offset = main.integer(MainTag.positionDirectory.rawValue) {
      if let satellite = TIFFDirectory(tiff, at: offset, bigEndian: bigEndian) {
        damage = damage ?? Self.damage(satellite, PositionTag.allCases.map(\.rawValue), "GPS")
        readPosition(satellite, into: &metadata)
      } else {
        damage = damage ?? "the GPS directory lies outside the segment"
      }
    }
    return damage
  }

  /// Damage that hides one of the tags that are read; other tags (maker notes, thumbnails) do not matter here.
  private static func damage(_ directory: TIFFDirectory, _ tags: [Int], _ name: String) -> String? {
    if let tag = tags.first(where: { directory.unreadableTags.contains($0) }) {
      let digits = String(tag, radix: 16, uppercase: true)
      return "the value of tag 0x\(digits) in the \(name) directory lies outside the segment"
    }
    return directory.isCut ? "the \(name) directory is cut by the end of the segment" : nil
  }

  private func readExif(_ exif: TIFFDirectory, into metadata: inout PictureMetadata) {
    func text(_ tag: ExifTag) -> String? { exif.text(tag.rawValue) }
    func count(_ tag: ExifTag) -> Int? { exif.integer(tag.rawValue).flatMap { $0 > 0 ? $0 : nil } }
    metadata.takenAt = text(.dateTimeOriginal).flatMap(Self.dateTime)
    if let fraction = text(.subSecTimeOriginal).flatMap(Self.nanoseconds) {
      metadata.takenAt?.nanosecond = fraction
    }
    metadata.takenAtOffset = (text(.offsetTimeOriginal) ?? text(.offsetTime))
      .flatMap(UTCOffset.init(suffix:))
    metadata.focalLengthMillimeters = exif.rational(ExifTag.focalLength.rawValue).flatMap(Self.positive)
    metadata.focalLength35mmEquivalentMillimeters = count(.focalLengthIn35mmFilm).map(Double.init)
    metadata.recordedWidthPixels = count(.pixelXDimension)
    metadata.recordedHeightPixels = count(.pixelYDimension)
    let millimeters: Double? =
      switch exif.integer(ExifTag.focalPlaneResolutionUnit.rawValue) ?? 2 {
      case 2: 25.4
      case 3: 10
      case 4: 1
      default: nil
      }
    if let unit = millimeters, let width = metadata.recordedWidthPixels,
      let perUnit = exif.rational(ExifTag.focalPlaneXResolution.rawValue).flatMap(Self.positive)
    {
      let sensor = Double(width) / perUnit * unit
      metadata.sensorWidthMillimeters = (1...100).contains(sensor) ? sensor : nil
    }
  }

  private func readPosition(_ satellite: TIFFDirectory, into metadata: inout PictureMetadata) {
    metadata.satelliteTime = satelliteTime(satellite)
    // V: the receiver had lost its fix, and the numbers are old ones.
    guard satellite.text(PositionTag.status.rawValue) != "V",
      let latitude = angle(satellite, .latitude, .latitudeReference, positive: "N", negative: "S"),
      let longitude = angle(satellite, .longitude, .longitudeReference, positive: "E", negative: "W")
    else { return }
    let position = GeodeticPosition<CGCS2000>(latitudeDegrees: latitude, longitudeDegrees: longitude)
    // Without a fix the altitude is a number without meaning, too.
    guard position.isPlausible else { return }
    metadata.position = position
    if let altitude = satellite.rational(PositionTag.altitude.rawValue),
      MeasuredRange.height.contains(altitude)
    {
      // 1: below the sea; 3 says the same since Exif 3.0.
      let reference = satellite.integer(PositionTag.altitudeReference.rawValue) ?? 0
      metadata.altitudeMetersAMSL = reference == 1 || reference == 3 ? -altitude : altitude
    }
    metadata.horizontalSigmaMeters = satellite.rational(PositionTag.horizontalError.rawValue)
      .flatMap(Self.positive).flatMap { MeasuredRange.accuracy.contains($0) ? $0 : nil }
  }

  private func satelliteTime(_ satellite: TIFFDirectory) -> Timestamp? {
    let tag = PositionTag.timeOfDay.rawValue
    guard let date = satellite.text(PositionTag.date.rawValue),
      let day = Self.dateTime(date + " 00:00:00"),
      let hours = satellite.rational(tag, 0), let minutes = satellite.rational(tag, 1),
      let seconds = satellite.rational(tag, 2), (0..<24).contains(hours), (0..<60).contains(minutes),
      (0..<61).contains(seconds)
    else { return nil }
    return Timestamp(day, zone: .utc)?.advanced(bySeconds: hours * 3600 + minutes * 60 + seconds)
  }

  /// Degrees from three rationals; `nil` without its hemisphere.
  private func angle(
    _ satellite: TIFFDirectory, _ tag: PositionTag, _ reference: PositionTag, positive: Character,
    negative: Character
  ) -> Double? {
    guard let degrees = satellite.rational(tag.rawValue, 0),
      let minutes = satellite.rational(tag.rawValue, 1), (0..<60).contains(minutes),
      let seconds = satellite.rational(tag.rawValue, 2), (0..<60).contains(seconds), degrees >= 0,
      let letter = satellite.text(reference.rawValue)?.first
    else { return nil }
    let value = degrees + minutes / 60 + seconds / 3600
    if letter == positive { return value }
    return letter == negative ? -value : nil
  }

  private static func positive(_ value: Double) -> Double? { value > 0 ? value : nil }

  /// `2016:06:23 16:32:13`; `nil` for the blanks and zeros that cameras without a clock write.
  static func dateTime(_ text: String) -> CivilTime? {
    var numbers: [Int] = []
    for part in text.split(maxSplits: 6, whereSeparator: { $0 == ":" || $0 == " " }).prefix(6) {
      guard part.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(part) else { return nil }
      numbers.append(number)
    }
    guard numbers.count == 6 else { return nil }
    let civil = CivilTime(
      year: numbers[0], month: numbers[1], day: numbers[2], hour: numbers[3], minute: numbers[4],
      second: numbers[5])
    return civil.isValid ? civil : nil
  }

  /// The digits after a decimal point as nanoseconds.
  private static func nanoseconds(_ digits: String) -> Int? {
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    let nine = String(digits.prefix(9))
    return Int(nine + String(repeating: "0", count: 9 - nine.count))
  }
}
