/// What a source waits for and takes at most; every read of a peer's bytes is bounded by these.
package struct SourceLimits: Sendable, Hashable {
  /// From the first packet to a connection, names and TLS included.
  package var connectSeconds: Double
  /// From the connection to the whole head of the reply.
  package var replySeconds: Double
  /// Without a single byte in a stream. At least five periods of the node are allowed whatever this says.
  package var stallSeconds: Double
  /// From a picture's first byte to its last.
  package var frameSeconds: Double
  /// The largest picture.
  package var maximumFrameBytes: Int
  /// Head of one part of a multipart stream.
  package var maximumPartHeadBytes: Int
  /// Bytes between two pictures before the connection is given up.
  package var maximumGarbageBytes: Int
  package var backoff: Backoff
  /// A connection that gave pictures for so long was a good one: back-off begins anew.
  package var provenSeconds: Double

  package init(
    connectSeconds: Double = 5, replySeconds: Double = 5, stallSeconds: Double = 8, frameSeconds: Double = 5,
    maximumFrameBytes: Int = 8 << 20, maximumPartHeadBytes: Int = 8 << 10,
    maximumGarbageBytes: Int = 1 << 20, backoff: Backoff = Backoff(), provenSeconds: Double = 10
  ) {
    self.connectSeconds = connectSeconds
    self.replySeconds = replySeconds
    self.stallSeconds = stallSeconds
    self.frameSeconds = frameSeconds
    self.maximumFrameBytes = maximumFrameBytes
    self.maximumPartHeadBytes = maximumPartHeadBytes
    self.maximumGarbageBytes = maximumGarbageBytes
    self.backoff = backoff
    self.provenSeconds = provenSeconds
  }
}
