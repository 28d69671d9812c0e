internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1

/// Takes the reply of an endless multipart stream in, on the connection's event loop: pictures go from here to the inlet
/// without a change of thread.
final class StreamReply: HTTPClientResponseDelegate {
  typealias Response = Void

  private let intake: StreamIntake

  init(_ intake: StreamIntake) { self.intake = intake }

  func didReceiveHead(task: HTTPClient.Task<Void>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
    do throws(NodeFailure) {
      if let failure = HTTPReply.failure(of: head) { throw failure }
      try intake.begin(boundary: HTTPReply.boundary(of: head))
      return task.eventLoop.makeSucceededVoidFuture()
    } catch {
      return task.eventLoop.makeFailedFuture(error)
    }
  }

  func didReceiveBodyPart(task: HTTPClient.Task<Void>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
    do throws(NodeFailure) {
      try intake.take(buffer)
      return task.eventLoop.makeSucceededVoidFuture()
    } catch {
      return task.eventLoop.makeFailedFuture(error)
    }
  }

  func didFinishRequest(task: HTTPClient.Task<Void>) throws {
    intake.end()
    throw NodeFailure(.ended, "the stream ended")
  }

  func didReceiveError(task: HTTPClient.Task<Void>, _ error: any Error) { intake.end() }
}
