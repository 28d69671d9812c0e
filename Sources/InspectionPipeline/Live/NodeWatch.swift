internal import Ingest
internal import InspectionModel
internal import Synchronization

/// The lives of all nodes: takes what sources and analysis tell, and gives the changes, each once.
final class NodeWatch: Sendable {
  /// One change of one node.
  struct Change: Sendable {
    var nodeID: String
    var time: Timestamp
    var change: NodeChange
  }

  fileprivate struct State {
    var lives: [String: NodeLife] = [:]
    var changes: [Change] = []
    /// Failures by node and code since the run began, for metrics.
    var failures: [String: [String: Int]] = [:]
    var framesReceived: [String: Int] = [:]
  }

  private let state: Mutex<State>

  /// - Parameter nodes: those that are switched on, with their rules.
  init(_ nodes: [(id: String, rules: NodeLifeRules)], start: Timestamp) {
    var state = State()
    for (id, rules) in nodes { state.lives[id] = NodeLife(rules: rules, start: start) }
    self.state = Mutex(state)
  }

  /// Takes over changed nodes: a new one begins, one that is gone ends, one with other rules begins anew.
  func change(_ nodes: [(id: String, rules: NodeLifeRules)], at time: Timestamp) {
    state.withLock { state in
      var lives: [String: NodeLife] = [:]
      for (id, rules) in nodes {
        lives[id] =
          state.lives[id].flatMap { $0.rules == rules ? $0 : nil } ?? NodeLife(rules: rules, start: time)
      }
      state.lives = lives
    }
  }

  /// What a source tells; may be called from any thread.
  func take(_ event: NodeEvent) {
    state.withLock { state in
      switch event.kind {
      case .attempt: state.take(.attempt, event.nodeID, event.time)
      case .connected: state.take(.connected, event.nodeID, event.time)
      case .frame:
        state.framesReceived[event.nodeID, default: 0] += 1
        state.take(.frame, event.nodeID, event.time)
      case .unchanged: state.take(.unchanged, event.nodeID, event.time)
      case .damaged(let failure):
        state.failures[event.nodeID, default: [:]][failure.code.rawValue, default: 0] += 1
      case .failed(let failure, _):
        state.failures[event.nodeID, default: [:]][failure.code.rawValue, default: 0] += 1
        state.take(.failed(failure.code), event.nodeID, event.time)
      }
    }
  }

  /// What the analysis says of a node's picture.
  func take(_ verdict: ContentVerdict, of node: String, at time: Timestamp) {
    state.withLock { $0.take(.verdict(verdict), node, time) }
  }

  /// Time passes; gives the changes since the last call, oldest first.
  func tick(at time: Timestamp) -> [Change] {
    state.withLock { state in
      for id in state.lives.keys.sorted() { state.take(.tick, id, time) }
      let changes = state.changes
      state.changes = []
      return changes
    }
  }

  /// A node's state and reason, in one word.
  func quality(of node: String) -> String {
    state.withLock { state in
      guard let condition = state.lives[node]?.condition else { return NodeState.disabled.rawValue }
      // A picture that comes shows more than no picture, whatever was before.
      guard condition.state == .frozen || condition.state == .poor else { return NodeState.live.rawValue }
      return "\(condition.state.rawValue)/\(condition.reason)"
    }
  }

  /// All conditions, by node.
  var conditions: [String: NodeCondition] { state.withLock { $0.lives.mapValues(\.condition) } }
  var failures: [String: [String: Int]] { state.withLock { $0.failures } }
  var framesReceived: [String: Int] { state.withLock { $0.framesReceived } }
}

extension NodeWatch.State {
  fileprivate mutating func take(_ input: NodeLife.Input, _ node: String, _ time: Timestamp) {
    let news = lives[node]?.take(input, at: time) ?? []
    changes += news.map { NodeWatch.Change(nodeID: node, time: time, change: $0) }
  }
}
