import FlightLogs
import Foundation
import InspectionModel
import InspectionSimulator
import Testing

/// Every format that we read, written by the simulator and read back: places, heights, angles, clocks, photos.
@Suite struct LogRoundTripTests {
  /// What a kind of log holds of a flight, and how finely.
  struct Promise {
    var format: TelemetryLogFormat
    var degrees = 1e-7
    var altitude: Double? = 0.01
    var ellipsoid: Double?
    var height: Double?
    var angle: Double?
    var gimbal: Double?
    var hasPhotos = false
    /// Seconds between the log's UTC and the flight's.
    var utc: Double? = 0.0011
  }

  static func promise(_ kind: SimulatedLogKind) -> Promise {
    switch kind {
    case .ulog: Promise(format: .ulog, angle: 1e-4)
    case .ulogNew: Promise(format: .ulog, angle: 1e-4)
    case .dataFlash: Promise(format: .dataFlash, height: 0.01, angle: 0.006, hasPhotos: true)
    case .dataFlashOld: Promise(format: .dataFlash, height: 0.01, angle: 0.006)
    case .dataFlashText: Promise(format: .dataFlashText, height: 0.01, angle: 0.006)
    case .tlog, .tlogV2, .mavlinkRaw:
      Promise(format: .mavlink, height: 0.001, angle: 1e-4, gimbal: 0.006, hasPhotos: true)
    case .klv: Promise(format: .klv, altitude: 0.2, angle: 0.003, gimbal: 0.003)
    case .transportStream, .transportStreamTimed:
      Promise(format: .transportStream, altitude: 0.2, angle: 0.003, gimbal: 0.003)
    case .gpx: Promise(format: .gpx, altitude: 0.001)
    case .kmlTrack: Promise(format: .kml, altitude: 0.001)
    case .kmlLine: Promise(format: .kml, altitude: 0.001, utc: nil)
    case .photoMarks: Promise(format: .photoMarks, altitude: nil, ellipsoid: 0.001, hasPhotos: true)
    case .osdLines:
      Promise(format: .osdLines, altitude: nil, ellipsoid: 0.001, height: 0.01, angle: 0.51, gimbal: 0.051)
    case .remoteID: Promise(format: .remoteID, altitude: nil, ellipsoid: 0.26, height: 0.26)
    case .airdata:
      Promise(
        format: .airdata, altitude: 0.01, height: 0.01, angle: 0.051, gimbal: 0.051, hasPhotos: true, utc: 1)
    case .subtitles(let dialect):
      Promise(
        format: .djiSubtitles, degrees: dialect < 3 ? 6e-5 : 6e-7,
        altitude: dialect == 5 || dialect == 6 ? 0.001 : nil,
        height: dialect == 3 || dialect == 5 ? nil : 0.051, angle: dialect == 4 ? 0.051 : nil,
        gimbal: dialect == 4 || dialect == 6 ? 0.051 : nil, utc: dialect == 4 ? nil : 1)
    }
  }

  static let seeds: [UInt64] = [1, 2, 20_261_126]

  private func near(_ radians: Double?, _ degrees: Double, _ tolerance: Double) -> Bool {
    radians.map { abs(remainder($0 * 180 / .pi - degrees, 360)) <= tolerance } ?? false
  }

  @Test(arguments: SimulatedLogKind.all, seeds)
  func whatIsWrittenIsRead(kind: SimulatedLogKind, seed: UInt64) throws {
    let flight = SimulatedLog(seed: seed)
    let log = try TelemetryLogReader.read(flight.bytes(kind))
    let promise = Self.promise(kind)
    #expect(log.format == promise.format, "seed \(seed)")
    #expect(log.faults.isEmpty && log.skippedByteCount == 0, "seed \(seed): \(log.faults)")
    let photos = flight.records.filter(\.isPhoto).count
    #expect(log.photoIndices.count == (promise.hasPhotos ? photos : 0), "seed \(seed)")
    let placed = log.samples.filter { $0.position != nil }
    #expect(placed.count >= (kind == .photoMarks ? photos : flight.records.count / 5), "seed \(seed)")
    for sample in log.samples { try check(sample, flight, promise, kind, "\(kind), seed \(seed)") }
  }

  /// The record of the flight that a sample belongs to, by either clock.
  private func origin(_ sample: TelemetrySample, _ flight: SimulatedLog, _ kind: SimulatedLogKind)
    -> SimulatedLog.Record?
  {
    if kind == .kmlLine {
      return flight.records.min {
        abs($0.longitudeDegrees - sample.position!.longitudeDegrees)
          + abs($0.latitudeDegrees - sample.position!.latitudeDegrees) < abs(
            $1.longitudeDegrees - sample.position!.longitudeDegrees)
          + abs($1.latitudeDegrees - sample.position!.latitudeDegrees)
      }
    }
    guard let time = sample.logTimeNanoseconds else { return nil }
    return flight.records.first { record in
      let clocks = [
        record.bootMicros * 1000, record.utc.nanoseconds,
        (record.bootMicros - flight.records[0].bootMicros) * 1000,
      ]
      return clocks.contains { abs($0 - time) <= 1_000_000 }
    }
  }

