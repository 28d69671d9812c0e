internal import NIOCore
internal import NIOPosix

/// A node that uploads its pictures: keeps one connection to the inlet, sends a picture when one is due and the reply to
/// the last one is there. Lives on the event loop.
final class PushConnection: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let desk: NodeDesk
  private let board: NodeBoard
  private let host: String
  private let port: Int
  private let token: String
  private let loop: any EventLoop
  private var context: ChannelHandlerContext?
  private var isConnecting = false
  private var isWaiting = false
  private var reply = ByteBuffer()
  private var dripping: ByteBuffer?

  init(desk: NodeDesk, board: NodeBoard, host: String, port: Int, token: String, loop: any EventLoop) {
    self.desk = desk
    self.board = board
    self.host = host
    self.port = port
    self.token = token
    self.loop = loop
  }

  func channelActive(context: ChannelHandlerContext) {
    self.context = context
    (isConnecting, isWaiting) = (false, false)
    desk.figures.connections += 1
  }

  func channelInactive(context: ChannelHandlerContext) {
    self.context = nil
    (isWaiting, dripping) = (false, nil)
    reply.clear()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  /// Replies are small and come one at a time: the status line is what counts; what is left of the body before it is
  /// passed over.
  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var piece = unwrapInboundIn(data)
    reply.writeBuffer(&piece)
    let text = String(buffer: reply)
    guard let line = text.firstRange(of: "HTTP/1.1 "), text[line.upperBound...].contains("\r\n\r\n") else {
      return
    }
    reply.clear()
    let words = text[line.lowerBound...].split(separator: " ", maxSplits: 2)
    let status = words.count > 1 ? Int(words[1]) ?? 0 : 0
    desk.figures.uploadReplies[status, default: 0] += 1
    isWaiting = false
  }

  /// A picture is due.
  func tick(fault: NodeFaultKind?) {
    guard let context else { return connect() }
    if fault == .drip, let drop = dripping?.readSlice(length: 16) {
      return context.writeAndFlush(wrapOutboundOut(drop), promise: nil)
    }
    if dripping != nil {
      // The picture that dripped is never finished.
      dripping = nil
      return context.close(promise: nil)
    }
    guard fault != .stall else { return }
    guard !isWaiting else {
      desk.figures.skipped += 1
      return
    }
    let picture = desk.current
    let length = picture.readableBytes
    let head =
      "POST /nodes/\(desk.node.id)/pictures HTTP/1.1\r\nHost: \(host):\(port)\r\nAuthorization: Bearer \(token)\r\n"
      + "Content-Type: image/jpeg\r\nContent-Length: \(length)\r\nX-Timestamp: \(desk.clockText(fault: fault))\r\n\r\n"
    context.write(wrapOutboundOut(ByteBuffer(string: head)), promise: nil)
    isWaiting = true
    switch fault {
    case .drip:
      dripping = picture
      context.flush()
    case .cut:
      let half = picture.getSlice(at: 0, length: length / 2) ?? ByteBuffer()
      context.writeAndFlush(wrapOutboundOut(half), promise: nil)
      context.close(promise: nil)
    case .garbage:
      var body = ByteBuffer()
      while body.readableBytes < length { body.writeImmutableBuffer(board.garbage) }
      context.writeAndFlush(wrapOutboundOut(body.getSlice(at: 0, length: length) ?? body), promise: nil)
    default:
      context.writeAndFlush(wrapOutboundOut(picture), promise: nil)
      desk.noteSent(length, fault: fault)
      if fault == .reconnectStorm { context.close(promise: nil) }
    }
  }

  private func connect() {
    guard !isConnecting else { return }
    isConnecting = true
    let bound = NIOLoopBound(self, eventLoop: loop)
    ClientBootstrap(group: loop)
      .channelOption(.socketOption(.so_reuseaddr), value: 1)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(bound.value)
        }
      }
      .connect(host: host, port: port)
      .assumeIsolated()
      .whenFailure { [self] _ in isConnecting = false }
  }
}
