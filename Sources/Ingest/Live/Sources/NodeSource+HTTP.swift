internal import AsyncHTTPClient
internal import InspectionModel
internal import NIOCore
internal import NIOHTTP1

extension NodeSource {
  /// Reads a multipart stream until it ends, fails or is given up; always throws.
  func stream(_ endpoint: NodeAddress, _ feed: NodeFeed) async throws {
    try await HTTPConnection.with(endpoint, of: node, sources: sources, loop: loop) { connection in
      let intake = StreamIntake(feed: feed, limits: sources.limits, clock: sources.clock)
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await connection.execute(connection.request, StreamReply(intake)) }
        group.addTask { try await intake.watchOver() }
        defer { group.cancelAll() }
        _ = try await group.next()
      }
    }
  }

  /// Asks for one picture a period, with the validators of the last one, until an answer is of no use; always throws.
  ///
  /// Every answer has to be whole within the limits of a reply and a picture together.
  func snapshots(_ endpoint: NodeAddress, _ feed: NodeFeed) async throws {
    let clock = sources.clock
    let limits = sources.limits
    try await HTTPConnection.with(endpoint, of: node, sources: sources, loop: loop) { connection in
      var (entityTag, lastModified): (String?, String?) = (nil, nil)
      var due = clock.steady()
      var isConnected = false
      while true {
        var request = connection.request
        if let entityTag { request.headers.add(name: "If-None-Match", value: entityTag) }
        if let lastModified { request.headers.add(name: "If-Modified-Since", value: lastModified) }
        let reply = SnapshotReply(limits: limits)
        let answer = try await connection.execute(
          request, reply, deadlineSeconds: limits.replySeconds + limits.frameSeconds)
        if !isConnected { feed.tell(.connected) }
        isConnected = true
        take(answer, feed)
        if answer.picture != nil || answer.entityTag != nil { entityTag = answer.entityTag }
        if answer.picture != nil || answer.lastModified != nil { lastModified = answer.lastModified }
        // A late answer does not make the next ones early.
        due = max(due.advanced(bySeconds: node.periodSeconds), clock.steady())
        try await clock.sleep(due.seconds(since: clock.steady()))
      }
    }
  }

  private func take(_ answer: SnapshotReply.Answer, _ feed: NodeFeed) {
    guard var picture = answer.picture else { return feed.tell(.unchanged) }
    guard PictureEnds.trim(&picture) else {
      return feed.damaged(
        NodeFailure(.damagedPicture, "\(picture.count) bytes that are no whole JPEG or PNG picture"))
    }
    feed.picture(picture, sourceTime: nil)
  }
}
