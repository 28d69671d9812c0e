/// Why a connection to a node, or one picture of it, came to nothing.
package struct NodeFailure: Error, Sendable, Hashable {
  /// A short constant word for counting and metrics.
  package enum Code: String, Sendable, Hashable, CaseIterable {
    /// The address policy says no: see the definition.
    case addressRefused = "address_refused"
    case nameUnknown = "name_unknown"
    case connectFailed = "connect_failed"
    case connectTimeout = "connect_timeout"
    /// The connection stands, and no reply began.
    case replyTimeout = "reply_timeout"
    /// Nothing came for too long in the middle of a reply.
    case stalled
    /// A picture that began was not whole in time: slow dripping.
    case frameTimeout = "frame_timeout"
    /// Replied with a status other than 200 (or 304).
    case status
    case redirect
    case unauthorized
    /// Not the kind of reply that the endpoint promises.
    case wrongContentType = "wrong_content_type"
    case headersTooLong = "headers_too_long"
    case frameTooLong = "frame_too_long"
    /// More bytes than allowed between two pictures.
    case garbage
    /// The boundary did not stand where the stated length ends.
    case wrongLength = "wrong_length"
    /// A picture without its beginning or end.
    case damagedPicture = "damaged_picture"
    /// The other side ended the connection.
    case ended
    /// Breaks the rules of HTTP.
    case notHTTP = "not_http"
    case secretUnavailable = "secret_unavailable"
    case folderUnreadable = "folder_unreadable"
    /// `ffmpeg` is not installed.
    case decoderMissing = "decoder_missing"
    case decoderFailed = "decoder_failed"
  }

  package var code: Code
  /// What was found, in one plain sentence without secrets.
  package var detail: String

  package init(_ code: Code, _ detail: String) {
    self.code = code
    self.detail = detail
  }
}