  private func check(
    _ sample: TelemetrySample, _ flight: SimulatedLog, _ promise: Promise, _ kind: SimulatedLogKind,
    _ place: String
  ) throws {
    let record = try #require(origin(sample, flight, kind), "\(place): no record of this time")
    if let position = sample.position {
      #expect(abs(position.latitudeDegrees - record.latitudeDegrees) <= promise.degrees, "\(place)")
      #expect(abs(position.longitudeDegrees - record.longitudeDegrees) <= promise.degrees, "\(place)")
      if let tolerance = promise.altitude {
        let altitude = try #require(sample.altitudeMetersAMSL, "\(place)")
        #expect(abs(altitude - record.altitudeMetersAMSL) <= tolerance, "\(place)")
      } else {
        #expect(sample.altitudeMetersAMSL == nil, "\(place)")
      }
      if let tolerance = promise.ellipsoid {
        let height = try #require(sample.ellipsoidHeightMeters, "\(place)")
        #expect(
          abs(height - record.altitudeMetersAMSL - SimulatedLog.geoidHeightMeters) <= tolerance, "\(place)")
      }
    }
    if let height = sample.heightMetersAboveTakeoff {
      #expect(abs(height - record.heightMetersAboveTakeoff) <= promise.height ?? 0, "\(place)")
    }
    if let tolerance = promise.angle, sample.rollRadians != nil {
      #expect(near(sample.rollRadians, record.rollDegrees, tolerance), "\(place)")
      #expect(near(sample.pitchRadians, record.pitchDegrees, tolerance), "\(place)")
      #expect(near(sample.yawRadians, record.yawDegrees, tolerance), "\(place)")
    }
    if let tolerance = promise.gimbal, let gimbal = sample.gimbal {
      let yaw =
        sample.gimbalReference != .north
        ? record.gimbalYawDegrees - record.yawDegrees : record.gimbalYawDegrees
      #expect(near(gimbal.pitchRadians, record.gimbalPitchDegrees, tolerance), "\(place)")
      #expect(near(gimbal.yawRadians, yaw, tolerance), "\(place)")
    }
    if let tolerance = promise.utc, let utc = sample.timestamp {
      #expect(abs(utc.seconds(since: record.utc)) <= tolerance, "\(place)")
    }
  }

  /// Heights, angles and UTC are not only right where they are told: they are told.
  @Test(arguments: SimulatedLogKind.all)
  func whatAFormatHoldsIsTold(kind: SimulatedLogKind) throws {
    let promise = Self.promise(kind)
    let samples = try TelemetryLogReader.read(SimulatedLog(seed: 4).bytes(kind)).samples
    #expect((promise.height == nil) == samples.allSatisfy { $0.heightMetersAboveTakeoff == nil })
    #expect((promise.angle == nil) == samples.allSatisfy { $0.yawRadians == nil })
    #expect((promise.gimbal == nil) == samples.allSatisfy { $0.gimbal == nil })
    #expect((promise.utc == nil) == samples.allSatisfy { $0.timestamp == nil })
  }

  /// What is not yet a fix is no position, although the fields hold one.
  @Test func positionsBeforeTheFixAreNone() throws {
    for kind in [SimulatedLogKind.ulog, .ulogNew, .dataFlash, .dataFlashOld, .dataFlashText, .tlog] {
      let log = try TelemetryLogReader.read(SimulatedLog(seed: 9).bytes(kind))
      let first = log.samples.first { $0.positionSource == .receiver }
      let start = log.samples[0].logTimeNanoseconds!
      #expect(first?.logTimeNanoseconds.map { $0 > start } ?? true, "\(kind)")
    }
  }

  @Test func messagesAreCounted() throws {
    func counts(_ kind: SimulatedLogKind) throws -> [String: Int] {
      let log = try TelemetryLogReader.read(SimulatedLog(seed: 3).bytes(kind))
      return Dictionary(uniqueKeysWithValues: log.messageCounts.map { ($0.name, $0.count) })
    }
    let ulog = [
      "vehicle_attitude": 60, "vehicle_global_position": 30, "vehicle_gps_position": 12, "esc_status": 12,
    ]
    #expect(try counts(.ulog) == ulog)
    #expect(try counts(.dataFlash) == ["FMT": 6, "ATT": 60, "GPS": 30, "POS": 60, "CAM": 6])
    #expect(try counts(.dataFlashText) == ["FMT": 4, "ATT": 60, "GPS": 30, "POS": 60])
    let mavlink = [
      "GLOBAL_POSITION_INT": 60, "ATTITUDE": 60, "MOUNT_STATUS": 60, "HEARTBEAT": 12, "SYSTEM_TIME": 12,
      "GPS_RAW_INT": 12, "CAMERA_FEEDBACK": 6,
    ]
    for kind in [SimulatedLogKind.tlog, .tlogV2, .mavlinkRaw] { #expect(try counts(kind) == mavlink) }
    #expect(try counts(.transportStream) == ["UASLocalMetadataSet": 60])
    #expect(try counts(.gpx) == ["trkpt": 60, "wpt": 1])
    #expect(try counts(.osdLines) == ["osd": 60, "other": 6])
    #expect(try counts(.remoteID) == ["basic_id": 6, "location": 60])
  }
}
