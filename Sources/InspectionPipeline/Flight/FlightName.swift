package import Foundation

/// What a recorded flight is called: the name of its folder.
///
/// Cameras name every folder alike (`DCIM/100MEDIA` and so on, by the DCF standard): such a name says nothing, so the
/// folder above it names the flight, as in `2026-11-24-degan/100MEDIA`.
package enum FlightName {
  package static func of(_ folder: URL) -> String {
    let parts = folder.standardizedFileURL.path.split(separator: "/").map(String.init)
    guard let last = parts.last else { return "/" }
    guard isCameraFolder(last) else { return last }
    let above = parts.dropLast().last { !isCameraFolder($0) }
    return above.map { "\($0)/\(last)" } ?? last
  }

  /// `DCIM`, or three digits and five letters, digits or underscores.
  private static func isCameraFolder(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    if name.uppercased() == "DCIM" { return true }
    guard bytes.count == 8, bytes[..<3].allSatisfy({ (48...57).contains($0) }) else { return false }
    return bytes[3...].allSatisfy { byte in
      (48...57).contains(byte) || (65...90).contains(byte) || byte == 95
    }
  }
}
