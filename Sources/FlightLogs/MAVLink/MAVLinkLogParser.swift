internal import InspectionModel

/// Reads recorded MAVLink: `.tlog` (eight bytes of ground station time, microseconds since 1970, before each frame) and
/// frames without time (`.raw`, `.rlog`).
///
/// A frame counts when its checksum is right; what lies between frames is noise, counted byte by byte and named with its
/// place. Signatures are not checked here: a log comes without the key.
struct MAVLinkLogParser: TelemetryLogParser {
  private let index = MAVLinkMessageIndex()
  private var isTimed: Bool?
  private var counts: [Int]
  private var order: [Int] = []
  private var clock = BootClock()
  private var bootNanoseconds: Int64?
  /// Where the noise that is being skipped began.
  private var noiseStart: Int?
  /// Where in the next window the search goes on.
  private var resumePlace = 0

  /// Bytes of ground station time before a frame.
  private static let timeLength = 8

  init(zone: UTCOffset) { counts = [Int](repeating: 0, count: MAVLinkMessageInfo.all.count) }

  /// Two frames that follow one another directly or with a time between them, or a file that is one frame.
  static func recognises(_ start: ArraySlice<UInt8>) -> Bool {
    let bytes = Array(start)
    let span = bytes.span
    let index = MAVLinkMessageIndex()
    var (place, frameBytes, frameCount) = (0, 0, 0)
    while place < span.count {
      if case .frame(let frame) = MAVLinkFrame.find(span, at: place, index) {
        frameBytes += frame.range.count + timeLength
        frameCount += 1
        place = frame.range.upperBound
        if frameCount > 1, frameBytes * 3 > place { return true }
      } else {
        place += 1
      }
    }
    return frameCount > 0 && frameBytes * 3 > span.count
  }

  mutating func read(
    _ bytes: borrowing Span<UInt8>, at offset: Int, isEnd: Bool, into log: inout TelemetryLog
  ) -> Int {
    // What lies before is told of; a frame and its time are looked for from `place` on.
    var done = 0
    var place = resumePlace
    // Copies of two references: looked up for every frame.
    let index = index
    scanning: while place < bytes.count {
      switch MAVLinkFrame.find(bytes, at: place, index) {
      case .frame(let frame):
        take(frame, bytes, done, offset, &log)
        done = frame.range.upperBound
        place = done + (isTimed == true ? Self.timeLength : 0)
      case .unknownMessage(let id, let length)
      where noiseStart == nil && Self.isFollowed(bytes, place + length, isTimed == true):
        let skipped = place + length - done
        log.skip(skipped, .byte(offset + place), "message \(id) is not known: \(skipped) bytes skipped")
        done = place + length
        place = done + (isTimed == true ? Self.timeLength : 0)
      case .incomplete where !isEnd: break scanning
      default:
        if noiseStart == nil {
          noiseStart = offset + done
          // The bytes where a time was expected may hold a frame.
          place = min(place, done)
          if isTimed == true { continue scanning }
        }
        place += 1
        while place < bytes.count, bytes[place] & 0xFC != 0xFC { place += 1 }
      }
    }
    if isEnd {
      endNoise(offset + bytes.count, beginning: offset + done, &log)
      return bytes.count
    }
    // Noise is told of when it ends; only what may be a frame and its time stays.
    let used = noiseStart == nil ? done : max(done, min(place, bytes.count) - Self.timeLength)
    resumePlace = place - used
    return used
  }

  /// Whether a frame could begin where an unknown one ends.
  private static func isFollowed(_ bytes: borrowing Span<UInt8>, _ end: Int, _ isTimed: Bool) -> Bool {
    let next = end + (isTimed ? timeLength : 0)
    guard next < bytes.count else { return end == bytes.count }
    return bytes[next] == MAVLinkFrame.magicV1 || bytes[next] == MAVLinkFrame.magicV2
  }

  private mutating func endNoise(_ end: Int, beginning: Int, _ log: inout TelemetryLog) {
    let start = noiseStart ?? beginning
    noiseStart = nil
    guard end > start else { return }
    log.skip(end - start, .byte(start), "expected a MAVLink frame, skipped \(end - start) bytes")
  }

  private mutating func take(
    _ frame: MAVLinkFrame, _ bytes: borrowing Span<UInt8>, _ done: Int, _ offset: Int,
    _ log: inout TelemetryLog
  ) {
    let start = frame.range.lowerBound
    let before = start - Self.timeLength
    var micros: UInt64?
    if before >= done, isTimed != false {
      let value = bytes.unsignedBE(before, Self.timeLength)
      if TelemetryMicros.isPlausible(value) { micros = value }
    }
    if isTimed == nil { isTimed = micros != nil }
    endNoise(offset + (isTimed == true && before >= done ? before : start), beginning: offset + done, &log)
    if isTimed == true, micros == nil {
      log.addFault(.byte(offset + max(done, before)), "expected a time before the frame")
    }
    if counts[frame.infoPlace] == 0 { order.append(frame.infoPlace) }
    counts[frame.infoPlace] += 1
    let payload = MAVLinkPayload(range: frame.payload)
    guard var reading = MAVLinkTelemetry.reading(frame.messageID, bytes, payload) else { return }
    if let micros {
      let time = Int64(micros) * 1000
      (reading.sample.logTimeNanoseconds, reading.sample.timestamp) = (time, Timestamp(nanoseconds: time))
    } else if isTimed == false {
      setVehicleTime(&reading)
    }
    guard reading.isPhoto || !reading.sample.isEmpty else { return }
    log.append(reading.sample, at: .byte(offset + start), isPhoto: reading.isPhoto)
  }

  /// Without a recorder's time the vehicle's clock is the log's; messages without time take the last one.
  private mutating func setVehicleTime(_ reading: inout MAVLinkTelemetry.Reading) {
    if let boot = reading.bootNanoseconds {
      bootNanoseconds = boot
      if let utc = reading.utc { clock.observe(bootNanoseconds: boot, utc: utc) }
    }
    reading.sample.logTimeNanoseconds = bootNanoseconds
    reading.sample.timestamp = reading.utc ?? bootNanoseconds.flatMap(clock.utc)
  }

  mutating func finish(into log: inout TelemetryLog) throws(TelemetryLogError) {
    guard !order.isEmpty else {
      throw .noRecords(format: log.format, place: .byte(0), message: "no frame with a right checksum")
    }
    log.messageCounts = order.map { (MAVLinkMessageInfo.all[$0].name, counts[$0]) }
  }
}
