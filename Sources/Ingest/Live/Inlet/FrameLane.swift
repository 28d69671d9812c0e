/// The waiting frames of the nodes of one lane: a pure state.
///
/// Each node waits in line once, whatever its number of frames, so that everyone has a turn. A frame of at most the
/// fair share (bytes ÷ nodes ÷ frames a node) always finds room: larger ones, which only use what others leave,
/// make way for it.
struct FrameLane {
  /// Bytes that wait at most.
  let maximumBytes: Int
  let waitingPerNode: Int
  private(set) var fairShareBytes: Int
  private(set) var waitingBytes = 0
  private(set) var waitingFrames = 0
  private var frames: [String: [LiveFrame]] = [:]
  /// Nodes with waiting frames, next first; a leased node keeps its place and is passed over.
  private var line: [String] = []

  init(maximumBytes: Int, waitingPerNode: Int, nodeCount: Int) {
    self.maximumBytes = maximumBytes
    self.waitingPerNode = waitingPerNode
    fairShareBytes = maximumBytes / max(1, nodeCount * waitingPerNode)
  }

  /// Sets the number of nodes; what waits stays.
  mutating func resize(nodeCount: Int) {
    fairShareBytes = maximumBytes / max(1, nodeCount * waitingPerNode)
  }

  /// Lets a frame wait.
  ///
  /// - Parameter drop: called for each frame that does not wait any more or does not come to wait.
  mutating func offer(_ frame: LiveFrame, drop: (LiveFrame, FrameDrop) -> Void) -> FrameAdmission {
    let id = frame.nodeID
    if let waiting = frames[id], waiting.count >= waitingPerNode {
      drop(removeOldest(of: id), .superseded)
    }
    let size = frame.bytes.count
    if waitingBytes + size > maximumBytes {
      guard size <= fairShareBytes else {
        drop(frame, .noRoom)
        return .dropped(.noRoom)
      }
      makeRoom(for: size, drop: drop)
    }
    guard waitingBytes + size <= maximumBytes else {
      // Only after the number of nodes grew: the shares of before are still in use.
      drop(frame, .noRoom)
      return .dropped(.noRoom)
    }
    if frames[id, default: []].isEmpty { line.append(id) }
    frames[id, default: []].append(frame)
    waitingBytes += size
    waitingFrames += 1
    return .admitted
  }

  /// The oldest waiting frame of the node whose turn it is; the node goes to the end of the line.
  mutating func take(unless isLeased: (String) -> Bool) -> LiveFrame? {
    guard let place = line.firstIndex(where: { !isLeased($0) }) else { return nil }
    let id = line.remove(at: place)
    let frame = frames[id]!.removeFirst()
    if frames[id]!.isEmpty { frames[id] = nil } else { line.append(id) }
    waitingBytes -= frame.bytes.count
    waitingFrames -= 1
    return frame
  }

  /// Gives up everything that waits, or what waits of the nodes that `isGone` names.
  mutating func removeAll(where isGone: (String) -> Bool, drop: (LiveFrame) -> Void) {
    for id in line where isGone(id) {
      while frames[id] != nil { drop(removeOldest(of: id)) }
    }
  }

  private mutating func removeOldest(of id: String) -> LiveFrame {
    let frame = frames[id]!.removeFirst()
    if frames[id]!.isEmpty {
      frames[id] = nil
      line.remove(at: line.firstIndex(of: id)!)
    }
    waitingBytes -= frame.bytes.count
    waitingFrames -= 1
    return frame
  }

  /// Gives up frames over the fair share, in the order of the line, until `size` more bytes fit.
  private mutating func makeRoom(for size: Int, drop: (LiveFrame, FrameDrop) -> Void) {
    for id in line {
      while waitingBytes + size > maximumBytes, let oldest = frames[id]?.first(where: isOverShare) {
        remove(oldest)
        drop(oldest, .noRoom)
      }
    }
  }

  private func isOverShare(_ frame: LiveFrame) -> Bool { frame.bytes.count > fairShareBytes }

  private mutating func remove(_ frame: LiveFrame) {
    let id = frame.nodeID
    frames[id]!.remove(at: frames[id]!.firstIndex { $0.sequence == frame.sequence }!)
    if frames[id]!.isEmpty {
      frames[id] = nil
      line.remove(at: line.firstIndex(of: id)!)
    }
    waitingBytes -= frame.bytes.count
    waitingFrames -= 1
  }
}
