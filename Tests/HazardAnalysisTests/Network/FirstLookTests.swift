import FrameMemory
import HazardAnalysis
import InspectionModel
import PixelKernels
import TestSupport
import Testing

@Suite struct FirstLookTests {
  /// Frames of several sizes and layouts, also odd ones and larger ones than the network sees.
  static let frames: [CoarseFrame] = [
    (1920, 1080, ChromaLayout.ycbcr420), (640, 360, .ycbcr422), (2560, 1440, .ycbcr444), (330, 250, .grey),
    (16, 8, .ycbcr420),
  ].map { width, height, chroma in
    let format = CoarseFormat(widthPixels: width, heightPixels: height, chroma: chroma)
    var generator = SeededGenerator(seed: UInt64(width))
    guard var writer = FramePool(slabCount: 1, slabBytes: 8 << 20).makeWriter(format) else {
      preconditionFailure("a new pool has a slab")
    }
    for index in PlaneIndex.allCases where format.plane(index) != nil {
      writer.fill(index, quantizer: 8) { x, y in
        (Int16.random(in: -60...60, using: &generator) + Int16((x / 9 + y / 7) % 3 * 30), 0)
      }
    }
    return writer.seal(
      quantizers: DCQuantizers(luma: 8, chromaBlue: 8, chromaRed: 8), encodedBytes: 1000)
  }

  @Test func scoresComeSortedAndDependOnTheFrameAlone() {
    var used = FirstLook()
    for frame in Self.frames + Self.frames.reversed() {
      var fresh = FirstLook()
      let (one, other) = (used.look(frame), fresh.look(frame))
      #expect(one.map(\.hazard) == other.map(\.hazard) && one.map(\.score) == other.map(\.score))
      #expect(one.map(\.hazard) == one.map(\.hazard).sorted() && one.map(\.hazard).contains(.fireSmoke))
      #expect(one.allSatisfy { (0...1_000_000).contains($0.score.millionths) })
    }
  }

  @Test(arguments: KernelTier.allCases.filter { $0.isSupported && $0 != .portable })
  func everyTierLooksTheSame(tier: KernelTier) {
    var reference = FirstLook(tier: .portable), subject = FirstLook(tier: tier)
    // Small ones, for the reference takes its time.
    for frame in Self.frames.suffix(2) {
      #expect(reference.look(frame).map(\.score) == subject.look(frame).map(\.score))
    }
  }
}

@Suite struct FirstLookScheduleTests {
  private static func findings(
    _ milliseconds: Int64, _ attention: Attention = Attention(needsFullLook: false, reason: .still)
  ) -> CoarseFindings {
    var findings = CoarseFindings(timestamp: Timestamp(milliseconds: milliseconds))
    findings.attention = attention
    return findings
  }

  @Test func everySourceIsLookedAtOnceASecond() {
    var schedule = FirstLookSchedule()
    let due = (0..<100).filter { schedule.isDue(Self.findings(Int64(40 * $0))) }
    #expect(due == [0, 25, 50, 75])
    var early = FirstLookSchedule(phaseMilliseconds: 400)
    let sooner = (0..<100).filter { early.isDue(Self.findings(Int64(40 * $0))) }
    #expect(sooner == [0, 15, 40, 65, 90])
    let asking = Attention(needsFullLook: true, reason: .event)
    let blind = Attention(needsFullLook: false, reason: .blind)
    let later = [
      schedule.isDue(Self.findings(3040, asking)), schedule.isDue(Self.findings(4000)),
      schedule.isDue(Self.findings(9000, blind)),
    ]
    #expect(later == [true, false, false])
  }

  @Test func aCandidateIsLookedAtInFullNowAndThen() {
    var schedule = FirstLookSchedule()
    func asks(_ milliseconds: Int64, _ millionths: Int) -> Bool {
      let attention = schedule.attention(
        Self.findings(milliseconds), scores: [(.fireSmoke, HazardScore(millionths: millionths))])
      #expect(attention.reason == (attention.needsFullLook ? .candidate : .still))
      return attention.needsFullLook
    }
    let answers = [asks(0, 10_000), asks(1000, 900_000), asks(2000, 900_000), asks(6000, 900_000)]
    #expect(answers == [false, true, false, true])
  }
}
