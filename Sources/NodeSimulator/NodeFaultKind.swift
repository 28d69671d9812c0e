/// What a simulated node does wrong for a while.
package enum NodeFaultKind: String, Sendable, Hashable, CaseIterable {
  /// The connection stays open and nothing comes.
  case stall
  /// Half a picture, then the connection ends.
  case cut
  /// Random bytes instead of pictures.
  case garbage
  /// A picture that comes a few bytes at a time.
  case drip
  /// A stated length that is not the picture's.
  case wrongLength = "wrong-length"
  case unauthorized = "status-401"
  case notFound = "status-404"
  case serverError = "status-500"
  /// Sends the reader to another host.
  case redirect
  /// The same picture again and again, encoded anew each time.
  case frozen
  case dark
  /// Pictures are fine; the node's clock is an hour ahead.
  case clockJump = "clock-jump"
  /// The connection ends after every picture.
  case reconnectStorm = "reconnect-storm"

  /// The faults that a way of transport can have.
  static func kinds(of transport: NodeTransport) -> [NodeFaultKind] {
    switch transport {
    case .mjpeg, .snapshot: allCases
    case .push: [.stall, .cut, .garbage, .drip, .frozen, .dark, .clockJump, .reconnectStorm]
    case .directory: [.stall, .cut, .garbage, .frozen, .dark, .clockJump]
    }
  }
}
