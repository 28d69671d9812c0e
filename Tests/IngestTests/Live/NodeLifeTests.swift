import Ingest
import InspectionModel
import TestSupport
import Testing

@Suite struct NodeLifeTests {
  static let start = Timestamp(milliseconds: 1_764_150_000_000)

  /// Drives a life by seconds since its start.
  struct Course {
    var life: NodeLife
    var changes: [(seconds: Double, change: NodeChange)] = []

    init(period: Double = 1) {
      life = NodeLife(rules: NodeLifeRules(periodSeconds: period), start: NodeLifeTests.start)
    }

    mutating func take(_ input: NodeLife.Input, at seconds: Double) {
      for change in life.take(input, at: NodeLifeTests.start.advanced(bySeconds: seconds)) {
        changes.append((seconds, change))
      }
    }

    /// Ticks and frames side by side, every second.
    mutating func run(from: Int, to: Int, frames: Bool, verdict: ContentVerdict? = nil) {
      for second in from..<to {
        if frames { take(.frame, at: Double(second)) }
        if let verdict { take(.verdict(verdict), at: Double(second)) }
        take(.tick, at: Double(second))
      }
    }

    /// `12 live→stale no_frame`
    var texts: [String] {
      changes.map { seconds, change in
        let second = Int(seconds)
        switch change {
        case .condition(let new, let old):
          return "\(second) \(old.state)→\(new.state)" + (new.reason.isEmpty ? "" : " \(new.reason)")
        case .alarm(let condition): return "\(second) alarm \(condition.state)"
        case .alarmOver: return "\(second) over"
        }
      }
    }
  }

