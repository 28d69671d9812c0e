internal import Foundation
internal import FrameMemory
internal import HazardAnalysis
internal import ImageCodecs
internal import Ingest
internal import InspectionModel
internal import InspectionStore
internal import PixelKernels
internal import Synchronization

/// Decodes and scores the pictures that deserve it, one after the other, on a thread of the lowest priority: a full
/// look takes as long as a node's frame period, and the workers that look at every frame must not wait for one.
final class FullLooks: Sendable {
  private struct State {
    var isEnding = false
    var whenEnded: [CheckedContinuation<Void, Never>] = []
    var hasEnded = false
  }

  private let state = Mutex(State())
  private let arrivals = DispatchSemaphore(value: 0)
  private let analysis: AnalysisSetup
  private let limits: DecodeLimits

  init(analysis: AnalysisSetup, limits: DecodeLimits) {
    self.analysis = analysis
    self.limits = limits
  }

  /// A look may be wanted now.
  func wake() { arrivals.signal() }

  /// Takes looks until `end` was called and none is left that the budget allows.
  func run(desk: LiveDesk) async {
    let thread = Thread { [self] in
      // Linux keeps one priority for each thread.
      setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 19)
      loop(desk)
      let waiting = state.withLock { state in
        state.hasEnded = true
        return state.whenEnded
      }
      for continuation in waiting { continuation.resume() }
    }
    thread.stackSize = 1 << 21
    thread.name = "jinxun.full-looks"
    thread.start()
    await withCheckedContinuation { continuation in
      let hasEnded = state.withLock { state in
        if !state.hasEnded { state.whenEnded.append(continuation) }
        return state.hasEnded
      }
      if hasEnded { continuation.resume() }
    }
  }

  /// Finishes the look at hand and what the budget allows at once, then ends the thread.
  func end() {
    state.withLock { $0.isEnding = true }
    arrivals.signal()
  }

  private func loop(_ desk: LiveDesk) {
    var bench = Bench(analysis: analysis, limits: limits)
    while true {
      while let (frame, wish) = desk.nextLook() { bench.look(at: frame, wish, desk) }
      if state.withLock({ $0.isEnding }) { return }
      _ = arrivals.wait(timeout: .now() + desk.secondsToNextLook)
    }
  }

  /// One thread's tools.
  private struct Bench {
    let analysis: AnalysisSetup
    let decoder: ImageDecoder
    let pool: FramePool
    var workspace = AnalysisWorkspace()

    init(analysis: AnalysisSetup, limits: DecodeLimits) {
      self.analysis = analysis
      decoder = ImageDecoder(limits: limits)
      let side = limits.maximumSidePixels
      let pixels = min(limits.maximumPixels, side * side)
      // As large as a picture may be when it is decoded at the analysis's scale or, for the smaller ones, in full.
      pool = FramePool(slabCount: 1, slabBytes: 3 * max(1 << 20, pixels))
    }

    mutating func look(at frame: LiveFrame, _ wish: FullLookQueue.Wish, _ desk: LiveDesk) {
      guard let eye = desk.eye(of: frame.nodeID) else { return }
      let began = desk.clock.steady()
      do throws(ImageError) {
        let measurement = try measure(frame)
        let verdict = eye.judge(analysis.judged(measurement), time: frame.time)
        desk.countFullLook(wish, of: eye.node, at: frame.time)
        offer(verdict, frame, eye, desk)
      } catch {
        desk.refuse(frame, error)
      }
      desk.times.note(desk.clock.steady().seconds(since: began), of: .full)
    }

    private mutating func measure(_ frame: LiveFrame) throws(ImageError) -> FrameMeasurement {
      let info = try decoder.probe(frame.bytes)
      let scale = analysis.decodeScale(widthPixels: info.widthPixels, heightPixels: info.heightPixels)
      let image = try decoder.decode(frame.bytes, into: pool, scale: scale)
      guard !image.isTruncated else {
        throw ImageError(.truncated, byteOffset: frame.bytes.count, "rows of the picture are missing")
      }
      return analysis.analyzer.measure(image.frame, wantsHeatMaps: false, workspace: &workspace)
    }

    private func offer(
      _ verdict: NodeEye.Verdict, _ frame: LiveFrame, _ eye: NodeEye, _ desk: LiveDesk
    ) {
      let looks = verdict.look.map { [$0] } ?? []
      guard !verdict.findings.isEmpty else {
        return desk.intake.offer(
          ObservationIntake.Sighting(
            observations: [], looks: looks, sha256: "", name: "", arrival: frame.arrival))
      }
      let sha256 = frame.sha256
      desk.intake.offer(
        ObservationIntake.Sighting(
          observations: NodeObservations(node: eye.node, witness: eye.witness).observations(
            of: verdict.findings, in: frame, sha256: sha256, procedure: analysis.procedure, time: frame.time,
            timeSource: .arrival, now: desk.clock.wall()),
          looks: looks, evidence: frame.bytes, sha256: sha256,
          name: "\(frame.nodeID)-\(frame.sequence).jpg", arrival: frame.arrival))
    }
  }
}

extension LiveFrame {
  /// SHA-256 of the picture.
  var sha256: String { EvidenceFolder.sha256(of: Data(bytes)) }
}
