internal import InspectionModel
internal import NIOCore

/// One node's source: connects, reads, waits after a failure, and so on until it is cancelled.
struct NodeSource: Sendable {
  let node: LiveNode
  let sources: LiveSources
  /// Where its connections live.
  let loop: any EventLoop

  /// Runs until cancelled; never throws, never ends by itself.
  func run(inlet: FrameInlet, events: @escaping @Sendable (NodeEvent) -> Void) async {
    let clock = sources.clock
    let feed = NodeFeed(node: node, inlet: inlet, clock: clock, events: events)
    var random = SourceRandom(seed: sources.seed, name: node.id)
    var backoff = sources.limits.backoff
    // Nodes do not all begin in the same instant.
    try? await clock.sleep(Double.random(in: 0...min(1, node.periodSeconds), using: &random))
    while !Task.isCancelled {
      feed.tell(.attempt)
      let (began, picturesBefore) = (clock.steady(), feed.pictureCount)
      let failure = await session(feed)
      guard !Task.isCancelled else { return }
      let isProven =
        feed.pictureCount > picturesBefore
        && clock.steady().seconds(since: began) >= sources.limits.provenSeconds
      if isProven { backoff.reset() }
      let wait = backoff.next(using: &random)
      feed.tell(.failed(failure, retryAfterSeconds: wait))
      try? await clock.sleep(wait)
    }
  }

  /// One connection from beginning to end; an error always is its end.
  private func session(_ feed: NodeFeed) async -> NodeFailure {
    do {
      switch node.endpoint {
      case .httpMJPEG(let address): try await stream(address, feed)
      case .httpSnapshot(let address): try await snapshots(address, feed)
      case .directory(let path): try await directory(path, feed)
      case .rtsp(let address): try await rtsp(address, feed)
      case .push, nil: break
      }
      return NodeFailure(.ended, "the source ended")
    } catch {
      return HTTPReply.failure(of: error)
    }
  }
}
