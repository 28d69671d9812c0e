import FlightLogs
import InspectionModel
import InspectionSimulator
import TestSupport

/// Damaged telemetry logs of every format, and picture tags: EXIF and XMP in JPEG and PNG.
struct LogInputs: HostileInputs {
  /// Sound logs of every kind, a few records each.
  private let logs = SimulatedLogKind.all.map { SimulatedLog(seed: 1, recordCount: 12).bytes($0) }

  func input(_ generator: inout SeededGenerator) -> [UInt8] {
    switch generator.below(10) {
    case 0: LogSeeds.picture(tiff: tiff(&generator), packet: nil, &generator)
    case 1: LogSeeds.picture(tiff: nil, packet: packet(&generator), &generator)
    case 2, 3: text(&generator)
    default: log(&generator)
    }
  }

  func feed(_ bytes: [UInt8], _ generator: inout SeededGenerator) throws -> String {
    if let reading = PictureMetadataReader.read(bytes, isWholeFile: true) {
      _ = PictureMetadataReader.read(bytes, isWholeFile: false)
      try reading.checkPromises(byteCount: bytes.count)
      return reading.faults.isEmpty ? "tags read" : "tags read, with faults"
    }
    // What comes over a link reads the same bytes.
    var receiver = MAVLinkReceiver()
    for message in receiver.feed(bytes) { _ = (message.sample, message.status) }
    _ = OSDReading(bytes)
    _ = RemoteIDMessage(Array(bytes.prefix(RemoteIDMessage.byteCount)))
    let result = Result { () throws(TelemetryLogError) in try TelemetryLogReader.read(bytes) }
    if generator.once(in: 4) { try comparePieces(bytes, result, &generator) }
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

  /// A log that comes in pieces tells what it tells in one.
  private func comparePieces(
    _ bytes: [UInt8], _ whole: Result<TelemetryLog, TelemetryLogError>, _ generator: inout SeededGenerator
  ) throws {
    var stream = TelemetryStream(sampleLimit: TelemetryLogReader.sampleLimit)
    let length = 1 + generator.below(generator.once(in: 2) ? 100 : 100_000)
    // Pieces of a few bytes of a file of megabytes would be timed as one slow input.
    guard bytes.count / length < 5000 else { return }
    let pieces = Result { () throws(TelemetryLogError) -> Int in
      var place = 0
      while place < bytes.count {
        try stream.read(Array(bytes[place..<min(bytes.count, place + length)]))
        place += length
      }
      try stream.finish()
      return stream.log?.samples.count ?? 0
    }
    switch (whole, pieces) {
    case (.failure(let first), .failure(let second)) where first == second: break
    case (.success(let log), .success(let count))
    where log.samples == stream.log?.samples && count == log.samples.count
      && log.skippedByteCount == stream.log?.skippedByteCount && log.faultCount == stream.log?.faultCount:
      break
    default: throw BrokenPromise("pieces of \(length) bytes tell something else")
    }
  }

  /// A log of any kind with wrong bytes, lengths and counts, lost and doubled parts, or parts of another log.
  private func log(_ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = logs[generator.below(logs.count)]
    for _ in 0..<generator.below(8) {
      bytes.damage(from: generator.once(in: 10) ? 0 : min(24, bytes.count - 1), &generator)
    }
    if generator.once(in: 8) {
      let other = logs[generator.below(logs.count)]
      let start = generator.below(other.count)
      bytes.insert(
        contentsOf: other[start..<min(other.count, start + generator.below(3000))],
        at: generator.below(bytes.count + 1))
    }
    if generator.once(in: 8) { bytes.cut(&generator) }
    if generator.once(in: 200) {
      bytes = Array([[UInt8]](repeating: bytes, count: 1 + generator.below(60)).joined())
    }
    if generator.once(in: 60) {
      // A run of something that begins records.
      let pieces: [[UInt8]] = [
        [0xFE], [0xFD, 0xFF, 0, 0], [0xA3, 0x95, 0x80], [0x06, 0x0E, 0x2B, 0x34], [0x47], [0xFF, 0xFF, 0x44],
        Array("<trkpt>".utf8), Array("<!--".utf8), Array("[".utf8), Array("{\"a\":".utf8), Array("<".utf8),
      ]
      let piece = pieces[generator.below(pieces.count)]
      let run = [[UInt8]](repeating: piece, count: generator.below(100_000)).joined()
      bytes.insert(contentsOf: run, at: generator.below(bytes.count + 1))
    }
    return bytes
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
