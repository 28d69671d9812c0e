package import InspectionModel

/// One message from a live link, its checksum (and signature, where asked for) checked.
package struct MAVLinkMessage: Sendable, Hashable {
  package let id: Int
  package let name: String
  /// 1 or 2.
  package let version: Int
  package let sequence: UInt8
  package let systemID: UInt8
  package let componentID: UInt8
  package let isSigned: Bool
  /// As sent: trailing zeros may be missing.
  package let payload: [UInt8]

  /// The position, angles or photo that the message carries, without a time of arrival; `nil` where it has none.
  ///
  /// `logTimeNanoseconds` is the vehicle's time since boot, `timestamp` its UTC, each where the message has it.
  package var sample: (sample: TelemetrySample, isPhoto: Bool)? {
    let view = MAVLinkPayload(range: 0..<payload.count)
    guard var reading = MAVLinkTelemetry.reading(id, payload.span, view) else { return nil }
    reading.sample.logTimeNanoseconds = reading.bootNanoseconds
    reading.sample.timestamp = reading.utc
    return (reading.sample, reading.isPhoto)
  }

  /// What the message says about the vehicle's state; `nil` for other messages.
  package var status: MAVLinkStatus? {
    MAVLinkStatus(id, payload.span, MAVLinkPayload(range: 0..<payload.count))
  }
}
