internal import Foundation

/// Seconds on clocks that never go back.
enum Stopwatch {
  /// Since some fixed moment.
  static var now: Double { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 }

  /// Processor time of the whole process, user and system.
  static var processorSeconds: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }
}
