internal import InspectionModel

/// Reads the tracks of KML 2.2: `gx:Track` with its times, points with a time stamp, and lines, which have no time.
///
/// Source: OGC 07-147r2 and the `gx` extension. Heights count from the sea (`absolute`) or from the ground; those that are
/// clamped to the ground say nothing.
struct KMLParser: TelemetryLogParser {
  private enum Field { case none, coordinates, trackCoordinates, when, altitudeMode }
  private enum AltitudeMode { case clamped, absolute, relative }

  private let zone: UTCOffset
  private var cutter = MarkupCutter()
  private var field = Field.none
  private var mode = AltitudeMode.clamped
  private var isInTrack = false
  private var isInLine = false
  private var isInPoint = false
  /// Times of a track that have no place yet.
  private var times: [Timestamp?] = []
  private var nextTime = 0
  /// The time stamp and the place of the place mark that is being read.
  private var stamp: Timestamp?
  private var place: (text: [Double], offset: Int)?
  private var lineCount = 0
  private var trackCount = 0
  private var pointCount = 0
  private var isClosed = false
  private var byteCount = 0

  /// Most times that wait for their place: three days at ten a second.
  private static let timeLimit = 1 << 21

  static func recognises(_ start: ArraySlice<UInt8>) -> Bool { Array(start).span.rootElement(TrackWord.kml) }

  init(zone: UTCOffset) { self.zone = zone }

  mutating func read(
    _ bytes: borrowing Span<UInt8>, at offset: Int, isEnd: Bool, into log: inout TelemetryLog
  ) -> Int {
    var position = 0
    while let token = cutter.next(bytes, &position, isEnd: isEnd) {
      switch token {
      case .open(let name, _, let isEmpty): if !isEmpty { open(bytes, name) }
      case .close(let name): close(bytes, name, &log)
      case .text(let range, let isWhole):
        // Only coordinates may be long.
        take(bytes, isWhole || field == .coordinates ? range : range.prefix(0), offset, &log)
      }
    }
    byteCount = offset + (isEnd ? bytes.count : position)
    return isEnd ? bytes.count : position
  }

  private mutating func open(_ bytes: borrowing Span<UInt8>, _ name: Range<Int>) {
    field = .none
    if bytes.isWord(TrackWord.coordinates, name) {
      field = .coordinates
    } else if bytes.isWord(TrackWord.gxCoord, name) {
      field = .trackCoordinates
    } else if bytes.isWord(TrackWord.when, name) {
      field = .when
    } else if bytes.isWord(TrackWord.altitudeMode, name) || bytes.isWord(TrackWord.gxAltitudeMode, name) {
      field = .altitudeMode
    } else if bytes.isWord(TrackWord.gxTrack, name) || bytes.isWord(TrackWord.track, name) {
      (isInTrack, mode) = (true, .clamped)
      (times, nextTime) = ([], 0)
    } else if bytes.isWord(TrackWord.lineString, name) {
      (isInLine, mode) = (true, .clamped)
    } else if bytes.isWord(TrackWord.point, name) {
      (isInPoint, mode) = (true, .clamped)
    } else if bytes.isWord(TrackWord.placemark, name) {
      (stamp, place) = (nil, nil)
    }
  }

  private mutating func close(_ bytes: borrowing Span<UInt8>, _ name: Range<Int>, _ log: inout TelemetryLog) {
    field = .none
    if bytes.isWord(TrackWord.gxTrack, name) || bytes.isWord(TrackWord.track, name) {
      isInTrack = false
    } else if bytes.isWord(TrackWord.lineString, name) {
      isInLine = false
    } else if bytes.isWord(TrackWord.point, name) {
      isInPoint = false
    } else if bytes.isWord(TrackWord.placemark, name) {
      // A point without a time is a mark on the map, such as the take-off point: it is no record.
      if let stamp, let place {
        pointCount += 1
        append(place.text, stamp, place.offset, &log)
      }
      (stamp, place) = (nil, nil)
    } else if bytes.isWord(TrackWord.kml, name) {
      isClosed = true
    }
  }

