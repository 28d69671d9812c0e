internal import Foundation
internal import FrameMemory
internal import HazardAnalysis
internal import ImageCodecs
internal import InspectionModel

/// One thread's part of `FleetBenchmark`.
struct FleetLoop {
  /// What a thread did.
  struct Count: Sendable {
    var late = 0
    var bytes = 0
    var firstLooks = 0
    /// Seconds from due to done, one a frame.
    var latencies: [Double] = []
  }

  private let fleet: FleetBenchmark
  private let schedule: FleetSchedule
  private let nodes: [FleetNode]
  /// Takes the frames whose coarse findings ask for a full look.
  private let fullLooks: FullLookThread
  private let pool = FramePool(slabCount: CoarseScanner.laneCount, slabBytes: 16 << 20)
  private let scanner: CoarseScanner
  private var firstLook: FirstLook
  private var count = Count()

  init(_ fleet: FleetBenchmark, _ schedule: FleetSchedule, nodes: [FleetNode], fullLooks: FullLookThread) {
    self.fleet = fleet
    self.schedule = schedule
    self.nodes = nodes
    self.fullLooks = fullLooks
    scanner = CoarseScanner(tier: fleet.tier)
    firstLook = FirstLook(tier: fleet.tier)
    count.latencies.reserveCapacity(schedule.total)
  }

  /// Looks at frames until the time comes, so that memory and tables are there; then forgets them.
  mutating func warmUp(until begin: Double) throws(BenchmarkError) {
    var first = 0
    let own = (0..<fleet.nodes).map { _ in FleetNode(tier: fleet.tier, phaseMilliseconds: 0) }
    repeat {
      try look(at: first..<first + CoarseScanner.laneCount, own)
      first += CoarseScanner.laneCount
    } while Stopwatch.now < begin - 0.2
    fullLooks.forget()
    (count.bytes, count.firstLooks) = (0, 0)
    Thread.sleep(forTimeInterval: max(0, begin - Stopwatch.now))
  }

  mutating func run() throws(BenchmarkError) -> Count {
    while true {
      switch schedule.take(at: Stopwatch.now) {
      case .done: return count
      case .wait(let seconds): Thread.sleep(forTimeInterval: seconds)
      case .look(let numbers):
        try look(at: numbers, nodes)
        let done = Stopwatch.now
        for number in numbers {
          count.latencies.append(done - schedule.due(number))
          if done - schedule.due(number) > schedule.period { count.late += 1 }
        }
      }
    }
  }

  /// Scans and analyses the frames with these numbers.
  private mutating func look(at numbers: Range<Int>, _ nodes: [FleetNode]) throws(BenchmarkError) {
    let pictures = numbers.map { number in
      let node = number % fleet.nodes
      let frames = fleet.cameras[node % fleet.cameras.count].frames
      // Nodes of one sequence are at different places of it.
      return frames[(number / fleet.nodes + node / fleet.cameras.count * 7) % frames.count]
    }
    var failure: BenchmarkError?
    for ((number, picture), result) in zip(zip(numbers, pictures), scanner.scan(pictures, into: pool)) {
      let (round, node) = number.quotientAndRemainder(dividingBy: fleet.nodes)
      let time = Timestamp(nanoseconds: Int64(Double(round) * 1e9 / fleet.fps))
      var frame: CoarseFrame?
      switch result {
      case .success(let image):
        frame = image.frame
        count.bytes += image.frame.encodedBytes
      case .failure(let error): failure = BenchmarkError("frame \(number): \(error)")
      }
      let looks = nodes[node].append(frame, number: round, timestamp: time, firstLook: &firstLook)
      if looks.first { count.firstLooks += 1 }
      if looks.full { fullLooks.want(picture, node: node) }
    }
    if let failure { throw failure }
  }
}
