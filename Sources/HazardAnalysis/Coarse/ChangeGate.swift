package import InspectionModel

/// Decides whether a frame can differ from those before, to save its scan and its full look.
///
/// Before the scan from the size of its file and, where the camera writes restart markers, from the sizes of the
/// intervals between them: noise lets the sizes of a still scene vary by a share that is learnt, and what moves
/// changes those of its rows by a multiple. After the scan from the findings of the coarse planes. Frames are let
/// pass unseen only while the last scanned one was still and showed no flame colours, which want every frame, and
/// never for longer than a set time: what is small or slow changes no size.
package struct ChangeGate: Sendable {
  /// What may be left out, and why or why not.
  package struct Decision: Sendable, Hashable {
    /// Why.
    package enum Reason: String, Sendable, Hashable, Codable, CaseIterable {
      /// Too few still frames are known.
      case learning
      /// The sizes of still frames vary so much that they tell nothing: the camera holds its bit rate.
      case unsteady
      /// The last scanned frame was not still.
      case active
      /// The last scan, or the last full look, is too long ago.
      case overdue
      /// The file is larger or smaller than still ones are.
      case size
      /// So are some of its restart intervals.
      case intervals
      /// Sizes are those of a still scene.
      case sameSizes = "same-sizes"
      /// The planes show something that a full look should judge.
      case planes
      /// The planes show nothing new.
      case samePlanes = "same-planes"
    }

    package let mayBeSkipped: Bool
    package let reason: Reason
  }

  /// Still frames before sizes are trusted.
  static let leastFrames = 25
  /// Frames over which means and variances are taken at most.
  static let mostFrames = 64
  /// Sizes that vary by more than this share, one standard deviation, tell nothing: thousandths.
  static let unsteadyThousandths = 30
  /// A share that sizes vary by at least, one standard deviation, thousandths: entropy coding rounds to bytes, and
  /// noise that was small by chance must not make the gate nervous.
  static let leastVariationThousandths = 1
  /// Standard deviations by which one size must differ, squared: 3.7. Of 68 intervals one then looks changed in one
  /// still frame of seventy, which costs a scan.
  static let singleSquare = 14
  /// And by which the mean square of all intervals must exceed that of noise.
  static let meanDeviations = 4

  private let longestSkipMilliseconds: Int
  private var file = SizeVariation()
  private var intervals: [SizeVariation] = []
  private var stillFrames = 0
  private var lastScan: Timestamp?
  private var isActive = true
  /// The sizes that wait for what their scan says.
  private var bytes = 0
  private var intervalBytes: [Int] = []

  /// - Parameter longestSkipMilliseconds: at least one frame is scanned in this time.
  package init(longestSkipMilliseconds: Int = 1000) {
    precondition(longestSkipMilliseconds > 0, "frames are scanned once in a while")
    self.longestSkipMilliseconds = longestSkipMilliseconds
  }

  /// Whether the scan of a frame may be left out.
  ///
  /// - Parameters:
  ///   - bytes: size of its file.
  ///   - intervalBytes: sizes of its restart intervals in order; empty where it has none.
  package mutating func judge(bytes: Int, intervalBytes: [Int] = [], at time: Timestamp) -> Decision {
    let decision = decide(bytes, intervalBytes, at: time)
    if decision.mayBeSkipped {
      learn(bytes, intervalBytes)
    } else {
      self.bytes = bytes
      self.intervalBytes.removeAll(keepingCapacity: true)
      self.intervalBytes.append(contentsOf: intervalBytes)
    }
    return decision
  }

  /// Takes what the scan of the frame that was judged last found; whether its full look may be left out.
  package mutating func judge(_ findings: CoarseFindings) -> Decision {
    lastScan = findings.timestamp
    let isStill =
      findings.motionThousandths == 0 && findings.events.isEmpty && !findings.showsFlameColours
      && findings.restart == nil && findings.seenThousandths == 1000
    isActive = !isStill
    if isStill { learn(bytes, intervalBytes) }
    if findings.restart != nil { stillFrames = 0 }
    guard findings.attention.needsFullLook else {
      return Decision(mayBeSkipped: true, reason: .samePlanes)
    }
    return Decision(
      mayBeSkipped: false, reason: findings.attention.reason == .overdue ? .overdue : .planes)
  }
}

extension ChangeGate {
  private mutating func decide(_ bytes: Int, _ intervalBytes: [Int], at time: Timestamp) -> Decision {
    func look(_ reason: Decision.Reason) -> Decision { Decision(mayBeSkipped: false, reason: reason) }
    guard stillFrames >= Self.leastFrames, intervalBytes.count == intervals.count, let lastScan else {
      return look(.learning)
    }
    guard time >= lastScan,
      time.nanoseconds - lastScan.nanoseconds < Int64(longestSkipMilliseconds) * 1_000_000
    else { return look(.overdue) }
    guard !isActive else { return look(.active) }
    guard 1000 * file.deviation <= Self.unsteadyThousandths * file.mean else { return look(.unsteady) }
    guard file.squares256ths(bytes) <= 256 * Self.singleSquare else { return look(.size) }
    guard !intervals.isEmpty else { return Decision(mayBeSkipped: true, reason: .sameSizes) }
    var sum = 0
    for (interval, bytes) in zip(intervals, intervalBytes) {
      let squares = interval.squares256ths(bytes)
      guard squares <= 256 * Self.singleSquare else { return look(.intervals) }
      sum += squares
    }
    // The mean of n squares of noise is 1, give or take the root of 2 / n.
    let count = intervals.count
    let spread = Int(wholeRoot(UInt64(2 * 65_536 / count)))
    guard sum <= (256 + Self.meanDeviations * spread) * count else { return look(.intervals) }
    return Decision(mayBeSkipped: true, reason: .sameSizes)
  }

  private mutating func learn(_ bytes: Int, _ sizes: [Int]) {
    if sizes.count != intervals.count {
      intervals = [SizeVariation](repeating: SizeVariation(), count: sizes.count)
      file = SizeVariation()
      stillFrames = 0
    }
    stillFrames = min(stillFrames + 1, Self.mostFrames)
    file.learn(bytes, weight: stillFrames)
    for index in sizes.indices { intervals[index].learn(sizes[index], weight: stillFrames) }
  }
}

/// Mean and variance of a size over the latest still frames.
private struct SizeVariation: Sendable {
  /// 256ths of a byte, and of a squared byte.
  private var mean256ths = 0
  private var variance256ths = 0

  var mean: Int { mean256ths / 256 }
  var deviation: Int { Int(wholeRoot(UInt64(variance256ths / 256))) }

  /// The squared distance of a size from the mean, in variances.
  func squares256ths(_ bytes: Int) -> Int {
    let distance = min(abs(256 * bytes - mean256ths), 1 << 26)
    let least = mean256ths * ChangeGate.leastVariationThousandths / 1000
    let variance = max(256 * variance256ths, least * least, 4 << 16)
    return distance * distance / (variance / 256)
  }

  mutating func learn(_ bytes: Int, weight: Int) {
    let distance = 256 * bytes - mean256ths
    if weight == 1 {
      (mean256ths, variance256ths) = (256 * bytes, 0)
      return
    }
    let square = min(distance, 1 << 26).magnitude
    variance256ths += (Int(min(square * square / 256, 1 << 50)) - variance256ths) / weight
    mean256ths += distance / weight
  }
}
