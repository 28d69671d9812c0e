internal import InspectionModel

/// Reads the track points of GPX 1.0 and 1.1.
///
/// Source: https://www.topografix.com/GPX/1/1/. `ele` is metres above mean sea level. Way points and route points are
/// plans, not records: they are counted only.
struct GPXParser: TelemetryLogParser {
  private enum Field { case none, elevation, time, speed }

  private struct Point {
    let offset: Int
    let latitude: Double?
    let longitude: Double?
    var elevation: Double?
    var time: Timestamp?
    var speed: Double?
  }

  private let zone: UTCOffset
  private var cutter = MarkupCutter()
  private var point: Point?
  private var field = Field.none
  private var trackPoints = 0
  private var wayPoints = 0
  private var routePoints = 0
  private var isClosed = false
  private var byteCount = 0

  static func recognises(_ start: ArraySlice<UInt8>) -> Bool { Array(start).span.rootElement(TrackWord.gpx) }

  init(zone: UTCOffset) { self.zone = zone }

  mutating func read(
    _ bytes: borrowing Span<UInt8>, at offset: Int, isEnd: Bool, into log: inout TelemetryLog
  ) -> Int {
    var position = 0
    var start = position
    while let token = cutter.next(bytes, &position, isEnd: isEnd) {
      switch token {
      case .open(let name, let attributes, let isEmpty):
        open(bytes, name, attributes, offset + start, &log)
        if isEmpty { close(bytes, name, &log) }
      case .close(let name): close(bytes, name, &log)
      case .text(let range, let isWhole):
        if point != nil, field != .none { take(bytes, isWhole ? range : range.prefix(0), offset, &log) }
      }
      start = position
    }
    byteCount = offset + (isEnd ? bytes.count : position)
    return isEnd ? bytes.count : position
  }

  private mutating func open(
    _ bytes: borrowing Span<UInt8>, _ name: Range<Int>, _ attributes: Range<Int>, _ offset: Int,
    _ log: inout TelemetryLog
  ) {
    field = .none
    // By length first: this is done for every tag.
    switch name.count {
    case 3:
      if bytes.isWord(TrackWord.ele, name) {
        field = .elevation
      } else if bytes.isWord(TrackWord.wpt, name) {
        wayPoints += 1
      } else if bytes.isWord(TrackWord.gpx, name) {
        isClosed = false
      }
    case 4: if bytes.isWord(TrackWord.time, name) { field = .time }
    case 5:
      if bytes.isWord(TrackWord.trkpt, name) {
        trackPoints += 1
        point = Point(
          offset: offset,
          latitude: bytes.attribute(TrackWord.lat, attributes).flatMap { bytes.finiteDouble($0) },
          longitude: bytes.attribute(TrackWord.lon, attributes).flatMap { bytes.finiteDouble($0) })
      } else if bytes.isWord(TrackWord.speed, name) {
        field = .speed
      } else if bytes.isWord(TrackWord.rtept, name) {
        routePoints += 1
      }
    default: break
    }
  }

  private mutating func take(
    _ bytes: borrowing Span<UInt8>, _ range: Range<Int>, _ offset: Int, _ log: inout TelemetryLog
  ) {
    switch field {
    case .none: break
    case .elevation: point?.elevation = bytes.finiteDouble(range)
    case .speed: point?.speed = bytes.finiteDouble(range)
    case .time:
      point?.time = bytes.isoTime(range, assuming: zone)
      if point?.time == nil { log.addFault(.byte(offset + range.lowerBound), "expected a date and a time") }
    }
    field = .none
  }

  private mutating func close(_ bytes: borrowing Span<UInt8>, _ name: Range<Int>, _ log: inout TelemetryLog) {
    field = .none
    if bytes.isWord(TrackWord.gpx, name) { isClosed = true }
    guard let point, bytes.isWord(TrackWord.trkpt, name) else { return }
    self.point = nil
    var sample = TelemetrySample(logTimeNanoseconds: point.time?.nanoseconds, timestamp: point.time)
    if let latitude = point.latitude, let longitude = point.longitude {
      sample.setPosition(latitudeDegrees: latitude, longitudeDegrees: longitude, .fused)
      if sample.position == nil, latitude != 0 || longitude != 0 {
        log.addFault(
          .byte(point.offset), "expected a latitude and a longitude, found numbers outside their ranges")
      }
    } else {
      log.addFault(.byte(point.offset), "expected a latitude and a longitude")
    }
    if sample.position != nil {
      if let elevation = point.elevation { sample.setAltitude(elevation) }
      if let speed = point.speed { sample.setSpeed(speed) }
    }
    log.append(sample, at: .byte(point.offset))
  }

  mutating func finish(into log: inout TelemetryLog) throws(TelemetryLogError) {
    if !isClosed { log.addFault(.byte(byteCount), "the file ends before its closing tag") }
    log.messageCounts = [("trkpt", trackPoints), ("wpt", wayPoints), ("rtept", routePoints)].filter {
      $0.1 > 0
    }
    guard trackPoints > 0 else {
      throw .noRecords(format: .gpx, place: .byte(0), message: "no track point (trkpt)")
    }
  }
}

extension Span<UInt8> {
  /// Whether the first element is `name`, behind declarations and comments.
  func rootElement(_ name: [UInt8]) -> Bool {
    var (cutter, position) = (MarkupCutter(), matches("\u{FEFF}", at: 0, end: count) ? 3 : 0)
    while let token = cutter.next(self, &position, isEnd: true) {
      switch token {
      case .open(let found, _, _): return isWord(name, found)
      case .close: return false
      case .text(let range, _): if !trimmed(range).isEmpty { return false }
      }
    }
    return false
  }
}
