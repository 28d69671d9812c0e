internal import Foundation
internal import FrameMemory
internal import HazardAnalysis
internal import InspectionModel
internal import PixelKernels
internal import Synchronization

/// One node's coarse analysis; any thread may append the frame whose turn it is.
final class FleetNode: Sendable {
  private struct State {
    var source: CoarseSource
    var next = 0
  }

  private let state: Mutex<State>

  init(tier: KernelTier) { state = Mutex(State(source: CoarseSource(tier: tier))) }

  /// Appends the node's frame with this number, after all before it: where another thread still holds an earlier one,
  /// this waits.
  ///
  /// - Parameter frame: `nil` for one that could not be read; later ones must not wait for it.
  /// - Returns: whether a full look is asked for.
  func append(_ frame: CoarseFrame?, number: Int, timestamp: Timestamp) -> Bool {
    while true {
      let answer: Bool? = state.withLock { state in
        guard state.next == number else { return nil }
        state.next += 1
        return frame.map { state.source.append($0, timestamp: timestamp).attention.needsFullLook } ?? false
      }
      if let answer { return answer }
      sched_yield()
    }
  }
}
