/// A while in which a source was watched, and how well: what lies between intervals was not looked at.
package struct WatchInterval: Sendable, Hashable, Codable {
  /// The node or drone.
  package var source: String
  package var from: Timestamp
  /// When its last picture came.
  package var to: Timestamp
  /// `live`, or why less could be seen: state and reason of the node, such as `poor/dark` or `frozen/same_picture`.
  package var quality: String
  /// Pictures that came.
  package var framesReceived: Int
  /// Pictures that the coarse level looked at.
  package var framesLooked: Int
  /// Pictures that were decoded and scored.
  package var fullLooks: Int

  package init(
    source: String, from: Timestamp, to: Timestamp, quality: String, framesReceived: Int = 0,
    framesLooked: Int = 0, fullLooks: Int = 0
  ) {
    self.source = source
    self.from = from
    self.to = to
    self.quality = quality
    self.framesReceived = framesReceived
    self.framesLooked = framesLooked
    self.fullLooks = fullLooks
  }
}