  private mutating func take(
    _ bytes: borrowing Span<UInt8>, _ range: Range<Int>, _ offset: Int, _ log: inout TelemetryLog
  ) {
    switch field {
    case .none: break
    case .altitudeMode:
      let word = bytes.trimmed(range)
      mode =
        bytes.isWord(TrackWord.absolute, word)
        ? .absolute : bytes.isWord(TrackWord.relativeToGround, word) ? .relative : .clamped
    case .when:
      let time = bytes.isoTime(range, assuming: zone)
      if time == nil { log.addFault(.byte(offset + range.lowerBound), "expected a date and a time") }
      if !isInTrack {
        stamp = time
      } else if times.count < Self.timeLimit {
        times.append(time)
      }
    case .trackCoordinates:
      guard isInTrack else { break }
      trackCount += 1
      let time = nextTime < times.count ? times[nextTime] : nil
      nextTime += 1
      append(Self.numbers(bytes, range, separator: 32), time, offset + range.lowerBound, &log)
    case .coordinates: takeCoordinates(bytes, range, offset, &log)
    }
    if field != .coordinates { field = .none }
  }

  /// `longitude,latitude[,altitude]`, separated by blanks.
  private mutating func takeCoordinates(
    _ bytes: borrowing Span<UInt8>, _ range: Range<Int>, _ offset: Int, _ log: inout TelemetryLog
  ) {
    var start = range.lowerBound
    while start < range.upperBound {
      while start < range.upperBound, bytes[start] <= 32 { start += 1 }
      var end = start
      while end < range.upperBound, bytes[end] > 32 { end += 1 }
      guard end > start else { return }
      if isInLine || isInPoint {
        let numbers = Self.numbers(bytes, start..<end, separator: UInt8(ascii: ","))
        if isInLine {
          lineCount += 1
          append(numbers, nil, offset + start, &log)
        } else {
          place = (numbers, offset + start)
        }
      }
      start = end
    }
  }

  private static func numbers(
    _ bytes: borrowing Span<UInt8>, _ range: Range<Int>, separator: UInt8
  ) -> [Double] {
    var numbers: [Double] = []
    let range = bytes.trimmed(range)
    var start = range.lowerBound
    while start < range.upperBound, numbers.count < 4 {
      let end = bytes.firstIndex(of: separator, in: start..<range.upperBound) ?? range.upperBound
      guard let number = bytes.finiteDouble(start..<end) else { return [] }
      numbers.append(number)
      start = end + 1
    }
    return numbers
  }

  private mutating func append(
    _ numbers: [Double], _ time: Timestamp?, _ offset: Int, _ log: inout TelemetryLog
  ) {
    var sample = TelemetrySample(logTimeNanoseconds: time?.nanoseconds, timestamp: time)
    if numbers.count >= 2 {
      sample.setPosition(latitudeDegrees: numbers[1], longitudeDegrees: numbers[0], .fused)
    }
    guard sample.position != nil else {
      if numbers.count < 2 || numbers[0] != 0 || numbers[1] != 0 {
        log.addFault(.byte(offset), "expected longitude, latitude and altitude")
      }
      return
    }
    if numbers.count >= 3, mode == .absolute { sample.setAltitude(numbers[2]) }
    if numbers.count >= 3, mode == .relative { sample.position?.heightMetersAboveGround = numbers[2] }
    log.append(sample, at: .byte(offset))
  }

  mutating func finish(into log: inout TelemetryLog) throws(TelemetryLogError) {
    if !isClosed { log.addFault(.byte(byteCount), "the file ends before its closing tag") }
    log.messageCounts =
      [("Track", trackCount), ("Point", pointCount), ("LineString", lineCount)].filter { $0.1 > 0 }
    guard !log.messageCounts.isEmpty else {
      throw .noRecords(format: .kml, place: .byte(0), message: "no track, no line and no point with a time")
    }
  }
}
