import Ingest
import InspectionModel
import Testing

@Suite struct ConnectionWatchTests {
  static let start = Timestamp(milliseconds: 1_764_150_000_000)

  static func at(_ seconds: Double) -> Timestamp { start.advanced(bySeconds: seconds) }

  static func watch(period: Double = 1) -> ConnectionWatch {
    ConnectionWatch(
      limits: SourceLimits(connectSeconds: 5, replySeconds: 5, stallSeconds: 8, frameSeconds: 5),
      periodSeconds: period, start: start)
  }

  @Test func aReplyThatDoesNotComeIsNotWaitedFor() {
    let watch = Self.watch()
    #expect(watch.verdict(at: Self.at(9.9)) == nil)
    #expect(watch.verdict(at: Self.at(10))?.code == .replyTimeout)
  }

  @Test func aStreamWithoutBytesIsStalledLaterForASlowNode() {
    for (period, limit) in [(1.0, 8.0), (10.0, 50.0)] {
      var watch = Self.watch(period: period)
      watch.noteBytes(at: Self.at(1), isInsidePicture: false)
      #expect(watch.verdict(at: Self.at(0.9 + limit)) == nil)
      #expect(watch.verdict(at: Self.at(1 + limit))?.code == .stalled)
    }
  }

  @Test func aPictureThatDripsIsCutByItsDeadline() {
    var watch = Self.watch()
    for second in 1...5 { watch.noteBytes(at: Self.at(Double(second)), isInsidePicture: true) }
    #expect(watch.verdict(at: Self.at(5.9)) == nil)
    #expect(watch.verdict(at: Self.at(6))?.code == .frameTimeout)
  }

  @Test func theTimeOfThePictureThatFollowsBeginsAnew() {
    var watch = Self.watch()
    for tenth in 0..<300 {
      let time = Self.at(Double(tenth) / 10)
      if tenth % 20 == 19 { watch.notePicture(at: time) }
      watch.noteBytes(at: time, isInsidePicture: true)
      #expect(watch.verdict(at: time) == nil)
    }
  }

  @Test func bytesWithoutAnyPictureEndToo() {
    var watch = Self.watch()
    for second in 0..<18 {
      watch.noteBytes(at: Self.at(Double(second)), isInsidePicture: false)
      #expect(watch.verdict(at: Self.at(Double(second))) == nil)
    }
    watch.noteBytes(at: Self.at(18), isInsidePicture: false)
    #expect(watch.verdict(at: Self.at(18))?.code == .stalled)
  }
}
