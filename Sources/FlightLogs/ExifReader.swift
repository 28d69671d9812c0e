internal import Glibc
internal import InspectionModel

/// Reads the EXIF tags that matter for time and pose from a TIFF structure of either byte order.
///
/// Source: TIFF 6.0 and CIPA DC-008 (Exif 2.32). Every offset is checked; a directory has at most 512 entries.
struct ExifReader {
  private let tiff: BoundedBytes
  private let bigEndian: Bool
  private let firstDirectory: Int

  private static let entryLimit = 512
  private static let textLimit = 256

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

  /// One directory entry whose value was found inside the bytes.
  private struct Entry {
    let type: Int
    let count: Int
    let value: BoundedBytes
  }

  /// Adds what the tags tell to `metadata`; returns a sentence for the first damage that was found.
  func read(into metadata: inout PictureMetadata) -> String? {
    guard let main = directory(at: firstDirectory) else {
      return "the first EXIF directory lies outside the segment"
    }
    metadata.make = text(main[0x010F])
    metadata.model = text(main[0x0110])
    metadata.software = text(main[0x0131])
    metadata.modifiedAt = text(main[0x0132]).flatMap(Self.dateTime)
    metadata.orientation = integer(main[0x0112]).flatMap { (1...8).contains($0) ? $0 : nil }
    var damage: String?
    if let offset = integer(main[0x8769]) {
      if let exif = directory(at: offset) {
        readExif(exif, into: &metadata)
      } else {
        damage = "the EXIF sub-directory lies outside the segment"
      }
    }
    if let offset = integer(main[0x8825]) {
      if let satellite = directory(at: offset) {
        readPosition(satellite, into: &metadata)
      } else {
        damage = damage ?? "the GPS directory lies outside the segment"
      }
    }
    return damage
  }

  private func readExif(_ exif: [Int: Entry], into metadata: inout PictureMetadata) {
    metadata.takenAt = text(exif[0x9003]).flatMap(Self.dateTime)
    if let fraction = text(exif[0x9291]).flatMap(Self.nanoseconds) { metadata.takenAt?.nanosecond = fraction }
    metadata.takenAtOffset = (text(exif[0x9011]) ?? text(exif[0x9010])).flatMap(UTCOffset.init(suffix:))
    metadata.focalLengthMillimeters = rational(exif[0x920A], 0).flatMap(Self.positive)
    metadata.focalLength35mmEquivalentMillimeters = integer(exif[0xA405]).map(Double.init)
      .flatMap(Self.positive)
    metadata.recordedWidthPixels = integer(exif[0xA002]).flatMap { $0 > 0 ? $0 : nil }
    metadata.recordedHeightPixels = integer(exif[0xA003]).flatMap { $0 > 0 ? $0 : nil }
    let millimeters: Double? =
      switch integer(exif[0xA210]) ?? 2 {
      case 2: 25.4
      case 3: 10
      case 4: 1
      default: nil
      }
    if let unit = millimeters, let perUnit = rational(exif[0xA20E], 0).flatMap(Self.positive),
      let width = metadata.recordedWidthPixels
    {
      let sensor = Double(width) / perUnit * unit
      metadata.sensorWidthMillimeters = (1...100).contains(sensor) ? sensor : nil
    }
  }

  private func readPosition(_ satellite: [Int: Entry], into metadata: inout PictureMetadata) {
    if let latitude = angle(satellite[2], reference: text(satellite[1]), positive: "N", negative: "S"),
      let longitude = angle(satellite[4], reference: text(satellite[3]), positive: "E", negative: "W")
    {
      let position = GeodeticPosition<CGCS2000>(latitudeDegrees: latitude, longitudeDegrees: longitude)
      if position.isPlausible { metadata.position = position }
    }
    if let altitude = rational(satellite[6], 0) {
      let below = satellite[5].flatMap { $0.value.byte(0) } == 1
      metadata.altitudeMetersAMSL = below ? -altitude : altitude
    }
    metadata.horizontalSigmaMeters = rational(satellite[0x1F], 0).flatMap(Self.positive)
    if let day = text(satellite[0x1D]).flatMap({ Self.dateTime($0 + " 00:00:00") }),
      let hours = rational(satellite[7], 0), let minutes = rational(satellite[7], 1),
      let seconds = rational(satellite[7], 2), (0..<24).contains(hours), (0..<60).contains(minutes),
      (0..<61).contains(seconds)
    {
      metadata.satelliteTime = Timestamp(day, zone: .utc)?
        .advanced(bySeconds: hours * 3600 + minutes * 60 + seconds)
    }
  }

