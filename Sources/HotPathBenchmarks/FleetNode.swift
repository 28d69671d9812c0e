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
    var lookedAt: Timestamp?
  }

  /// What is due with a frame.
  struct Looks {
    var first = false
    var full = false
  }

  private static let firstLookNanoseconds: Int64 = 1_000_000_000

  private let state: Mutex<State>

  init(tier: KernelTier) { state = Mutex(State(source: CoarseSource(tier: tier))) }

  /// Appends the node's frame with this number, after all before it: where another thread still holds an earlier one,
  /// this waits.
  ///
  /// - Parameter frame: `nil` for one that could not be read; later ones must not wait for it.
  /// - Returns: which looks are due.
  func append(_ frame: CoarseFrame?, number: Int, timestamp: Timestamp) -> Looks {
    while true {
      let answer: Looks? = state.withLock { state in
        guard state.next == number else { return nil }
        state.next += 1
        guard let frame else { return Looks() }
        let needsFullLook = state.source.append(frame, timestamp: timestamp).attention.needsFullLook
        let elapsed = state.lookedAt.map { timestamp.nanoseconds - $0.nanoseconds }
        let needsFirstLook = needsFullLook || (elapsed ?? .max) >= Self.firstLookNanoseconds
        if needsFirstLook { state.lookedAt = timestamp }
        return Looks(first: needsFirstLook, full: needsFullLook)
      }
      if let answer { return answer }
      sched_yield()
    }
  }
}
