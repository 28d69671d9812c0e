internal import InspectionModel

/// Reads the time marks (`.MRK`) that RTK aircraft write beside their pictures: one line, one photo.
///
/// A line is the photo's number, GPS seconds of the week, `[week]`, the way from antenna to camera, `latitude,Lat`,
/// `longitude,Lon`, `height,Ellh`, three standard deviations in metres (north, east, up) and `quality,Q`. Heights count
/// from the ellipsoid.
struct PhotoMarksParser: TelemetryLogParser {
  private var lines = LineCutter()
  private var count = 0

  /// Words that a line has at most.
  private static let wordLimit = 40

  static func recognises(_ start: ArraySlice<UInt8>) -> Bool {
    let bytes = Array(start)
    var (lines, position) = (LineCutter(), 0)
    for _ in 0..<3 {
      guard let line = lines.next(bytes.span, &position, isEnd: true) else { return false }
      if mark(bytes.span, line.range, isCut: false) != nil { return true }
    }
    return false
  }

  init(zone: UTCOffset) {}

  mutating func read(
    _ bytes: borrowing Span<UInt8>, at offset: Int, isEnd: Bool, into log: inout TelemetryLog
  ) -> Int {
    var position = 0
    while let line = lines.next(bytes, &position, isEnd: isEnd) {
      guard !bytes.trimmed(line.range).isEmpty else { continue }
      guard let sample = Self.mark(bytes, line.range, isCut: line.isCut) else {
        log.skip(
          line.range.count, .line(line.number),
          "expected number, seconds, [week], latitude,Lat and longitude,Lon")
        continue
      }
      if sample.position == nil { log.addFault(.line(line.number), "expected a latitude and a longitude") }
      count += 1
      log.append(sample, at: .line(line.number), isPhoto: true)
    }
    return position
  }

  mutating func finish(into log: inout TelemetryLog) throws(TelemetryLogError) {
    log.skippedByteCount += lines.droppedByteCount
    guard count > 0 else {
      throw .noRecords(format: .photoMarks, place: .line(1), message: "no line with a time and a place")
    }
    log.messageCounts = [("mark", count)]
  }

  private static func mark(
    _ bytes: borrowing Span<UInt8>, _ line: Range<Int>, isCut: Bool
  ) -> TelemetrySample? {
    let words = words(bytes, line)
    guard words.count >= 7, bytes.digits(words[0]) != nil, let seconds = bytes.finiteDouble(words[1]),
      (0..<604_800).contains(seconds), words[2].count > 2, bytes[words[2].lowerBound] == UInt8(ascii: "["),
      bytes[words[2].upperBound - 1] == UInt8(ascii: "]"),
      let week = bytes.digits(words[2].lowerBound + 1..<words[2].upperBound - 1),
      let latitude = value(bytes, words, TrackWord.latitudeMark),
      let longitude = value(bytes, words, TrackWord.longitudeMark),
      let time = GPSTime.utc(week: week, nanosecondsOfWeek: Int64((seconds * 1e9).rounded()))
    else { return nil }
    var sample = TelemetrySample(logTimeNanoseconds: time.nanoseconds, timestamp: time)
    // Quality 0 is "no position".
    guard value(bytes, words, TrackWord.qualityMark) != 0 else { return sample }
    sample.setPosition(latitudeDegrees: latitude, longitudeDegrees: longitude, .receiver)
    if let place = words.firstIndex(where: { bytes.isWord(TrackWord.ellh, $0) }), place > 0 {
      if let height = bytes.finiteDouble(words[place - 1]) { sample.setEllipsoidHeight(height) }
      if place + 3 < words.count, let north = bytes.finiteDouble(words[place + 1]),
        let east = bytes.finiteDouble(words[place + 2]), north > 0, east > 0,
        MeasuredRange.accuracy.contains(north), MeasuredRange.accuracy.contains(east)
      {
        sample.horizontalSigmaMeters = ((north * north + east * east) / 2).squareRoot()
      }
    }
    return sample
  }

  /// The number before a label.
  private static func value(
    _ bytes: borrowing Span<UInt8>, _ words: [Range<Int>], _ label: [UInt8]
  ) -> Double? {
    for index in words.indices.dropFirst() where bytes.isWord(label, words[index]) {
      return bytes.finiteDouble(words[index - 1])
    }
    return nil
  }

  private static func words(_ bytes: borrowing Span<UInt8>, _ line: Range<Int>) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var place = line.lowerBound
    while place < line.upperBound, words.count < wordLimit {
      while place < line.upperBound, bytes[place] <= 32 || bytes[place] == UInt8(ascii: ",") { place += 1 }
      let start = place
      while place < line.upperBound, bytes[place] > 32, bytes[place] != UInt8(ascii: ",") { place += 1 }
      if place > start { words.append(start..<place) }
    }
    return words
  }
}
