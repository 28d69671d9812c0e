internal import Hummingbird
internal import HummingbirdCore
internal import InspectionModel
package import Logging
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// The HTTP inlet: nodes upload pictures (`POST /nodes/{id}/pictures`), people report (`POST /reports`).
///
/// Every request shows a bearer token; its length is stated and judged before anything of it is kept; it is read within
/// a time; no more than a set number are read at once, the others are told when to come again. A report is acknowledged
/// after `accept` returned, which is after it is durable.
package struct InletServer: Sendable {
  package typealias Accept = @Sendable (PersonReport) async throws -> ReportReceipt

  let settings: InletServerSettings
  let tokens: TokenBook
  let clock: LiveClock
  let accept: Accept
  let feeds: [String: NodeFeed]
  private let inlet: FrameInlet
  private let logger: Logger
  private let reading = RequestGate()

  /// - Parameters:
  ///   - nodes: every node; those that push get a feed.
  ///   - events: called from any thread; has to return at once.
  ///   - accept: makes a report durable; a `ReportRefusal` is told as 503.
  package init(
    settings: InletServerSettings, nodes: [LiveNode], environment: [String: String],
    clock: LiveClock = .system(), logger: Logger, inlet: FrameInlet,
    events: @escaping @Sendable (NodeEvent) -> Void, accept: @escaping Accept
  ) {
    self.settings = settings
    self.clock = clock
    self.accept = accept
    self.inlet = inlet
    self.logger = logger
    tokens = TokenBook(nodes: nodes, reporters: settings.reporters, environment: environment)
    let pushing = nodes.filter { $0.endpoint == .push }
    feeds = Dictionary(
      pushing.map { ($0.id, NodeFeed(node: $0, inlet: inlet, clock: clock, events: events)) },
      uniquingKeysWith: { first, _ in first })
    for (sender, reason) in tokens.unavailable {
      logger.warning(
        "a sender has no usable token", metadata: ["sender": "\(sender)", "reason": "\(reason)"])
      if case .node(let id) = sender {
        let failure = NodeFailure(.secretUnavailable, reason)
        feeds[id]?.tell(.failed(failure, retryAfterSeconds: .infinity))
      }
    }
  }

  /// Serves until cancelled.
  ///
  /// - Parameter onListening: called once with the port.
  /// - Throws: where the address cannot be bound.
  package func run(onListening: @escaping @Sendable (Int) async -> Void = { _ in }) async throws {
    let router = Router()
    router.post("nodes/:id/pictures") { request, context in
      await answer { try await takePicture(request, nodeID: context.parameters.get("id") ?? "") }
    }
    router.post("reports") { request, _ in await answer { try await takeReport(request) } }
    var quiet = logger
    // What goes wrong with one request is its answer; Hummingbird calls the end of a run an error.
    quiet.logLevel = .critical
    let application = Application(
      router: router,
      server: .http1(configuration: .init(idleTimeout: .seconds(60))),
      configuration: .init(address: .hostname(settings.host, port: settings.port), serverName: "jinxun"),
      onServerRunning: { channel in await onListening(channel.localAddress?.port ?? 0) },
      logger: quiet)
    try await application.run()
  }

  private func answer(_ work: () async throws -> Response) async -> Response {
    do {
      return try await work()
    } catch let reply as InletReply {
      return reply.response
    } catch is CancellationError {
      return InletReply.busy(settings.retryAfterSeconds).response
    } catch {
      logger.error("a request failed", metadata: ["error": "\(type(of: error))"])
      return InletReply.busy(settings.retryAfterSeconds).response
    }
  }

  /// Who may have sent a request.
  func senders(_ request: Request) throws(InletReply) -> Set<TokenBook.Sender> {
    let senders = tokens.senders(authorization: request.headers[.authorization])
    guard !senders.isEmpty else { throw .unauthorized }
    return senders
  }

  /// Reads a body of stated length within the time, while fewer than the set number are read.
  func body(of request: Request, atMost maximumBytes: Int) async throws -> [UInt8] {
    guard request.headers[values: .transferEncoding].isEmpty,
      let stated = request.headers[.contentLength].flatMap({ Int($0) }), stated >= 0
    else { throw InletReply.lengthRequired }
    guard stated <= maximumBytes else { throw InletReply.tooLarge }
    guard reading.enter(limit: settings.maximumConcurrentRequests) else {
      throw InletReply.busy(settings.retryAfterSeconds)
    }
    defer { reading.leave() }
    let seconds = settings.requestSeconds
    return try await withThrowingTaskGroup(of: [UInt8]?.self) { group in
      group.addTask {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(stated)
        do {
          for try await piece in request.body {
            guard bytes.count + piece.readableBytes <= stated else { throw InletReply.tooLarge }
            bytes.append(contentsOf: piece.readableBytesView)
          }
        } catch let error where !(error is InletReply || error is CancellationError) {
          throw InletReply.cutOff
        }
        return bytes
      }
      group.addTask { [clock] in
        try await clock.sleep(seconds)
        return nil
      }
      defer { group.cancelAll() }
      guard let bytes = try await group.next() ?? nil else { throw InletReply.timeout }
      return bytes
    }
  }
}
