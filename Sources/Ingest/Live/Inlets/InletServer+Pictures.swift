internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import InspectionModel
internal import NIOCore

extension InletServer {
  /// `POST /nodes/{id}/pictures`: one JPEG or PNG picture.
  func takePicture(_ request: Request, nodeID: String) async throws -> Response {
    let senders = try senders(request)
    guard let feed = feeds[nodeID] else { throw InletReply.notFound }
    guard senders.contains(.node(nodeID)) else { throw InletReply.forbidden }
    let type = request.headers[.contentType].map(Self.mediaType)
    guard let type, ["image/jpeg", "image/jpg", "image/png"].contains(type) else {
      throw InletReply.unsupported
    }
    var bytes: [UInt8]
    do {
      bytes = try await body(of: request, atMost: settings.maximumPictureBytes)
    } catch let reply as InletReply where [.cutOff, .timeout].contains(reply) {
      feed.damaged(NodeFailure(.damagedPicture, "an upload that did not come whole"))
      throw reply
    }
    guard PictureEnds.trim(&bytes) else {
      feed.damaged(NodeFailure(.damagedPicture, "an upload that is no whole JPEG or PNG picture"))
      throw InletReply.damagedPicture
    }
    switch feed.picture(bytes, sourceTime: Self.time(request.headers)) {
    case .admitted, .dropped(.superseded):
      return Response(status: .accepted)
    case .dropped(.tooLarge): throw InletReply.tooLarge
    case .dropped: throw InletReply.busy(settings.retryAfterSeconds)
    }
  }

  /// A type without its parameters, in small letters.
  static func mediaType(_ field: String) -> String {
    (field.split(separator: ";").first ?? "").filter { $0 != " " }.lowercased()
  }

  /// `X-Timestamp: 1764150000.25`, if it is there.
  private static func time(_ headers: HTTPFields) -> Timestamp? {
    guard let name = HTTPField.Name("X-Timestamp"), let text = headers[name] else { return nil }
    return PartHead(Array("X-Timestamp: \(text)".utf8)).sourceTime
  }
}
