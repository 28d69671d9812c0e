import Ingest
import InspectionModel
import NIOCore
import NIOPosix
import Synchronization

/// A server on 127.0.0.1 that answers each connection with bytes it was given, and then does as it was told.
final class RawServer: Sendable {
  /// What is done after the bytes are sent.
  enum Ending: Sendable {
    case close
    case hold
  }

  private final class Connection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer
    let server: RawServer
    private var request = ByteBuffer()

    init(server: RawServer) { self.server = server }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      var piece = unwrapInboundIn(data)
      request.writeBuffer(&piece)
      let text = String(buffer: request)
      guard text.contains("\r\n\r\n") else { return }
      request.clear()
      let (bytes, ending) = server.reply(to: text)
      let channel = context.channel
      context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes))).whenComplete { _ in
        if ending == .close { channel.close(promise: nil) }
      }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
  }

  private let replies: @Sendable (_ request: String, _ number: Int) -> ([UInt8], Ending)
  private let requests = Mutex<[String]>([])

  init(_ replies: @escaping @Sendable (_ request: String, _ number: Int) -> ([UInt8], Ending)) {
    self.replies = replies
  }

  /// Every request's head so far.
  var heads: [String] { requests.withLock { $0 } }

  private func reply(to request: String) -> ([UInt8], Ending) {
    let number = requests.withLock { requests in
      requests.append(request)
      return requests.count - 1
    }
    return replies(request, number)
  }

  /// Serves while `body` runs; it gets the port.
  func serve<Result>(_ body: (Int) async throws -> Result) async throws -> Result {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let channel = try await ServerBootstrap(group: group)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Connection(server: self))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    let result: Result
    do {
      result = try await body(channel.localAddress!.port!)
    } catch {
      try await group.shutdownGracefully()
      throw error
    }
    try await group.shutdownGracefully()
    return result
  }
}
