internal import NIOCore

/// One connection of a reader: takes its requests and gives a stream or pictures, as well as the node's fault of the
/// moment allows. Lives on the event loop.
final class ViewerConnection: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private static let boundary = "jinxun"
  private static let maximumHeadBytes = 8192

  private let board: NodeBoard
  private var request = ByteBuffer()
  private var desk: NodeDesk?
  private var isStreaming = false
  /// The rest of a picture that drips.
  private var dripping: ByteBuffer?
  private(set) var context: ChannelHandlerContext?

  init(board: NodeBoard) { self.board = board }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  func channelInactive(context: ChannelHandlerContext) {
    if isStreaming { board.remove(self, from: desk?.node.id) }
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var piece = unwrapInboundIn(data)
    request.writeBuffer(&piece)
    let text = String(buffer: request)
    guard let end = text.firstRange(of: "\r\n\r\n") else {
      if request.readableBytes > Self.maximumHeadBytes { context.close(promise: nil) }
      return
    }
    request.clear()
    answer(String(text[..<end.lowerBound]), context)
  }

  private func answer(_ head: String, _ context: ChannelHandlerContext) {
    let words = head.split(separator: " ", maxSplits: 2)
    let path = words.count > 1 ? words[1].split(separator: "/") : []
    guard path.count == 3, path[0] == "nodes", let desk = board.desk(String(path[1])) else {
      return reply("404 Not Found", "", context)
    }
    self.desk = desk
    let fault = desk.fault
    switch fault {
    case .unauthorized: reply("401 Unauthorized", "WWW-Authenticate: Basic realm=\"node\"\r\n", context)
    case .notFound: reply("404 Not Found", "", context)
    case .serverError: reply("500 Internal Server Error", "", context)
    case .redirect: reply("302 Found", "Location: http://192.0.2.1/elsewhere\r\n", context)
    default:
      if path[2] == "stream" { beginStream(context) } else { snapshot(head, fault, context) }
    }
  }

  private func reply(_ status: String, _ fields: String, _ context: ChannelHandlerContext) {
    let text = "HTTP/1.1 \(status)\r\n\(fields)Content-Length: 0\r\nConnection: close\r\n\r\n"
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text))).whenComplete {
      [channel = context.channel] _ in
      channel.close(promise: nil)
    }
  }

  // MARK: - Stream

  private func beginStream(_ context: ChannelHandlerContext) {
    let text =
      "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=\(Self.boundary)\r\n"
      + "Cache-Control: no-store\r\nConnection: close\r\n\r\n"
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
    desk?.figures.connections += 1
    isStreaming = true
    board.add(self, to: desk?.node.id)
  }

  /// A picture is due.
  func tick(fault: NodeFaultKind?) {
    guard let context, let desk else { return }
    if dripping != nil, fault == .drip { return drip(context) }
    dripping = nil
    guard context.channel.isWritable else {
      desk.figures.skipped += 1
      return
    }
    switch fault {
    case .stall: break
    case .garbage: context.writeAndFlush(wrapOutboundOut(board.garbage), promise: nil)
    case .drip:
      dripping = desk.current
      context.writeAndFlush(wrapOutboundOut(partHead(desk, fault)), promise: nil)
      drip(context)
    case .cut:
      context.write(wrapOutboundOut(partHead(desk, fault)), promise: nil)
      let half = desk.current.getSlice(at: 0, length: desk.current.readableBytes / 2) ?? ByteBuffer()
      context.writeAndFlush(wrapOutboundOut(half)).whenComplete { [channel = context.channel] _ in
        channel.close(promise: nil)
      }
    case .unauthorized, .notFound, .serverError, .redirect: context.close(promise: nil)
    case .reconnectStorm:
      sendPart(desk, fault, context)
      context.flush()
      context.close(promise: nil)
    case .wrongLength, .frozen, .dark, .clockJump, nil: sendPart(desk, fault, context)
    }
  }

  /// Two buffers and one flush a picture; the picture's bytes are those that were loaded.
  private func sendPart(_ desk: NodeDesk, _ fault: NodeFaultKind?, _ context: ChannelHandlerContext) {
    context.write(wrapOutboundOut(partHead(desk, fault)), promise: nil)
    context.writeAndFlush(wrapOutboundOut(desk.current), promise: nil)
    desk.noteSent(desk.current.readableBytes, fault: fault)
  }

  private func partHead(_ desk: NodeDesk, _ fault: NodeFaultKind?) -> ByteBuffer {
    var length = desk.current.readableBytes
    if fault == .wrongLength { length += desk.currentNumber % 2 == 0 ? 1000 : -1000 }
    return ByteBuffer(
      string: "\r\n--\(Self.boundary)\r\nContent-Type: image/jpeg\r\nContent-Length: \(length)\r\n"
        + "X-Timestamp: \(desk.clockText(fault: fault))\r\n\r\n")
  }

  private func drip(_ context: ChannelHandlerContext) {
    guard let drop = dripping?.readSlice(length: 16) else { return }
    context.writeAndFlush(wrapOutboundOut(drop), promise: nil)
  }

  // MARK: - Snapshot

  private func snapshot(_ request: String, _ fault: NodeFaultKind?, _ context: ChannelHandlerContext) {
    guard let desk, fault != .stall else { return }
    desk.figures.connections += 1
    let tag = "\"\(desk.currentNumber)\""
    if request.contains("If-None-Match: \(tag)"), fault != .frozen {
      let text = "HTTP/1.1 304 Not Modified\r\nETag: \(tag)\r\n\r\n"
      return context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
    }
    var length = desk.current.readableBytes
    if fault == .wrongLength { length += desk.currentNumber % 2 == 0 ? 1000 : -1000 }
    let isLast = [.cut, .wrongLength, .reconnectStorm].contains(fault)
    let head =
      "HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: \(length)\r\nETag: \(tag)\r\n"
      + (isLast ? "Connection: close\r\n\r\n" : "\r\n")
    context.write(wrapOutboundOut(ByteBuffer(string: head)), promise: nil)
    switch fault {
    case .drip:
      dripping = desk.current
      context.flush()
      board.add(self, to: desk.node.id)
      isStreaming = true
    case .cut, .garbage:
      let half = desk.current.getSlice(at: 0, length: length / 2) ?? ByteBuffer()
      var body = fault == .cut ? half : ByteBuffer()
      if fault == .garbage {
        while body.readableBytes < length { body.writeImmutableBuffer(board.garbage) }
        body = body.getSlice(at: 0, length: length) ?? body
      }
      finish(body, isLast: isLast, context)
    default:
      finish(desk.current, isLast: isLast, context)
      desk.noteSent(desk.current.readableBytes, fault: fault)
    }
  }

  private func finish(_ body: ByteBuffer, isLast: Bool, _ context: ChannelHandlerContext) {
    let channel = context.channel
    context.writeAndFlush(wrapOutboundOut(body)).whenComplete { _ in
      if isLast { channel.close(promise: nil) }
    }
  }
}
