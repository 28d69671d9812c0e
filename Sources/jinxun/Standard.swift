internal import Foundation

/// The process's standard streams.
enum Standard {
  /// Writes to stdout: data only.
  static func output(_ text: String, terminator: String = "\n") {
    write(text + terminator, to: .standardOutput)
  }

  /// Writes to stderr: progress, warnings, errors.
  static func error(_ text: String, terminator: String = "\n") {
    write(text + terminator, to: .standardError)
  }

  private static func write(_ text: String, to handle: FileHandle) {
    // A closed pipe at the other end is the reader's decision, not a fault of the run.
    do { try handle.write(contentsOf: Data(text.utf8)) } catch {}
  }
}

/// A number with that many decimals and a point, whatever the locale.
func fixed(_ value: Double, _ decimals: Int) -> String {
  guard value.isFinite, abs(value) < 1e15 else { return "-" }
  var scale = 1
  for _ in 0..<decimals { scale *= 10 }
  let scaled = Int((abs(value) * Double(scale)).rounded())
  let sign = value < 0 && scaled > 0 ? "-" : ""
  guard decimals > 0 else { return "\(sign)\(scaled)" }
  let fraction = String(scaled % scale)
  return "\(sign)\(scaled / scale).\(String(repeating: "0", count: decimals - fraction.count))\(fraction)"
}
