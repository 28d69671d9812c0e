import FlightLogs
import InspectionModel
import TestSupport

/// Damaged telemetry logs and picture tags: subtitles in every dialect, Airdata, EXIF and XMP in JPEG and PNG.
struct LogInputs: HostileInputs {
  func input(_ generator: inout SeededGenerator) -> [UInt8] {
    switch generator.below(4) {
    case 0: LogSeeds.picture(tiff: tiff(&generator), packet: nil, &generator)
    case 1: LogSeeds.picture(tiff: nil, packet: packet(&generator), &generator)
    default: text(&generator)
    }
  }

  func feed(_ bytes: [UInt8], _ generator: inout SeededGenerator) throws -> String {
    if let reading = PictureMetadataReader.read(bytes, isWholeFile: true) {
      _ = PictureMetadataReader.read(bytes, isWholeFile: false)
      try reading.checkPromises(byteCount: bytes.count)
      return reading.faults.isEmpty ? "tags read" : "tags read, with faults"
    }
    let result = Result { () throws(TelemetryLogError) in try TelemetryLogReader.read(bytes) }
    switch result {
    case .success(let log):
      try log.checkPromises(byteCount: bytes.count)
      return log.faultCount == 0 ? "log read" : "log read, with faults"
    case .failure(let error):
      guard !error.message.isEmpty else { throw BrokenPromise("a refusal without words") }
      switch error {
      case .unknownFormat: return "format unknown"
      case .tooLarge: return "log too large"
      case .noRecords: return "log without records"
      }
    }
  }

  /// EXIF whose numbers, offsets and counts are wrong in places.
  private func tiff(_ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = LogSeeds.tiffs[generator.below(LogSeeds.tiffs.count)]
    for _ in 0..<1 + generator.below(6) {
      // Mostly in the directories, which begin behind the header.
      if generator.once(in: 2) {
        let entry = 10 + generator.below(24) * 12 + [0, 2, 4, 8][generator.below(4)]
        bytes.put(generator.edgeNumber(), bytes: generator.once(in: 2) ? 2 : 4, at: entry, &generator)
      } else {
        bytes.damage(&generator)
      }
    }
    if generator.once(in: 6) { bytes.cut(&generator) }
    return bytes
  }

  /// XMP with wrong values, or with properties that never end.
  private func packet(_ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = Array(LogSeeds.packets[generator.below(LogSeeds.packets.count)].utf8)
    for _ in 0..<generator.below(4) { bytes.damage(&generator) }
    for _ in 0..<generator.below(3) { replaceNumber(in: &bytes, &generator) }
    if generator.once(in: 12) {
      let piece = ["drone-dji:A=\"", "<drone-dji:A>", "drone-dji:", "=", "xmlns:drone-dji='"][
        generator.below(5)]
      let count = generator.below(generator.once(in: 4) ? 20_000 : 200)
      bytes.insert(
        contentsOf: Array(String(repeating: piece, count: count).utf8), at: generator.below(bytes.count + 1))
    }
    if generator.once(in: 6) { bytes.cut(&generator) }
    return bytes
  }

  /// A log whose lines are lost, doubled, mixed with another's, or wrong in places.
  private func text(_ generator: inout SeededGenerator) -> [UInt8] {
    let seeds = LogSeeds.texts
    var lines = seeds[generator.below(seeds.count)].split(separator: "\n", omittingEmptySubsequences: false)
      .map { Array($0.utf8) }
    let other = seeds[generator.below(seeds.count)].split(separator: "\n").map { Array($0.utf8) }
    for _ in 0..<generator.below(4) where lines.count > 1 {
      let place = generator.below(lines.count)
      switch generator.below(6) {
      case 0: lines.remove(at: place)
      case 1: lines.insert(lines[place], at: generator.below(lines.count))
      case 2: lines.swapAt(place, generator.below(lines.count))
      case 3: lines.insert(other[generator.below(other.count)], at: place)
      case 4: lines[place] += hostileRun(&generator)
      default: lines.insert(hostileRun(&generator), at: place)
      }
    }
    if generator.once(in: 100) {
      // Up to some megabytes.
      let times = min(400, (2 << 20) / (1 + lines.reduce(0) { $0 + $1.count }))
      lines = Array([[[UInt8]]](repeating: lines, count: 1 + generator.below(1 + times)).joined())
    }
    let end = [[10], [10], [10], [13, 10], [13], [10, 10]][generator.below(6)] as [UInt8]
    var bytes = Array(lines.joined(separator: end))
    if generator.once(in: 2) { bytes += end }
    for _ in 0..<generator.below(3) { bytes.damage(&generator) }
    for _ in 0..<generator.below(3) { replaceNumber(in: &bytes, &generator) }
    if generator.once(in: 6) { bytes.cut(&generator) }
    if generator.once(in: 20) { bytes = [0xEF, 0xBB, 0xBF] + bytes }
    return bytes
  }

  /// Many of the characters that open something, or that numbers are made of.
  private func hostileRun(_ generator: inout SeededGenerator) -> [UInt8] {
    let pieces = [
      "<", "[", "(", "[latitude : ", "GPS(", "F.PRY (", "-->", "<font>", ",", "\"", "9", "2022-08-07 ",
      "BAROMETER:",
      ", H ", "\0", "é", "[rel_alt: 1 abs_alt: 2] ",
    ]
    let count = generator.below(generator.once(in: 6) ? 30_000 : 40)
    return Array(String(repeating: pieces[generator.below(pieces.count)], count: count).utf8)
  }

  /// Puts something that is hard to read where a number stood.
  private func replaceNumber(in bytes: inout [UInt8], _ generator: inout SeededGenerator) {
    let digits = bytes.indices.filter { (48...57).contains(bytes[$0]) }
    guard !digits.isEmpty else { return }
    let start = digits[generator.below(digits.count)]
    let end = bytes[start...].firstIndex { !(48...57).contains($0) && $0 != 46 } ?? bytes.count
    let numbers = [
      "", "-", "+", "1e308", "1e-320", "-0.0", "nan", "inf", "0x10", "99999999999999999999",
      "9223372036854775807",
      "-9223372036854775808", "1e12", "999999999999.999", "0", "360.0001", "١٢", "1/0", "..", "٫",
    ]
    bytes.replaceSubrange(start..<end, with: Array(numbers[generator.below(numbers.count)].utf8))
  }
}