  @Test func aNodeThatStopsIsStaleThenOfflineThenBack() {
    var course = Course()
    course.run(from: 0, to: 10, frames: true)
    course.run(from: 10, to: 30, frames: false)
    course.run(from: 30, to: 40, frames: true)
    #expect(
      course.texts == [
        "0 connecting→live", "14 live→stale no_frame", "19 stale→offline no_frame", "32 offline→live",
      ])
    // The last frame came at 9: the limits are 14 and 19, whenever they are noticed.
    guard case .condition(let stale, _) = course.changes[1].change else { return }
    #expect(stale.since == Self.start.advanced(bySeconds: 14))
  }

  @Test func aNodeThatNeverAnswersIsOfflineWithTheLastReason() {
    var course = Course()
    course.take(.attempt, at: 0)
    course.take(.failed(.connectFailed), at: 1)
    course.take(.failed(.unauthorized), at: 4)
    course.run(from: 5, to: 50, frames: false)
    #expect(course.texts == ["10 connecting→offline unauthorized", "30 alarm offline"])
  }

  @Test func aSlowNodeHasLongerLimits() {
    var course = Course(period: 10)
    course.take(.frame, at: 0)
    course.run(from: 1, to: 60, frames: false)
    #expect(
      course.texts == [
        "0 connecting→live", "25 live→stale no_frame", "50 stale→offline no_frame", "55 alarm offline",
      ])
  }

  @Test func aBlipIsNoAlarmAndALongAbsenceIsOne() {
    var course = Course()
    course.run(from: 0, to: 10, frames: true)
    course.run(from: 10, to: 20, frames: false)
    course.run(from: 20, to: 40, frames: true)
    course.run(from: 40, to: 90, frames: false)
    course.run(from: 90, to: 100, frames: true)
    #expect(
      course.texts == [
        "0 connecting→live", "14 live→stale no_frame", "19 stale→offline no_frame", "22 offline→live",
        "44 live→stale no_frame", "49 stale→offline no_frame", "74 alarm offline", "92 offline→live",
        "92 over",
      ])
  }

  @Test func aFrozenPictureIsFrozenAfterItsVerdictStood() {
    var course = Course()
    course.run(from: 0, to: 5, frames: true)
    course.run(from: 5, to: 15, frames: true, verdict: .frozen)
    course.run(from: 15, to: 25, frames: true, verdict: .sound)
    #expect(course.texts == ["0 connecting→live", "8 live→frozen same_picture", "18 frozen→live"])
  }

  @Test func aShortVerdictIsNone() {
    var course = Course()
    for second in 0..<40 {
      course.take(.frame, at: Double(second))
      course.take(.verdict(second % 4 < 2 ? .poor(.dark) : .sound), at: Double(second))
    }
    #expect(course.texts == ["0 connecting→live"])
  }

  @Test func aPoorPictureHasItsReasonAndChangesIt() {
    var course = Course()
    course.run(from: 0, to: 2, frames: true)
    course.run(from: 2, to: 10, frames: true, verdict: .poor(.blurred))
    course.run(from: 10, to: 20, frames: true, verdict: .poor(.covered))
    course.run(from: 20, to: 30, frames: false)
    #expect(
      course.texts == [
        "0 connecting→live", "5 live→poor blurred", "13 poor→poor covered", "24 poor→stale no_frame",
        "29 stale→offline no_frame",
      ])
  }

  @Test func answersWithoutANewPictureKeepANodeFromBeingOfflineAndMakeItFrozen() {
    var course = Course()
    course.run(from: 0, to: 3, frames: true)
    for second in 3..<40 { course.take(.unchanged, at: Double(second)) }
    course.run(from: 40, to: 44, frames: true)
    #expect(
      course.texts == [
        "0 connecting→live", "7 live→frozen not_modified", "32 alarm frozen", "40 frozen→live", "40 over",
      ])
  }

  @Test func onePictureNowAndThenDoesNotMakeANodeLive() {
    var course = Course()
    course.run(from: 0, to: 2, frames: true)
    for second in stride(from: 10, to: 60, by: 6) {
      course.take(.tick, at: Double(second) - 0.5)
      course.take(.frame, at: Double(second))
    }
    #expect(course.texts.filter { $0.hasSuffix("→live") } == ["0 connecting→live"])
  }

  @Test func anEarlierTimeCountsAsTheLatest() {
    var course = Course()
    course.run(from: 0, to: 10, frames: true)
    course.take(.frame, at: -3600)
    course.take(.tick, at: -1)
    #expect(course.life.condition.state == .live)
    #expect(course.life.lastFrame == Self.start.advanced(bySeconds: 9))
  }

  /// Over random courses: a state is never at odds with the age of the newest picture, and changes follow each other.
  @Test(arguments: 0..<40)
  func everyStateAgreesWithTheAgeOfTheNewestPicture(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var course = Course(period: [0.04, 1, 4].randomElement(using: &random)!)
    let rules = course.life.rules
    var now = 0.0
    var lastFrame: Double?
    var seen = NodeState.connecting
    for _ in 0..<500 {
      now += Double.random(in: 0...3, using: &random)
      let input: NodeLife.Input = [
        .frame, .frame, .frame, .tick, .tick, .attempt, .connected, .failed(.stalled), .verdict(.sound),
        .verdict(.frozen), .verdict(.poor(.dark)),
      ].randomElement(using: &random)!
      let before = course.changes.count
      course.take(input, at: now)
      if input == .frame { lastFrame = now }
      let age = now - (lastFrame ?? 0)
      let state = course.life.condition.state
      // A nanosecond of rounding lies between this clock and the other.
      if age > rules.offlineSeconds + 1e-6 { #expect(state == .offline) }
      if age > rules.staleSeconds + 1e-6 { #expect([.stale, .offline, .connecting].contains(state)) }
      if [.live, .frozen, .poor].contains(state) { #expect(age <= rules.staleSeconds + 1e-6) }
      for (_, change) in course.changes[before...] {
        guard case .condition(let new, let old) = change else { continue }
        #expect(old.state == seen)
        #expect(new.since <= Self.start.advanced(bySeconds: now))
        seen = new.state
      }
      #expect(seen == state)
    }
  }

  @Test(arguments: 0..<20)
  func waitsGrowToTheCapAndAreNeverShorterThanHalf(_ seed: UInt64) {
    var random = SourceRandom(seed: seed)
    var backoff = Backoff(firstSeconds: 1, capSeconds: 30)
    let waits = (0..<100).map { _ in backoff.next(using: &random) }
    for (number, wait) in waits.enumerated() {
      let full = number < 5 ? Double(1 << number) : 30
      #expect((full / 2...full).contains(wait))
    }
    #expect(Set(waits.suffix(90)).count > 80)
    backoff.reset()
    #expect(backoff.next(using: &random) <= 1)
  }

  @Test func chanceFollowsFromSeedAndName() {
    var (first, again, other) = (
      SourceRandom(seed: 7, name: "a"), SourceRandom(seed: 7, name: "a"), SourceRandom(seed: 7, name: "b")
    )
    let drawn = first.next()
    #expect(drawn == again.next())
    #expect(drawn != other.next())
  }
}
