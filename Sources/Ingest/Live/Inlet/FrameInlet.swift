internal import Synchronization

/// Where every source of a run leaves its frames and the analysis takes them: bounded in bytes, the newest frame of a
/// node wins, everyone has a turn, emergency nodes have a lane of their own (`FrameShelf`).
///
/// Sources never wait here. Offering takes about a microsecond and may be done on an event loop.
package final class FrameInlet: Sendable {
  private struct State {
    var shelf: FrameShelf
    var waiters: [Waiter] = []
    var nextWaiterID = 0
  }

  private struct Waiter {
    let id: Int
    let upTo: Int
    let continuation: CheckedContinuation<[LiveFrame], Never>
  }

  private let state: Mutex<State>

  package init(limits: InletLimits, nodes: [LiveNode]) {
    state = Mutex(State(shelf: FrameShelf(limits: limits, nodes: Self.lanes(nodes))))
  }

  /// Takes a frame in, or says why not; wakes a consumer that waits.
  @discardableResult
  package func offer(_ frame: LiveFrame) -> FrameAdmission {
    let (admission, ready) = state.withLock { state in
      (state.shelf.offer(frame), Self.serve(&state))
    }
    Self.resume(ready)
    return admission
  }

  /// Counts a picture that arrived damaged and is not offered.
  package func noteDamaged(node: String) {
    state.withLock { $0.shelf.noteDamaged(node: node) }
  }

  /// The next frames of different nodes, as many as are there and at least one: waits for it.
  ///
  /// Their nodes are leased: nobody gets another frame of them until `finish` was called, so that several consumers
  /// work side by side and the frames of one node still follow each other.
  ///
  /// - Returns: no frame once the inlet is closed and empty, or the task is cancelled.
  package func lease(upTo count: Int) async -> [LiveFrame] {
    precondition(count > 0, "a consumer takes something")
    let id = state.withLock { state in
      state.nextWaiterID += 1
      return state.nextWaiterID
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let ready: [LiveFrame]? = state.withLock { state in
          let frames = state.shelf.lease(upTo: count)
          let isOver = state.shelf.isClosed && state.shelf.waitingFrames == 0
          // A cancellation that came before this lock found no waiter: it is seen here.
          if !frames.isEmpty || isOver || Task.isCancelled { return frames }
          state.waiters.append(Waiter(id: id, upTo: count, continuation: continuation))
          return nil
        }
        if let ready { continuation.resume(returning: ready) }
      }
    } onCancel: {
      let waiter = state.withLock { state -> Waiter? in
        state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
      }
      waiter?.continuation.resume(returning: [])
    }
  }

  /// Ends the lease of the frames' nodes.
  package func finish(_ frames: [LiveFrame]) {
    Self.resume(
      state.withLock { state in
        state.shelf.finish(frames.map(\.nodeID))
        return Self.serve(&state)
      })
  }

  /// The next frame, without a lease: for one consumer.
  ///
  /// - Returns: `nil` once the inlet is closed and empty, or the task is cancelled.
  package func next() async -> LiveFrame? {
    let frames = await lease(upTo: 1)
    finish(frames)
    return frames.first
  }

  /// No frame comes in any more; what waits is still handed out, then every consumer gets its end.
  package func close() {
    Self.resume(
      state.withLock { state in
        state.shelf.close()
        return Self.serve(&state)
      })
  }

  /// Closes and gives up what waits.
  package func discard() {
    Self.resume(
      state.withLock { state in
        state.shelf.close()
        state.shelf.discardWaiting()
        return Self.serve(&state)
      })
  }

  /// Takes over the bounds and nodes of a changed definition.
  package func change(limits: InletLimits, nodes: [LiveNode]) {
    Self.resume(
      state.withLock { state in
        state.shelf.change(limits: limits, nodes: Self.lanes(nodes))
        return Self.serve(&state)
      })
  }

  /// Counts by node since the run began; unknown nodes under the empty id.
  package var counts: [String: FrameShelf.NodeCounts] { state.withLock { $0.shelf.counts } }

  /// What waits now.
  package var waiting: (frames: Int, bytes: Int) {
    state.withLock { ($0.shelf.waitingFrames, $0.shelf.waitingBytes) }
  }

  private typealias Ready = [(waiter: Waiter, frames: [LiveFrame])]

  /// Gives waiting frames to waiting consumers; the caller resumes them outside the lock.
  private static func serve(_ state: inout State) -> Ready {
    var ready: Ready = []
    while let waiter = state.waiters.first {
      let frames = state.shelf.lease(upTo: waiter.upTo)
      let isOver = state.shelf.isClosed && state.shelf.waitingFrames == 0
      guard !frames.isEmpty || isOver else { break }
      state.waiters.removeFirst()
      ready.append((waiter, frames))
    }
    return ready
  }

  private static func resume(_ ready: Ready) {
    for (waiter, frames) in ready { waiter.continuation.resume(returning: frames) }
  }

  private static func lanes(_ nodes: [LiveNode]) -> [String: LiveNode.Lane] {
    Dictionary(nodes.map { ($0.id, $0.lane) }, uniquingKeysWith: { first, _ in first })
  }
}
