internal import Foundation
internal import FrameMemory
internal import HazardAnalysis
internal import InspectionModel
internal import PixelKernels
internal import Synchronization

/// One node's coarse analysis; any thread may append the frame whose turn it is.
///
/// The network's first look is due once a second, and when the coarse level asks for a full look.
final class FleetNode: Sendable {
  private struct State {
    var source: CoarseSource
    var next = 0
    var schedule: FirstLookSchedule
  }

  /// What was done with a frame, and what it deserves.
  struct Looks {
    /// Whether the network's first look was taken.
    var first = false
    /// Whether a full look is asked for.
    var full = false
  }

  private let state: Mutex<State>

  /// - Parameter phaseMilliseconds: see `FirstLookSchedule`.
  init(tier: KernelTier, phaseMilliseconds: Int) {
    state = Mutex(
      State(
        source: CoarseSource(tier: tier),
        schedule: FirstLookSchedule(phaseMilliseconds: phaseMilliseconds)))
  }

  /// Appends the node's frame with this number, after all before it: where another thread still holds an earlier one,
  /// this waits.
  ///
  /// - Parameters:
  ///   - frame: `nil` for one that could not be read; later ones must not wait for it.
  ///   - firstLook: the thread's.
  func append(
    _ frame: CoarseFrame?, number: Int, timestamp: Timestamp, firstLook: inout FirstLook
  ) -> Looks {
    while true {
      let answer: Looks? = state.withLock { state in
        guard state.next == number else { return nil }
        state.next += 1
        guard let frame else { return Looks() }
        let findings = state.source.append(frame, timestamp: timestamp)
        guard state.schedule.isDue(findings) else {
          return Looks(first: false, full: findings.attention.needsFullLook)
        }
        let attention = state.schedule.attention(findings, scores: firstLook.look(frame))
        return Looks(first: true, full: attention.needsFullLook)
      }
      if let answer { return answer }
      sched_yield()
    }
  }
}
