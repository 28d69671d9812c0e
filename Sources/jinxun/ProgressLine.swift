internal import Foundation
internal import InspectionPipeline
internal import Synchronization

/// Tells how far a run is: a bar with frames/s and time left on a terminal, a plain line now and then elsewhere.
final class ProgressLine: Sendable {
  private let isQuiet: Bool
  private let isTerminal: Bool
  private let state = Mutex(State())

  private struct State {
    var flight = ""
    var stage: RunProgress.Stage?
    var stageBegan = ContinuousClock.now
    var shownAt: ContinuousClock.Instant?
    var hasBar = false
  }

  /// Times between two looks of the bar and between two plain lines.
  private static let barPeriod = Duration.milliseconds(100)
  private static let linePeriod = Duration.seconds(10)

  init(isQuiet: Bool) {
    self.isQuiet = isQuiet
    isTerminal = isatty(FileHandle.standardError.fileDescriptor) == 1
  }

  func show(_ progress: RunProgress) {
    guard !isQuiet else { return }
    state.withLock { state in
      let now = ContinuousClock.now
      let isNewStage = state.stage != progress.stage || state.flight != progress.flight
      if isNewStage {
        (state.stage, state.flight, state.stageBegan, state.shownAt) =
          (progress.stage, progress.flight, now, nil)
      }
      let period = isTerminal ? Self.barPeriod : Self.linePeriod
      let isLast = progress.done == progress.total && progress.total > 0
      if let shownAt = state.shownAt, shownAt.duration(to: now) < period, !isLast { return }
      state.shownAt = now
      let text = Self.text(progress, elapsed: state.stageBegan.duration(to: now) / .seconds(1))
      if isTerminal {
        Standard.error("\r\u{1B}[K\(text)", terminator: "")
        state.hasBar = true
      } else {
        Standard.error(text)
      }
    }
  }

  /// Clears the bar.
  func end() {
    state.withLock { state in
      if state.hasBar { Standard.error("\r\u{1B}[K", terminator: "") }
      state.hasBar = false
    }
  }

  static func text(_ progress: RunProgress, elapsed: Double) -> String {
    switch progress.stage {
    case .locating: return "\(progress.flight): comparing \(progress.total) pictures"
    case .settling: return "joining sightings, establishing cases"
    case .analysing: break
    }
    let share = progress.total > 0 ? Double(progress.done) / Double(progress.total) : 1
    let filled = Int((share * 24).rounded(.down))
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 24 - filled)
    let rate = elapsed > 0 ? Double(progress.done) / elapsed : 0
    var text = "\(progress.flight) [\(bar)] \(progress.done)/\(progress.total)"
    if progress.done > 0, elapsed >= 0.2 {
      text += "  \(fixed(rate, 1)) frames/s"
      if progress.done < progress.total {
        text += "  \(duration(Double(progress.total - progress.done) / rate)) left"
      }
    }
    return text
  }

  private static func duration(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3600) h \(whole / 60 % 60) min"
  }
}
