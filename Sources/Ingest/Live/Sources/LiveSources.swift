package import Logging
internal import NIOCore
internal import NIOPosix

/// Every source of a run: one task for each node, none of which can hold up another.
package struct LiveSources: Sendable {
  package let nodes: [LiveNode]
  package let policy: AddressPolicy
  package let limits: SourceLimits
  /// Where secrets are looked up by name.
  package let environment: [String: String]
  package let clock: LiveClock
  /// Chooses the chance in waits.
  package let seed: UInt64
  package let logger: Logger

  package init(
    nodes: [LiveNode], policy: AddressPolicy, limits: SourceLimits, environment: [String: String],
    clock: LiveClock = .system(), seed: UInt64, logger: Logger
  ) {
    self.nodes = nodes
    self.policy = policy
    self.limits = limits
    self.environment = environment
    self.clock = clock
    self.seed = seed
    self.logger = logger
  }

  /// Reads pictures of every node that is switched on and pulled from (pushing nodes come through `InletServer`), leaves
  /// them in the inlet and tells what happens; ends when cancelled, with every connection and child process closed.
  ///
  /// - Parameter events: called from any thread; has to return at once.
  package func run(inlet: FrameInlet, events: @escaping @Sendable (NodeEvent) -> Void) async {
    // One thread reads all of them: reading is copying, and the other cores have pictures to look at.
    let loops = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    await withDiscardingTaskGroup { group in
      for node in nodes where node.endpoint != nil && node.endpoint != .push {
        let source = NodeSource(node: node, sources: self, loop: loops.next())
        group.addTask { await source.run(inlet: inlet, events: events) }
      }
    }
    do {
      try await loops.shutdownGracefully()
    } catch {
      logger.warning("the event loop of the sources did not end in order")
    }
  }
}