  // MARK: - Directory entries

  private func directory(at offset: Int) -> [Int: Entry]? {
    guard let count = tiff.uint16(offset, bigEndian: bigEndian) else { return nil }
    var entries: [Int: Entry] = [:]
    for index in 0..<min(count, Self.entryLimit) {
      let place = offset + 2 + index * 12
      guard let tag = tiff.uint16(place, bigEndian: bigEndian),
        let type = tiff.uint16(place + 2, bigEndian: bigEndian),
        let count = tiff.uint32(place + 4, bigEndian: bigEndian)
      else { break }
      guard let size = Self.byteCount(ofType: type), count > 0, count <= tiff.count / size else { continue }
      let length = count * size
      let start = length <= 4 ? place + 8 : tiff.uint32(place + 8, bigEndian: bigEndian)
      guard let start, let value = tiff.part(start, length), entries[tag] == nil else { continue }
      entries[tag] = Entry(type: type, count: count, value: value)
    }
    return entries
  }

  private static func byteCount(ofType type: Int) -> Int? {
    switch type {
    case 1, 2, 6, 7: 1
    case 3, 8: 2
    case 4, 9, 11, 13: 4
    case 5, 10, 12: 8
    default: nil
    }
  }

  private func text(_ entry: Entry?) -> String? {
    guard let entry, entry.type == 2 || entry.type == 7 else { return nil }
    let characters = entry.value.slice.prefix(Self.textLimit).prefix { $0 != 0 }
    let text = String(decoding: characters, as: UTF8.self)
    let trimmed = text.drop { $0 == " " }
    let last = trimmed.lastIndex { $0 != " " }
    return last.map { String(trimmed[...$0]) }
  }

  private func integer(_ entry: Entry?) -> Int? {
    guard let entry else { return nil }
    switch entry.type {
    case 1: return entry.value.byte(0).map(Int.init)
    case 3: return entry.value.uint16(0, bigEndian: bigEndian)
    case 4, 13: return entry.value.uint32(0, bigEndian: bigEndian)
    default: return nil
    }
  }

  private func rational(_ entry: Entry?, _ index: Int) -> Double? {
    guard let entry, entry.type == 5 || entry.type == 10, index < entry.count,
      let above = entry.value.uint32(index * 8, bigEndian: bigEndian),
      let below = entry.value.uint32(index * 8 + 4, bigEndian: bigEndian), below != 0
    else { return nil }
    guard entry.type == 10 else { return Double(above) / Double(below) }
    return Double(Int32(truncatingIfNeeded: above)) / Double(Int32(truncatingIfNeeded: below))
  }

  /// Degrees from three rationals; `nil` without its hemisphere.
  private func angle(_ entry: Entry?, reference: String?, positive: Character, negative: Character) -> Double?
  {
    guard let degrees = rational(entry, 0), let minutes = rational(entry, 1), minutes < 60,
      let seconds = rational(entry, 2), seconds < 60, let letter = reference?.first
    else { return nil }
    let value = degrees + minutes / 60 + seconds / 3600
    if letter == positive { return value }
    return letter == negative ? -value : nil
  }

  // MARK: - Values

  private static func positive(_ value: Double) -> Double? { value > 0 && value.isFinite ? value : nil }

  /// `2016:06:23 16:32:13`; `nil` for the blanks and zeros that cameras without a clock write.
  static func dateTime(_ text: String) -> CivilTime? {
    var numbers: [Int] = []
    for part in text.split(maxSplits: 6, whereSeparator: { $0 == ":" || $0 == " " }).prefix(6) {
      guard let number = Int(part), number >= 0 else { return nil }
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
