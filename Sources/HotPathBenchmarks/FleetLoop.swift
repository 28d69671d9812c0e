internal import Foundation
internal import FrameMemory
internal import HazardAnalysis
internal import ImageCodecs
internal import InspectionModel

/// One thread's part of `FleetBenchmark`: its nodes, in turn.
struct FleetLoop {
  /// What a thread did.
  struct Count: Sendable {
    var late = 0
    var bytes = 0
    var fullLooks = 0
    /// Seconds from due to done, one a frame.
    var latencies: [Double] = []
  }

  /// Longest that a due frame waits for others to fill the scanner's lanes, as a part of the frame period.
  private static let fillingPart = 0.25

  private let fleet: FleetBenchmark
  private let thread: Int
  private let ownNodes: Int
  private let pool = FramePool(slabCount: CoarseScanner.laneCount + 1, slabBytes: 16 << 20)
  private let scanner: CoarseScanner
  private var sources: [CoarseSource]
  private let decoder = ImageDecoder(limits: .live)
  private let analyzer: TileAnalyzer
  private var workspace = AnalysisWorkspace()
  /// Frames whose coarse findings ask for a full look, oldest first; a node's newer frame takes the place of its
  /// older one.
  private var wanted: [(node: Int, picture: [UInt8])] = []
  private var fullLookSeconds = 0.0
  private var count = Count()

  init(_ fleet: FleetBenchmark, thread: Int) {
    self.fleet = fleet
    self.thread = thread
    ownNodes = (fleet.nodes - thread + fleet.threads - 1) / fleet.threads
    scanner = CoarseScanner(tier: fleet.tier)
    analyzer = TileAnalyzer(tier: fleet.tier)
    sources = (0..<ownNodes).map { _ in CoarseSource(tier: fleet.tier) }
    count.latencies.reserveCapacity(Int(Double(ownNodes) * fleet.fps * fleet.seconds) + 1)
  }

  /// Looks at frames until the time comes, so that memory and tables are there; then forgets them.
  mutating func warmUp(until begin: Double) throws(BenchmarkError) {
    var first = 0
    repeat {
      try look(at: first..<first + CoarseScanner.laneCount)
      first += CoarseScanner.laneCount
    } while Stopwatch.now < begin - 0.2
    if let (_, picture) = wanted.first { try lookInFull(picture) }
    sources = (0..<ownNodes).map { _ in CoarseSource(tier: fleet.tier) }
    (count.bytes, count.fullLooks, fullLookSeconds) = (0, 0, 0)
    wanted = []
    Thread.sleep(forTimeInterval: max(0, begin - Stopwatch.now))
  }

  mutating func run(from begin: Double) throws(BenchmarkError) -> Count {
    let total = Int(Double(ownNodes) * fleet.fps * fleet.seconds)
    let period = 1 / fleet.fps, spacing = period / Double(ownNodes)
    let due = { (number: Int) in begin + Double(number) * spacing }
    var next = 0
    while next < total {
      let batchEnd = min(next + CoarseScanner.laneCount, total)
      let start = min(due(batchEnd - 1), due(next) + Self.fillingPart * period)
      let wait = start - Stopwatch.now
      if wait > 0 { Thread.sleep(forTimeInterval: wait) }
      let now = Stopwatch.now
      var last = next
      while last < batchEnd, due(last) <= now { last += 1 }
      guard last > next else { continue }
      try look(at: next..<last)
      let done = Stopwatch.now
      for number in next..<last {
        count.latencies.append(done - due(number))
        if done - due(number) > period { count.late += 1 }
      }
      next = last
      // Looking in full waits while the thread is behind.
      if !wanted.isEmpty, next < total, done < due(next) + period / 2,
        fullLookSeconds < fleet.fullLookShare * (done - begin)
      {
        try lookInFull(wanted.removeFirst().picture)
      }
    }
    return count
  }

  private mutating func lookInFull(_ picture: [UInt8]) throws(BenchmarkError) {
    let begun = Stopwatch.now
    do throws(ImageError) {
      let image = try decoder.decodeForAnalysis(picture, into: pool)
      _ = analyzer.measure(image.frame, wantsHeatMaps: false, workspace: &workspace)
    } catch {
      throw BenchmarkError("\(error)")
    }
    fullLookSeconds += Stopwatch.now - begun
    count.fullLooks += 1
  }

  /// Scans and analyses the frames with these numbers: frame `n` is of node `n` modulo their number.
  private mutating func look(at numbers: Range<Int>) throws(BenchmarkError) {
    let pictures = numbers.map { number in
      let node = number % ownNodes, global = thread + node * fleet.threads
      let frames = fleet.cameras[global % fleet.cameras.count].frames
      // Nodes of one sequence are at different places of it.
      return frames[(number / ownNodes + global / fleet.cameras.count * 7) % frames.count]
    }
    for ((number, picture), result) in zip(zip(numbers, pictures), scanner.scan(pictures, into: pool)) {
      let node = number % ownNodes
      switch result {
      case .success(let image):
        let time = Timestamp(nanoseconds: Int64(Double(number / ownNodes) * 1e9 / fleet.fps))
        if sources[node].append(image.frame, timestamp: time).attention.needsFullLook {
          wanted.removeAll { $0.node == node }
          wanted.append((node, picture))
        }
        count.bytes += image.frame.encodedBytes
      case .failure(let error): throw BenchmarkError("frame \(number): \(error)")
      }
    }
  }
}
