package import InspectionModel

/// What a telemetry log holds, in its own order.
package struct TelemetryLog: Sendable {
  package var format: TelemetryLogFormat
  /// One entry per record with telemetry, also where it carries a time only.
  package private(set) var samples: [TelemetrySample] = []
  /// Records at which the aircraft took a photo: indices into `samples`, ascending.
  package private(set) var photoIndices: [Int] = []
  /// Samples told so far, also those that were taken away since.
  package private(set) var sampleCount = 0
  /// Record or message names with their counts, in the order of first appearance.
  package var messageCounts: [(name: String, count: Int)] = []
  /// Bytes that belong to no record that could be read.
  package var skippedByteCount = 0
  /// Damage, the first `faultLimit` of it; `faultCount` counts all.
  package var faults: [TelemetryLogFault] = []
  package var faultCount = 0

  private let sampleLimit: Int
  private var isOverLimit = false
  private var gate = PositionGate()
  private let isGated: Bool

  package static let faultLimit = 100

  package init(format: TelemetryLogFormat, sampleLimit: Int = .max) {
    (self.format, self.sampleLimit, isGated) = (format, sampleLimit, format.hasGate)
  }

  /// Keeps a sample while there is room; the first one without room is a fault.
  ///
  /// - Parameters:
  ///   - place: where the record stands.
  ///   - isPhoto: the aircraft took a photo.
  @inline(__always)
  mutating func append(
    _ sample: TelemetrySample, at place: @autoclosure () -> Fault.Place, isPhoto: Bool = false
  ) {
    guard sampleCount < sampleLimit else { return refuse(place()) }
    if isPhoto { photoIndices.append(samples.count) }
    sampleCount += 1
    if isGated, !gate.admits(sample) {
      samples.append(sample.withoutPosition)
      addFault(place(), "a position that no aircraft can have reached from the one before")
    } else {
      samples.append(sample)
    }
  }

  private mutating func refuse(_ place: Fault.Place) {
    let limit = sampleLimit
    if !isOverLimit { addFault(place, "more than \(limit) records: the rest is not kept") }
    isOverLimit = true
  }

  /// Forgets the samples, which somebody took.
  mutating func removeSamples() {
    samples.removeAll(keepingCapacity: true)
    photoIndices.removeAll(keepingCapacity: true)
  }

  /// Counts damage and keeps its description while there is room.
  mutating func addFault(_ place: Fault.Place, _ message: @autoclosure () -> String) {
    faultCount += 1
    if faults.count < Self.faultLimit { faults.append(TelemetryLogFault(place: place, message: message())) }
  }

  /// Counts bytes that could not be used, and why.
  mutating func skip(_ byteCount: Int, _ place: Fault.Place, _ message: @autoclosure () -> String) {
    skippedByteCount += byteCount
    addFault(place, message())
  }
}

/// One piece of damage in a log that was read nevertheless.
package struct TelemetryLogFault: Sendable, Hashable {
  package var place: Fault.Place
  package var message: String
}
