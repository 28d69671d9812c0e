internal import Subprocess

/// How `ffmpeg` is called for one node. The address, with its password if it has one, is in a file that only this user
/// can read: arguments of processes can be read by everyone on the machine.
struct DecoderCommand {
  static let program = "ffmpeg"
  /// The delimiter that ffmpeg writes between pictures.
  static let boundary = "ffmpeg"

  let environment: [Subprocess.Environment.Key: String]
  /// A list of one stream, for ffmpeg's `concat` reader.
  let list: String
  private let framesPerSecond: Double

  /// - Parameter address: what was judged; the child connects to it and looks no name up.
  init(
    _ endpoint: NodeAddress, address: IPAddress, node: LiveNode, sources: LiveSources
  ) throws(NodeFailure) {
    var user = ""
    if let credentials = node.credentials {
      do throws(SecretName.Unavailable) {
        user = try Self.escaped(credentials.read(environment: sources.environment)) + "@"
      } catch {
        throw NodeFailure(.secretUnavailable, error.description)
      }
    }
    let host = address.isIPv4 ? "\(address)" : "[\(address)]"
    let url = "\(endpoint.scheme)://\(user)\(host):\(endpoint.port)\(endpoint.target)"
    // NodeAddress admits no quotes, and escaping leaves none: nothing can leave the quoted text.
    list = "ffconcat version 1.0\nfile '\(url)'\noption rtsp_transport tcp\n"
    environment = ["PATH": sources.environment["PATH"] ?? "/usr/bin:/bin"]
    framesPerSecond = 1 / node.periodSeconds
  }

  /// - Parameter list: path of the file with `list`.
  func arguments(list: String) -> [String] {
    [
      "-nostdin", "-hide_banner", "-loglevel", "error", "-protocol_whitelist",
      "file,rtsp,rtsps,rtp,udp,tcp,tls", "-f", "concat", "-safe", "0", "-i", list, "-an", "-vf",
      "fps=\(framesPerSecond)", "-q:v", "3", "-f", "mpjpeg", "pipe:1",
    ]
  }

  /// `user:password` for an address: everything but letters, digits and the first colon is written as `%XX`.
  private static func escaped(_ text: String) -> String {
    var result = ""
    var hasColon = false
    for byte in text.utf8 {
      let isPlain =
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
      if isPlain || byte == 58 && !hasColon {
        hasColon = hasColon || byte == 58
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let hex = String(byte, radix: 16, uppercase: true)
        result += "%" + (hex.count == 1 ? "0" : "") + hex
      }
    }
    return result
  }
}
