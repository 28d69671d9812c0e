internal import InspectionModel
internal import NIOPosix

extension NodeSource {
  /// Reads files that are dropped into a folder until the folder cannot be read; always throws.
  func directory(_ path: String, _ feed: NodeFeed) async throws {
    let folder = DropFolder(path: path, maximumFrameBytes: sources.limits.maximumFrameBytes)
    var files = DroppedFiles()
    // Two polls make a file whole: polls are closer together than pictures, but never a busy loop.
    let pollSeconds = min(max(node.periodSeconds / 2, 0.1), 2)
    var isConnected = false
    while true {
      let listing = try await NIOThreadPool.singleton.runIfActive { try folder.listing() }
      if !isConnected { feed.tell(.connected) }
      isConnected = true
      let (ready, passedOver) = files.poll(listing)
      for _ in 0..<passedOver {
        feed.damaged(NodeFailure(.frameTooLong, "more files at once than are read"))
      }
      for entry in ready {
        let bytes = try? await NIOThreadPool.singleton.runIfActive { try folder.read(entry) }
        guard var bytes, PictureEnds.trim(&bytes) else {
          feed.damaged(NodeFailure(.damagedPicture, "a file that is no whole JPEG or PNG picture"))
          continue
        }
        feed.picture(bytes, sourceTime: entry.modified)
      }
      try await sources.clock.sleep(pollSeconds)
    }
  }
}
