import HazardAnalysis
import InspectionModel
import InspectionSimulator
import Testing

@Suite struct CongestionTests {
  /// Traffic on four lanes, then a queue on all of them.
  static func events(
    _ street: StreetLayout, queueMilliseconds: Int?, releaseMilliseconds: Int?
  ) -> [any SequenceEvent] {
    let traffic = Traffic(
      "traffic", EventSpan(from: 0, until: queueMilliseconds.map { $0 - 5000 }),
      lanes: (0..<4).map {
        Traffic.Lane(
          street.lane($0), speedPixelsPerSecond: $0 < 2 ? 130 : -150, headwayMilliseconds: 5000 + 300 * $0)
      })
    guard let queueMilliseconds else { return [traffic] }
    return [traffic]
      + (0..<4).map {
        StandingQueue(
          "queue \($0)", EventSpan(from: queueMilliseconds), lane: street.lane($0), stopX: 620, carCount: 9,
          releaseMilliseconds: releaseMilliseconds)
      }
  }

  static func watch(
    untilMilliseconds end: Int, queueMilliseconds: Int?, releaseMilliseconds: Int?
  ) -> WatchedSequence {
    var watched = WatchedSequence(seed: 31) { script in
      script.frameIntervalMilliseconds = 200
      script.events = events(
        script.street, queueMilliseconds: queueMilliseconds, releaseMilliseconds: releaseMilliseconds)
    }
    watched.watch(untilMilliseconds: end)
    return watched
  }

  @Test func aStandingQueueIsCongestedUntilItMoves() {
    let watched = Self.watch(
      untilMilliseconds: 480_000, queueMilliseconds: 205_000, releaseMilliseconds: 400_000)
    #expect(watched.events.map(\.kind) == [.congestion, .congestion])
    #expect(watched.events.map(\.phase) == [.began, .ended])
    #expect((265_000...300_000).contains(watched.moments(.congestion, .began).first ?? 0))
    #expect((420_000...450_000).contains(watched.moments(.congestion, .ended).first ?? 0))
    let road = watched.script.street.road.normalized(widthPixels: 640, heightPixels: 360)
    #expect(watched.findings[1600].congestedRegions.contains { $0.overlaps(road) })
    #expect((watched.findings[1600].occupiedThousandths ?? 0) > 400)
    #expect(watched.findings[2380].congestedRegions.isEmpty)
  }

  @Test func aRedLightOfFortySecondsIsNone() {
    let watched = Self.watch(
      untilMilliseconds: 300_000, queueMilliseconds: 205_000, releaseMilliseconds: 245_000)
    #expect(watched.events.isEmpty)
  }

  @Test func flowingTrafficIsNone() {
    let watched = Self.watch(untilMilliseconds: 400_000, queueMilliseconds: nil, releaseMilliseconds: nil)
    #expect(watched.events.isEmpty)
    #expect(watched.findings[..<50].allSatisfy { $0.occupiedThousandths == nil })
    let known = watched.findings[1000...].compactMap(\.occupiedThousandths)
    #expect(known.count > 900 && known.contains { $0 > 50 } && known.allSatisfy { $0 < 700 })
    // Where traffic always moves, motion deserves no full look.
    let late = watched.findings[1500...].filter { $0.motionThousandths > 0 }.map(\.attention.reason)
    #expect(late.count { $0 == .usualMotion } * 2 > late.count, "\(Set(late))")
  }

  @Test func withoutTrafficThereIsNoArea() {
    var watched = WatchedSequence { script in
      script.frameIntervalMilliseconds = 200
      script.events = [WavingTrees("trees", EventSpan(from: 0), rects: script.street.trees)]
    }
    watched.watch(untilMilliseconds: 200_000)
    #expect(watched.findings.allSatisfy { $0.occupiedThousandths == nil && $0.events.isEmpty })
  }
}
