internal import AsyncHTTPClient
internal import Glibc
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// What the first lines of a node's reply mean.
enum HTTPReply {
  /// A status that is no success.
  static func failure(of head: HTTPResponseHead) -> NodeFailure? {
    switch head.status.code {
    case 200: nil
    case 300...303, 305...399:
      NodeFailure(.redirect, "replied \(head.status.code): redirects are not followed")
    case 401, 403, 407: NodeFailure(.unauthorized, "replied \(head.status.code)")
    default: NodeFailure(.status, "replied \(head.status.code)")
    }
  }

  /// The boundary of a multipart reply.
  static func boundary(of head: HTTPResponseHead) throws(NodeFailure) -> String {
    let text = head.headers.first(name: "Content-Type") ?? ""
    let parts = text.split(separator: ";").map { $0.drop { $0 == " " } }
    guard parts.first?.lowercased().hasPrefix("multipart/") == true else {
      throw NodeFailure(.wrongContentType, "expected multipart/x-mixed-replace, found '\(text.prefix(80))'")
    }
    for part in parts.dropFirst() where part.lowercased().hasPrefix("boundary=") {
      let value = part.dropFirst("boundary=".count)
      let name = value.filter { $0 != "\"" && $0 != " " }
      if !name.isEmpty { return name }
    }
    throw NodeFailure(.wrongContentType, "a multipart reply without a boundary")
  }

  /// What an error of the client or the network amounts to.
  static func failure(of error: any Error) -> NodeFailure {
    switch error {
    case let failure as NodeFailure: failure
    case let error as HTTPClientError: failure(of: error)
    case is HTTPParserError: NodeFailure(.notHTTP, "breaks the rules of HTTP")
    case is NIOConnectionError: NodeFailure(.connectFailed, "no connection")
    case let error as IOError
    where [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, ETIMEDOUT].contains(error.errnoCode):
      NodeFailure(.connectFailed, "no connection: errno \(error.errnoCode)")
    case let error as IOError: NodeFailure(.ended, "the connection broke: errno \(error.errnoCode)")
    case is ChannelError: NodeFailure(.connectFailed, "no connection")
    default: NodeFailure(.connectFailed, "no connection: \(type(of: error))")
    }
  }

  private static func failure(of error: HTTPClientError) -> NodeFailure {
    switch error {
    case .connectTimeout: NodeFailure(.connectTimeout, "no connection in time")
    case .deadlineExceeded: NodeFailure(.frameTimeout, "the picture was not whole in time")
    case .remoteConnectionClosed: NodeFailure(.ended, "the other side closed the connection")
    default: NodeFailure(.connectFailed, "no connection: \(error.shortDescription)")
    }
  }
}
