internal import Foundation
package import InspectionModel

/// A short made-up flight as any of the logs that can be read: for fixtures, round trips and damage.
///
/// The same seed gives the same flight; which of its values a log holds, and how finely, is up to the format.
package struct SimulatedLog: Sendable {
  /// One moment of the flight.
  package struct Record: Sendable {
    /// Since boot.
    package var bootMicros: Int64
    package var utc: Timestamp
    package var latitudeDegrees: Double
    package var longitudeDegrees: Double
    package var altitudeMetersAMSL: Double
    package var heightMetersAboveTakeoff: Double
    package var rollDegrees: Double
    package var pitchDegrees: Double
    /// −180…180.
    package var yawDegrees: Double
    package var gimbalPitchDegrees: Double
    package var gimbalYawDegrees: Double
    package var groundSpeedMetersPerSecond: Double
    package var isPhoto: Bool
  }

  package let records: [Record]

  /// Metres from the ellipsoid to the sea where the flight takes place.
  package static let geoidHeightMeters = -34.0
  /// Height of the take-off point above the sea, metres.
  package static let takeoffMetersAMSL = 212.0

  /// A circle with some swing over Jiangjin, a photo every tenth record.
  package init(seed: UInt64, recordCount: Int = 60, periodMilliseconds: Int = 200) {
    precondition(recordCount > 0 && periodMilliseconds > 0, "a flight has records")
    var random = SimulatorRandom(seed: seed, stream: .flightLogs)
    let (latitude, longitude) = (random.between(28.8, 29.5), random.between(105.9, 106.6))
    let (radius, speed, height) = (random.between(50, 400), random.between(3, 15), random.between(30, 110))
    let boot = Int64(random.between(5e6, 90e6))
    let start: Int64 = 1_795_483_800_000_000_000 + Int64(random.between(0, 1e6)) * 1_000_000
    let phase = random.between(0, 6)
    records = (0..<recordCount).map { index in
      let seconds = Double(index * periodMilliseconds) / 1000
      let angle = phase + seconds * speed / radius
      let rise = min(height, seconds * 3) + 2 * sin(seconds / 7)
      let north = radius * sin(angle) / 111_195
      let east = radius * cos(angle) / (111_195 * cos(latitude * .pi / 180))
      let yaw = remainder(-angle * 180 / .pi, 360)
      return Record(
        bootMicros: boot + Int64(index * periodMilliseconds) * 1000,
        utc: Timestamp(nanoseconds: start + Int64(index * periodMilliseconds) * 1_000_000),
        latitudeDegrees: latitude + north, longitudeDegrees: longitude + east,
        altitudeMetersAMSL: Self.takeoffMetersAMSL + rise, heightMetersAboveTakeoff: rise,
        rollDegrees: 8 * sin(seconds), pitchDegrees: -4 + 3 * cos(seconds / 2), yawDegrees: yaw,
        gimbalPitchDegrees: -60 + 25 * sin(seconds / 5), gimbalYawDegrees: remainder(yaw + 20, 360),
        groundSpeedMetersPerSecond: speed, isPhoto: index % 10 == 5)
    }
  }

  /// The flight as a log of one kind.
  package func bytes(_ kind: SimulatedLogKind) -> [UInt8] {
    switch kind {
    case .ulog: ULogWriter.bytes(records, isNew: false)
    case .ulogNew: ULogWriter.bytes(records, isNew: true)
    case .dataFlash: DataFlashWriter.bytes(records, isOld: false)
    case .dataFlashOld: DataFlashWriter.bytes(records, isOld: true)
    case .dataFlashText: Array(DataFlashWriter.text(records).utf8)
    case .tlog: MAVLinkLogWriter.bytes(records, version: 1, isTimed: true)
    case .tlogV2: MAVLinkLogWriter.bytes(records, version: 2, isTimed: true)
    case .mavlinkRaw: MAVLinkLogWriter.bytes(records, version: 2, isTimed: false)
    case .klv: KLVWriter.packets(records).flatMap { $0 }
    case .transportStream: TransportStreamWriter.bytes(records, hasTimes: false)
    case .transportStreamTimed: TransportStreamWriter.bytes(records, hasTimes: true)
    case .gpx: Array(TrackWriter.gpx(records).utf8)
    case .kmlTrack: Array(TrackWriter.kml(records, isTrack: true).utf8)
    case .kmlLine: Array(TrackWriter.kml(records, isTrack: false).utf8)
    case .photoMarks: Array(PhotoMarksWriter.text(records).utf8)
    case .osdLines: Array(OSDWriter.text(records).utf8)
    case .remoteID: Array(RemoteIDWriter.text(records).utf8)
    case .subtitles(let dialect): Array(SubtitleDialectWriter.text(records, dialect).utf8)
    case .airdata: Array(AirdataRows.text(records).utf8)
    }
  }
}
