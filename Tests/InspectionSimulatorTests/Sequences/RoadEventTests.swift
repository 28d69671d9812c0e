import FrameMemory
import InspectionSimulator
import Testing

/// Cars that drive and cars that stand.
@Suite struct RoadEventTests {
  private static func traffic(_ script: CameraScript) -> Traffic {
    Traffic(
      "traffic", EventSpan(),
      lanes: (0..<4).map {
        Traffic.Lane(
          script.street.lane($0), speedPixelsPerSecond: $0 < 2 ? -150 : 180, headwayMilliseconds: 800)
      })
  }

  @Test(arguments: [1, 2, 77] as [UInt64])
  func carsOfALaneNeverMeetAndDriveEvenly(seed: UInt64) {
    let script = CameraScript(seed: seed)
    let traffic = Self.traffic(script)
    var count = 0
    for second in 0..<60 {
      func cars(_ milliseconds: Int) -> [PictureRect] {
        traffic.places(at: SequenceMoment(frameIndex: 0, milliseconds: milliseconds, seed: seed))
      }
      let (now, later) = (cars(second * 1000), cars(second * 1000 + 500))
      count += now.count
      for (number, car) in now.enumerated() {
        for other in now[(number + 1)...] { #expect(car.clipped(to: other) == nil, "second \(second)") }
        let speed = car.top < script.street.lane(2).top ? -150 : 180
        let next = car.moved(x: speed / 2, y: 0)
        if let part = next.clipped(to: script.street.picture), part.width > 2 {
          // A pixel for the division of the way.
          #expect(later.contains { abs($0.left - next.left) <= 1 && $0.top == next.top }, "second \(second)")
        }
      }
    }
    #expect(count > 60 * 4, "\(count) cars in 60 moments")
  }

  @Test func onlyCarsChangeThePicture() {
    let quiet = SequenceSamples { $0.noiseSigmaHundredths = 0 }
    let busy = SequenceSamples { script in
      script.noiseSigmaHundredths = 0
      script.events = [Self.traffic(script)]
    }
    let still = quiet.coarse(0)
    for index in [0, 33, 150, 999] {
      let changed = SequenceSamples.changes(still, busy.coarse(index), threshold: 0)
      let places = busy.blocks(index, "traffic")
      #expect(!places.isEmpty && changed.allSatisfy { places.contain($0) }, "frame \(index)")
      // Hardly a block of a car has the road's grey.
      #expect(changed.count * 4 > places.reduce(0) { $0 + $1.width * $1.height } * 3, "frame \(index)")
    }
  }

  @Test func aQueueGrowsStandsAndDrivesOn() {
    let samples = SequenceSamples { script in
      (script.noiseSigmaHundredths, script.frameIntervalMilliseconds) = (0, 200)
      script.events = [
        StandingQueue(
          "queue", EventSpan(from: 1000), lane: script.street.lane(2), stopX: 600, carCount: 8,
          releaseMilliseconds: 60_000)
      ]
    }
    let lengths = (0..<600).map { samples.blocks($0, "queue").first?.width ?? 0 }
    #expect(lengths[20] == 0, "the first car still drives")
    #expect(lengths[40] > 0 && lengths[60] > lengths[40])
    #expect(zip(lengths[0..<300], lengths[1..<301]).allSatisfy { $0 <= $1 }, "it grows")
    #expect(lengths[150] == lengths[300] && lengths[300] > 40, "all stand")
    #expect(SequenceSamples.content(samples.coarse(150)) == SequenceSamples.content(samples.coarse(300)))
    #expect(zip(lengths[300..<599], lengths[301..<600]).allSatisfy { $0 >= $1 }, "it shrinks")
    #expect(lengths[599] == 0)
    let road = PictureRect(left: 0, top: 26, right: 80, bottom: 38)
    let (empty, full, after) = (samples.coarse(0), samples.coarse(200), samples.coarse(599))
    #expect(SequenceSamples.content(empty) == SequenceSamples.content(after))
    #expect(
      SequenceSamples.meanTexture(full, blocks: road) > SequenceSamples.meanTexture(empty, blocks: road) + 5)
  }
}
