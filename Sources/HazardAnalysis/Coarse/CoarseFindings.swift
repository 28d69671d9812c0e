package import InspectionModel

/// What one coarse frame adds to what is known of its source.
package struct CoarseFindings: Sendable, Hashable {
  /// Whether flames flicker.
  package enum Flicker: String, Sendable, Hashable, Codable {
    case none
    case flames
    /// Flame colours show, but fewer than eight frames a second came.
    case cannotJudge = "cannot-judge"
  }

  /// Why everything learnt was dropped and learning began with this frame.
  package enum Restart: String, Sendable, Hashable, Codable {
    case firstFrame = "first-frame"
    /// Size or chroma layout changed.
    case otherFormat = "other-format"
    /// The frame is older than the one before.
    case backInTime = "back-in-time"
    /// No frame came for longer than `CoarseSettings.longestGapMilliseconds`.
    case gap
    /// Rows came from data that never had before: all frames so far were cut.
    case moreRows = "more-rows"
    /// The camera was moved: what was learnt of the view before is of no use.
    case moved
  }

  package var timestamp: Timestamp
  /// Share of the picture that came from data, thousandths. Nothing is said about the rest.
  package var seenThousandths = 0
  package var restart: Restart?
  /// What keeps the source from being judged, sorted.
  package var conditions: [SourceCondition] = []
  /// Share of the seen picture that moves, thousandths.
  package var motionThousandths = 0
  /// Where things move, largest first, eight at most.
  package var movingRegions: [NormalizedBox] = []
  /// Whether any sample is in flame colours: flicker is then watched for, which wants every frame.
  package var showsFlameColours = false
  package var flicker = Flicker.none
  /// Where flames flicker.
  package var flickerRegions: [NormalizedBox] = []
  /// What looks otherwise than usual and has done so for long enough, oldest first.
  package var slowChanges: [SlowChange] = []
  /// Lamps that are out, alone or with their row.
  package var lampsOut = 0
  /// Share of the traffic area that is occupied, thousandths; `nil` while it is not known where traffic moves.
  package var occupiedThousandths: Int?
  /// Where traffic stands while it is congested, largest first.
  package var congestedRegions: [NormalizedBox] = []
  /// What is covered while the lens is covered in part.
  package var coveredRegions: [NormalizedBox] = []
  /// Whether a full look at this frame is worth its time.
  package var attention = Attention(needsFullLook: false, reason: .still)
  /// What began and what ended with this frame.
  package var events: [CoarseEvent] = []

  /// Of a frame in which nothing was found.
  package init(timestamp: Timestamp) {
    self.timestamp = timestamp
  }
}

/// What may be set about the temporal analysis of a source.
package struct CoarseSettings: Sendable, Hashable {
  /// Without a frame for longer than this everything is learnt anew.
  package var longestGapMilliseconds = 600_000
  /// For how long something must stay to be a slow change; three times as long where traffic moves.
  package var stableMilliseconds = 60_000
  /// For how long traffic must stand to be congested.
  package var congestedMilliseconds = 60_000
  /// For how long a spot must shine at night to be a lamp.
  package var lampLearningMilliseconds = 3_600_000
  /// A full look is due when the last one is so old.
  package var fullLookMilliseconds = 60_000

  package init() {}
}
