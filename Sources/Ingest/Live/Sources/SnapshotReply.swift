internal import AsyncHTTPClient
internal import InspectionModel
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// Takes the reply to one picture request in, on the connection's event loop.
final class SnapshotReply: HTTPClientResponseDelegate {
  /// What the node answered.
  struct Answer: Sendable {
    /// `nil` where the picture has not changed.
    var picture: [UInt8]?
    var entityTag: String?
    var lastModified: String?
  }

  typealias Response = Answer

  private struct State {
    var answer = Answer()
    var bytes: [UInt8] = []
    var stated: Int?
  }

  private let limits: SourceLimits
  private let state = Mutex(State())

  init(limits: SourceLimits) { self.limits = limits }

  func didReceiveHead(task: HTTPClient.Task<Answer>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
    do throws(NodeFailure) {
      let isUnchanged = head.status.code == 304
      if !isUnchanged, let failure = HTTPReply.failure(of: head) { throw failure }
      let stated = head.headers.first(name: "Content-Length").flatMap { Int($0) }
      if let stated, stated > limits.maximumFrameBytes {
        throw NodeFailure(.frameTooLong, "a picture of \(stated) bytes, at most \(limits.maximumFrameBytes)")
      }
      let type = head.headers.first(name: "Content-Type")?.lowercased() ?? "image/jpeg"
      guard isUnchanged || type.hasPrefix("image/") || type.hasPrefix("application/octet-stream") else {
        throw NodeFailure(.wrongContentType, "expected a picture, found '\(type.prefix(80))'")
      }
      state.withLock { state in
        state.answer.entityTag = Self.validator(head.headers.first(name: "ETag"))
        state.answer.lastModified = Self.validator(head.headers.first(name: "Last-Modified"))
        if !isUnchanged {
          state.stated = stated
          state.answer.picture = []
          state.bytes.reserveCapacity(stated ?? 0)
        }
      }
      return task.eventLoop.makeSucceededVoidFuture()
    } catch {
      return task.eventLoop.makeFailedFuture(error)
    }
  }

  func didReceiveBodyPart(task: HTTPClient.Task<Answer>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
    let isWithinLimit = state.withLock { state in
      guard state.bytes.count + buffer.readableBytes <= limits.maximumFrameBytes else { return false }
      state.bytes.append(contentsOf: buffer.readableBytesView)
      return true
    }
    guard isWithinLimit else {
      return task.eventLoop.makeFailedFuture(
        NodeFailure(.frameTooLong, "a picture over \(limits.maximumFrameBytes) bytes"))
    }
    return task.eventLoop.makeSucceededVoidFuture()
  }

  func didFinishRequest(task: HTTPClient.Task<Answer>) throws -> Answer {
    try state.withLock { state throws(NodeFailure) in
      guard state.answer.picture != nil else { return state.answer }
      if let stated = state.stated, stated != state.bytes.count {
        throw NodeFailure(.wrongLength, "\(state.bytes.count) bytes of \(stated)")
      }
      var answer = state.answer
      answer.picture = state.bytes
      state.bytes = []
      return answer
    }
  }

  /// A validator goes back into a request: only what is harmless there is kept.
  private static func validator(_ text: String?) -> String? {
    guard let text, text.utf8.count <= 256, text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
      return nil
    }
    return text
  }
}
