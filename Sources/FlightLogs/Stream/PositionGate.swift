internal import InspectionModel

/// Refuses positions that no aircraft can have reached: damage of logs without checksums.
///
/// A position more than some kilometres from the last one of its source, seconds later, is refused once; where the next
/// one agrees with it, the log is believed (two logs in one file, a simulator).
struct PositionGate: Sendable {
  private struct Fix: Sendable {
    let nanoseconds: Int64
    let latitudeDegrees: Double
    let longitudeDegrees: Double
  }

  private static let spanNanoseconds: Int64 = 10_000_000_000
  /// 5.6 km.
  private static let stepDegrees = 0.05

  private var last = [4 of Fix?](repeating: nil)
  /// Whether the last position agreed with the one before it: a single one proves nothing.
  private var isSettled = [4 of Bool](repeating: false)
  private var refused = [4 of Fix?](repeating: nil)

  /// Whether a sample's position can follow those before; samples without position or time pass.
  @inline(__always)
  mutating func admits(_ sample: TelemetrySample) -> Bool {
    guard let position = sample.position, let time = sample.logTimeNanoseconds else { return true }
    let slot = sample.positionSource.map { Int($0.rawValue) } ?? 3
    let fix = Fix(
      nanoseconds: time, latitudeDegrees: position.latitudeDegrees,
      longitudeDegrees: position.longitudeDegrees)
    let isFarOff = last[slot].map { Self.contradicts($0, fix) } ?? true
    if isFarOff, isSettled[slot] {
      guard let candidate = refused[slot], !Self.contradicts(candidate, fix) else {
        refused[slot] = fix
        return false
      }
    }
    // Two that agree settle the place, also where the first of them was refused.
    isSettled[slot] = !isFarOff || isSettled[slot]
    last[slot] = fix
    refused[slot] = nil
    return true
  }

  @inline(__always)
  private static func contradicts(_ first: Fix, _ second: Fix) -> Bool {
    let (span, overflow) = second.nanoseconds.subtractingReportingOverflow(first.nanoseconds)
    guard !overflow, span >= 0, span < spanNanoseconds else { return false }
    let north = (second.latitudeDegrees - first.latitudeDegrees).magnitude
    var east = (second.longitudeDegrees - first.longitudeDegrees).magnitude
    if east > 180 { east = 360 - east }
    // Meridians come together towards the poles: near them longitude tells nothing.
    return north > stepDegrees || (east > 4 * stepDegrees && first.latitudeDegrees.magnitude < 75)
      || (east > stepDegrees * 1.4 && first.latitudeDegrees.magnitude < 45)
  }
}
