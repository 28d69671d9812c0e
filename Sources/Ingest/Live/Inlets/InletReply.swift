internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// What a sender is told: a status, a constant code, and a sentence in Chinese and English.
struct InletReply: Error, Sendable, Hashable {
  var status: HTTPResponse.Status
  var code: String
  var chinese: String
  var english: String
  var retryAfterSeconds: Int?

  init(
    _ status: HTTPResponse.Status, _ code: String, _ chinese: String, _ english: String,
    retryAfterSeconds: Int? = nil
  ) {
    self.status = status
    self.code = code
    self.chinese = chinese
    self.english = english
    self.retryAfterSeconds = retryAfterSeconds
  }

  /// All texts are constants of this program or numbers: nothing of a request comes back.
  var response: Response {
    var headers: HTTPFields = [.contentType: "application/json; charset=utf-8"]
    if let retryAfterSeconds { headers[.retryAfter] = "\(retryAfterSeconds)" }
    if status == .unauthorized { headers[.wwwAuthenticate] = "Bearer" }
    let body = #"{"code":"\#(code)","message":{"zh":"\#(chinese)","en":"\#(english)"}}"# + "\n"
    return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(string: body)))
  }

  static let unauthorized = InletReply(
    .unauthorized, "unauthorized", "需要有效的令牌", "a valid bearer token is needed")
  static let forbidden = InletReply(.forbidden, "forbidden", "该令牌无权执行此操作", "this token may not do that")
  static let notFound = InletReply(.notFound, "not_found", "没有这个地址或节点", "no such path or node")
  static let lengthRequired = InletReply(
    .lengthRequired, "length_required", "需要 Content-Length", "Content-Length is needed")
  static let tooLarge = InletReply(.contentTooLarge, "too_large", "内容过大", "the body is too large")
  static let unsupported = InletReply(
    .unsupportedMediaType, "unsupported_type", "不支持的内容类型", "this type of content is not supported")
  static let damagedPicture = InletReply(
    .unprocessableContent, "damaged_picture", "图片不完整", "no whole JPEG or PNG picture")
  /// Nobody is there to read it; it is an answer like the others so that a sender that hangs up is no error of ours.
  static let cutOff = InletReply(.badRequest, "cut_off", "内容中断", "the body ended before its length")
  static let timeout = InletReply(.requestTimeout, "timeout", "接收超时", "the body was not whole in time")

  static func busy(_ retryAfterSeconds: Int) -> InletReply {
    InletReply(
      .serviceUnavailable, "busy", "系统繁忙，请稍后重试", "busy, try again later",
      retryAfterSeconds: retryAfterSeconds)
  }

  static func badReport(_ chinese: String, _ english: String) -> InletReply {
    InletReply(.badRequest, "bad_report", chinese, english)
  }
}
