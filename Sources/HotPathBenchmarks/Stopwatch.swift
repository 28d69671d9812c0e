internal import Foundation

/// Seconds on clocks that never go back.
enum Stopwatch {
  /// Since some fixed moment.
  static var now: Double { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 }

  /// Processor time of the whole process, user and system.
  static var processorSeconds: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

  /// Processor time of the calling thread; `nil` where the kernel does not tell.
  static var threadProcessorSeconds: Double? {
    // Nanoseconds on a processor, nanoseconds of waiting for one, and how often.
    guard let text = try? String(contentsOfFile: "/proc/thread-self/schedstat", encoding: .utf8),
      let nanoseconds = text.split(separator: " ").first.flatMap({ Double($0) })
    else { return nil }
    return nanoseconds / 1e9
  }
}
