internal import InspectionModel
internal import NIOCore
internal import Synchronization

/// Takes the bytes of one endless multipart stream in, wherever they come from, and watches their pace.
///
/// Bytes are fed by one task or event loop; another one asks for the verdict.
final class StreamIntake: Sendable {
  private struct State {
    var reader: MultipartReader?
    var watch: ConnectionWatch
  }

  let feed: NodeFeed
  private let limits: SourceLimits
  private let clock: LiveClock
  private let state: Mutex<State>

  init(feed: NodeFeed, limits: SourceLimits, clock: LiveClock) {
    self.feed = feed
    self.limits = limits
    self.clock = clock
    state = Mutex(
      State(
        reader: nil,
        watch: ConnectionWatch(
          limits: limits, periodSeconds: feed.node.periodSeconds, start: clock.steady())))
  }

  /// The stream's kind is known: pictures may come.
  func begin(boundary: String) throws(NodeFailure) {
    guard let reader = MultipartReader(boundary: boundary, limits: limits) else {
      throw NodeFailure(.wrongContentType, "a boundary that is none")
    }
    let now = clock.steady()
    state.withLock { state in
      state.reader = reader
      state.watch.noteBytes(at: now, isInsidePicture: false)
    }
    feed.tell(.connected)
  }

  /// Takes a piece in and offers what became whole by it.
  func take(_ bytes: ByteBuffer) throws(NodeFailure) {
    var piece = bytes
    let now = clock.steady()
    try state.withLock { state throws(NodeFailure) in
      var wholePictures = 0
      try state.reader?.read(&piece) { output in
        switch output {
        case .picture(let bytes, let sourceTime):
          wholePictures += 1
          feed.picture(bytes, sourceTime: sourceTime)
        case .damaged(let failure): feed.damaged(failure)
        }
      }
      if wholePictures > 0 { state.watch.notePicture(at: now) }
      state.watch.noteBytes(at: now, isInsidePicture: state.reader?.isInsidePicture ?? false)
    }
  }

  /// Why the stream is to be given up now.
  func verdict() -> NodeFailure? {
    let now = clock.steady()
    return state.withLock { $0.watch.verdict(at: now) }
  }

  /// The stream is over: a picture that its end cut off is counted.
  func end() {
    let hasPart = state.withLock { state in
      let hasPart = state.reader?.hasPartOfPicture ?? false
      state.reader = nil
      return hasPart
    }
    if hasPart { feed.damaged(NodeFailure(.damagedPicture, "the stream ended inside a picture")) }
  }

  /// Throws once the stream is to be given up; asks twice a second until then.
  func watchOver() async throws {
    while true {
      try await clock.sleep(0.5)
      if let failure = verdict() { throw failure }
    }
  }
}
