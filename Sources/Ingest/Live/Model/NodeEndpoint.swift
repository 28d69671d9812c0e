/// How the pictures of a node reach the program.
package enum NodeEndpoint: Sendable, Hashable {
  /// A stream of JPEG pictures over HTTP (multipart/x-mixed-replace).
  case httpMJPEG(NodeAddress)
  /// One JPEG or PNG picture a request, asked for once a period.
  case httpSnapshot(NodeAddress)
  /// The node uploads its pictures (`POST /nodes/{id}/pictures`).
  case push
  /// Files that somebody drops into a folder.
  case directory(path: String)
  /// H.264 or H.265 over RTSP, through an `ffmpeg` child process.
  case rtsp(NodeAddress)

  /// The word of the node file: `http-mjpeg`, `http-snapshot`, `push`, `directory`, `rtsp`.
  package var kind: String {
    switch self {
    case .httpMJPEG: "http-mjpeg"
    case .httpSnapshot: "http-snapshot"
    case .push: "push"
    case .directory: "directory"
    case .rtsp: "rtsp"
    }
  }
}
