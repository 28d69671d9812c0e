import FrameMemory
import HazardAnalysis
import InspectionModel
import InspectionSimulator
import Testing

@Suite struct ChangeGateTests {
  /// What the gate decided for each frame of a camera, and what became of the frames that were scanned.
  struct Run {
    var decisions: [ChangeGate.Decision] = []
    var looks: [ChangeGate.Decision] = []
    /// Milliseconds between scans, at most.
    var longestGap = 0

    func skipped(_ range: Range<Int>) -> Int { decisions[range].count(where: \.mayBeSkipped) }
  }

  /// Sizes of the rows of minimum coded units, as a camera that writes a restart marker after each would have them.
  static func rowBytes(_ frame: CoarseFrame) -> [Int] {
    let texture = frame.texture(.luma)!
    return stride(from: 0, to: texture.heightBlocks, by: 2).map { row in
      var bits = 0
      for y in row..<min(row + 2, texture.heightBlocks) {
        for x in 0..<texture.widthBlocks { bits += Int(texture[x, y]) + 4 }
      }
      return bits / 8
    }
  }

  static func run(
    frames: Int, usesIntervals: Bool, longestSkipMilliseconds: Int = 1000,
    variesBytes: Int = 1,
    _ change: (inout CameraScript) -> Void = { _ in }
  ) -> Run {
    let watched = WatchedSequence(seed: 17) { script in
      script.frameIntervalMilliseconds = 40
      change(&script)
    }
    var gate = ChangeGate(longestSkipMilliseconds: longestSkipMilliseconds)
    var source = watched.source, run = Run(), last = 0
    for index in 0..<frames {
      let frame = watched.frame(index), time = watched.time(ofFrame: index)
      let decision = gate.judge(
        bytes: frame.encodedBytes + index * 7919 % variesBytes,
        intervalBytes: usesIntervals ? rowBytes(frame) : [], at: time)
      run.decisions.append(decision)
      guard !decision.mayBeSkipped else { continue }
      run.longestGap = max(run.longestGap, 40 * (index - last))
      last = index
      run.looks.append(gate.judge(source.append(frame, timestamp: time)))
    }
    return run
  }

  @Test(arguments: [false, true]) func aStillSceneIsLetPass(usesIntervals: Bool) {
    let run = Self.run(frames: 400, usesIntervals: usesIntervals)
    #expect(run.skipped(0..<25) == 0, "it has to learn first")
    #expect(run.decisions[..<25].allSatisfy { $0.reason == .learning })
    #expect(run.skipped(50..<400) > 280, "\(run.skipped(50..<400)) of 350")
    // One in a second is scanned all the same.
    #expect(run.longestGap <= 1000)
    #expect(run.looks.count { !$0.mayBeSkipped } <= 3)
  }

  @Test(arguments: [200, 1000, 5000]) func noFrameStaysUnseenForLong(longestSkipMilliseconds: Int) {
    let run = Self.run(
      frames: 400, usesIntervals: false, longestSkipMilliseconds: longestSkipMilliseconds)
    #expect(run.longestGap <= longestSkipMilliseconds)
  }

  /// The car is in the picture from frame 75 to 215; by the sizes of rows it is noticed at once.
  @Test func whatMovesIsNoticed() {
    let run = Self.run(frames: 260, usesIntervals: true) { $0.events = [MotionTests.car($0)] }
    let inside = 90..<205
    #expect(run.skipped(inside) * 5 < inside.count, "\(run.skipped(inside)) of \(inside.count)")
    let first = (75..<100).first { !run.decisions[$0].mayBeSkipped && run.decisions[$0].reason != .overdue }
    #expect(first.map { $0 < 90 } == true, "\(String(describing: first))")
    #expect(run.looks.contains { $0.reason == .planes && !$0.mayBeSkipped })
  }

  @Test func withoutRestartMarkersTheFileTells() {
    let run = Self.run(frames: 300, usesIntervals: false) { script in
      script.events = [
        AppearingObject(
          "heap", EventSpan(from: 6000), rect: PictureRect(x: 200, y: 190, width: 120, height: 60))
      ]
    }
    let noticed = (150..<300).first { run.decisions[$0].reason == .size }
    #expect(noticed.map { $0 <= 156 } == true, "\(String(describing: noticed))")
  }

  @Test func sizesThatVaryTellNothing() {
    let run = Self.run(frames: 200, usesIntervals: false, variesBytes: 9000)
    #expect(run.skipped(0..<200) == 0)
    #expect(run.decisions[60...].contains { $0.reason == .unsteady })
  }

  @Test func flameColoursWantEveryFrame() {
    let run = Self.run(frames: 200, usesIntervals: true) { $0.events = [FlickerTests.fire()] }
    #expect(run.skipped(60..<200) == 0)
  }

  @Test func anotherNumberOfIntervalsIsLearntAnew() {
    let watched = WatchedSequence(seed: 17) { $0.frameIntervalMilliseconds = 40 }
    var gate = ChangeGate(), source = watched.source
    var reasons: [ChangeGate.Decision.Reason] = []
    for index in 0..<200 {
      let frame = watched.frame(index), time = watched.time(ofFrame: index)
      let rows = Self.rowBytes(frame)
      let decision = gate.judge(
        bytes: frame.encodedBytes, intervalBytes: index < 100 ? rows : Array(rows[..<10]), at: time)
      reasons.append(decision.reason)
      if !decision.mayBeSkipped { _ = gate.judge(source.append(frame, timestamp: time)) }
    }
    #expect(reasons[60..<100].contains(.sameSizes))
    #expect(reasons[100..<120].allSatisfy { $0 == .learning })
    #expect(reasons[160...].contains(.sameSizes))
  }
}
