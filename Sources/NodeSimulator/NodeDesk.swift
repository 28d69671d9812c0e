internal import NIOCore

/// One node while it runs: which fault is on, which picture is due, what was done. Lives on the event loop.
final class NodeDesk {
  let node: SimulatedNode
  let reel: PictureReel
  private let faults: [ScheduledFault]
  private let epoch: NIODeadline
  /// Wall time of the epoch, seconds since 1970.
  private let epochSeconds: Double
  private var nextFault = 0
  private var pictureNumber: Int
  /// What the node shows now, for snapshots and new readers.
  private(set) var current: ByteBuffer
  private(set) var currentNumber = 0
  var figures = NodeFigures()

  init(
    node: SimulatedNode, reel: PictureReel, faults: [ScheduledFault], epoch: NIODeadline,
    epochSeconds: Double
  ) {
    self.node = node
    self.reel = reel
    self.faults = faults
    self.epoch = epoch
    self.epochSeconds = epochSeconds
    pictureNumber = node.firstPicture
    current = reel.picture(node.firstPicture, fault: nil)
  }

  /// Seconds since the simulation began.
  var now: Double { Double((NIODeadline.now() - epoch).nanoseconds) / 1e9 }

  /// The fault that is on.
  var fault: NodeFaultKind? {
    let now = now
    while nextFault < faults.count, faults[nextFault].toSeconds <= now { nextFault += 1 }
    guard nextFault < faults.count, faults[nextFault].fromSeconds <= now else { return nil }
    return faults[nextFault].kind
  }

  /// When the n-th picture is due.
  func deadline(ofTick tick: Int) -> NIODeadline {
    epoch + .nanoseconds(Int64((node.phaseSeconds + Double(tick) * node.periodSeconds) * 1e9))
  }

  /// The tick that is due next, with those passed over that a busy machine missed.
  func nextTick(after tick: Int) -> Int {
    max(tick + 1, Int(((now - node.phaseSeconds) / node.periodSeconds).rounded(.down)))
  }

  /// Takes the next picture.
  func advance(fault: NodeFaultKind?) {
    pictureNumber += 1
    currentNumber = pictureNumber
    current = reel.picture(pictureNumber, fault: fault)
  }

  /// Seconds since 1970 by the node's own clock, three decimals.
  func clockText(fault: NodeFaultKind?) -> String {
    let milliseconds = Int(((epochSeconds + now) * 1000).rounded()) + (fault == .clockJump ? 3_600_000 : 0)
    let fraction = milliseconds % 1000
    return "\(milliseconds / 1000).\(fraction < 100 ? "0" : "")\(fraction < 10 ? "0" : "")\(fraction)"
  }

  /// A whole picture went out.
  func noteSent(_ bytes: Int, fault: NodeFaultKind?) {
    figures.sent += 1
    if fault == nil { figures.sentHealthy += 1 }
    figures.bytes += bytes
  }
}
