import FrameMemory
import HazardAnalysis
import InspectionModel
import InspectionSimulator
import PixelKernels

/// A simulated camera before a `CoarseSource`, and what the source found in each of its frames.
struct WatchedSequence {
  let script: CameraScript
  let sequence: SimulatedSequence
  let pool = FramePool(slabCount: 4, slabBytes: 4 << 20)
  var source: CoarseSource
  private(set) var findings: [CoarseFindings] = []

  /// By how much time is shifted against the script, so that no test lives at the epoch.
  static let start = Timestamp(milliseconds: 1_780_000_000_000)

  init(
    seed: UInt64 = 3, tier: KernelTier = .best, settings: CoarseSettings = CoarseSettings(),
    _ change: (inout CameraScript) -> Void = { _ in }
  ) {
    var script = CameraScript(seed: seed)
    script.frameIntervalMilliseconds = 100
    change(&script)
    self.script = script
    sequence = SimulatedSequence(script: script)
    source = CoarseSource(tier: tier, settings: settings)
  }

  static func time(milliseconds: Int) -> Timestamp {
    start.advanced(byNanoseconds: Int64(milliseconds) * 1_000_000)
  }

  func frame(_ index: Int) -> CoarseFrame { sequence.coarseFrame(index, into: pool)! }

  func time(ofFrame index: Int) -> Timestamp {
    Self.time(milliseconds: index * script.frameIntervalMilliseconds)
  }

  /// Watches the next frames.
  mutating func watch(frames count: Int) {
    for index in findings.count..<findings.count + count {
      findings.append(source.append(frame(index), timestamp: time(ofFrame: index)))
    }
  }

  /// Watches until so many milliseconds of the script have passed.
  mutating func watch(untilMilliseconds end: Int) {
    watch(frames: max(0, script.firstFrame(from: end) - findings.count))
  }

  /// All events, in order.
  var events: [CoarseEvent] { findings.flatMap(\.events) }

  /// Milliseconds of the script at which events of a kind came in a phase.
  func moments(_ kind: CoarseEvent.Kind, _ phase: CoarseEvent.Phase) -> [Int] {
    events.filter { $0.kind == kind && $0.phase == phase }.map { Self.milliseconds($0.time) }
  }

  static func milliseconds(_ time: Timestamp) -> Int {
    Int((time.nanoseconds - start.nanoseconds) / 1_000_000)
  }
}

extension NormalizedBox {
  /// Whether two boxes share an area.
  func overlaps(_ other: NormalizedBox) -> Bool {
    x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height
  }

  /// Whether a point lies inside.
  func contains(_ point: (u: Double, v: Double)) -> Bool {
    point.u >= x && point.u < x + width && point.v >= y && point.v < y + height
  }
}
