import Ingest

/// What `FrameShelf` is to do, written down slowly: one list of frames in the order of their nodes' turns.
struct ShelfOracle {
  let limits: InletLimits
  let lanes: [String: LiveNode.Lane]
  var leased: Set<String> = []
  /// Frames of each node, oldest first.
  var frames: [String: [LiveFrame]] = [:]
  var lines: [LiveNode.Lane: [String]] = [.normal: [], .emergency: []]
  var turns = 0

  init(_ limits: InletLimits, _ lanes: [String: LiveNode.Lane]) {
    (self.limits, self.lanes) = (limits, lanes)
  }

  var waiting: [LiveFrame] { frames.values.flatMap { $0 } }

  func isWaiting(_ frame: LiveFrame) -> Bool { waiting.contains(frame) }

  private func bytes(_ lane: LiveNode.Lane) -> Int {
    waiting.filter { lanes[$0.nodeID] == lane }.map(\.bytes.count).reduce(0, +)
  }

  mutating func offer(_ frame: LiveFrame) -> FrameAdmission {
    guard frame.bytes.count <= limits.maximumFrameBytes else { return .dropped(.tooLarge) }
    let lane = lanes[frame.nodeID]!
    let members = lanes.values.filter { $0 == lane }.count
    let reserved = lanes.values.contains(.emergency) ? limits.emergencyBytes : 0
    let budget = lane == .emergency ? reserved : limits.maximumBytes - reserved
    let share = budget / (members * limits.waitingPerNode)
    if frames[frame.nodeID, default: []].count == limits.waitingPerNode {
      frames[frame.nodeID]!.removeFirst()
      tidy(lane)
    }
    while bytes(lane) + frame.bytes.count > budget {
      guard frame.bytes.count <= share else { return .dropped(.noRoom) }
      let node = lines[lane]!.first { id in frames[id, default: []].contains { $0.bytes.count > share } }!
      let place = frames[node]!.firstIndex { $0.bytes.count > share }!
      frames[node]!.remove(at: place)
      tidy(lane)
    }
    if frames[frame.nodeID, default: []].isEmpty { lines[lane]!.append(frame.nodeID) }
    frames[frame.nodeID, default: []].append(frame)
    return .admitted
  }

  mutating func lease(upTo count: Int) -> [LiveFrame] {
    var taken: [LiveFrame] = []
    while taken.count < count {
      if turns < limits.emergencyTurns, let frame = take(.emergency) {
        turns += 1
        taken.append(frame)
      } else {
        turns = 0
        if let frame = take(.normal) {
          taken.append(frame)
        } else if let frame = take(.emergency) {
          turns = 1
          taken.append(frame)
        } else {
          break
        }
      }
      leased.insert(taken.last!.nodeID)
    }
    return taken
  }

  private mutating func take(_ lane: LiveNode.Lane) -> LiveFrame? {
    guard let node = lines[lane]!.first(where: { !leased.contains($0) }) else { return nil }
    lines[lane]!.removeAll { $0 == node }
    let frame = frames[node]!.removeFirst()
    if !frames[node]!.isEmpty { lines[lane]!.append(node) }
    return frame
  }

  private mutating func tidy(_ lane: LiveNode.Lane) {
    lines[lane]!.removeAll { frames[$0, default: []].isEmpty }
  }
}
