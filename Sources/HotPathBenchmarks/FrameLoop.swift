internal import FrameMemory
internal import HazardAnalysis
internal import ImageCodecs
internal import InspectionModel
internal import PixelKernels

/// One thread's part of `FrameBenchmark`: its cameras, looped.
struct FrameLoop {
  /// What a thread did.
  struct Count: Sendable {
    var frames = 0
    var bytes = 0
    var decodeSeconds = 0.0
    var analysisSeconds = 0.0
  }

  /// Between frames of a camera, as the analysis is told.
  private static let frameMilliseconds: Int64 = 40

  private let cameras: [CameraSequence]
  private let level: FrameBenchmark.Level
  private let pool = FramePool(slabCount: CoarseScanner.laneCount, slabBytes: 16 << 20)
  private let scanner: CoarseScanner
  private let decoder = ImageDecoder(limits: .live)
  private let analyzer: NetworkAnalyzer
  private var workspace = AnalysisWorkspace()
  private var sources: [CoarseSource]
  private var histories: [SourceHistory]
  private var positions: [Int]
  private var nextCamera = 0
  private var count = Count()

  init(_ cameras: [CameraSequence], _ level: FrameBenchmark.Level, _ tier: KernelTier) {
    self.cameras = cameras
    self.level = level
    scanner = CoarseScanner(tier: tier)
    analyzer = NetworkAnalyzer(tier: tier)
    sources = cameras.map { _ in CoarseSource(tier: tier) }
    histories = cameras.map { _ in SourceHistory(confirmation: .threeOfFive) }
    positions = cameras.map { _ in 0 }
  }

  /// Looks at every frame of every camera once.
  mutating func warmUp() throws(BenchmarkError) {
    let longest = cameras.reduce(0) { max($0, $1.frames.count) }
    for _ in 0..<(longest * cameras.count + CoarseScanner.laneCount - 1) / CoarseScanner.laneCount {
      try step()
    }
    count = Count()
  }

  mutating func run(until end: Double) throws(BenchmarkError) -> Count {
    repeat { try step() } while Stopwatch.now < end
    return count
  }

  /// The next six frames, of different cameras as far as there are six.
  private mutating func step() throws(BenchmarkError) {
    let batch = (0..<CoarseScanner.laneCount).map { _ in takeNext() }
    let pictures = batch.map { cameras[$0.camera].frames[$0.position % cameras[$0.camera].frames.count] }
    switch level {
    case .dc: try lookCoarsely(pictures, batch)
    case .full:
      for (picture, place) in zip(pictures, batch) { try lookClosely(picture, place) }
    }
    count.frames += batch.count
    for picture in pictures { count.bytes += picture.count }
  }

  private mutating func takeNext() -> (camera: Int, position: Int) {
    let camera = nextCamera
    nextCamera = (nextCamera + 1) % cameras.count
    defer { positions[camera] += 1 }
    return (camera, positions[camera])
  }

  private static func time(_ position: Int) -> Timestamp {
    Timestamp(milliseconds: Int64(position) * frameMilliseconds)
  }

  private mutating func lookCoarsely(
    _ pictures: [[UInt8]], _ batch: [(camera: Int, position: Int)]
  ) throws(BenchmarkError) {
    let begun = Stopwatch.now
    let results = scanner.scan(pictures, into: pool)
    let scanned = Stopwatch.now
    for (result, place) in zip(results, batch) {
      switch result {
      case .success(let image):
        _ = sources[place.camera].append(image.frame, timestamp: Self.time(place.position))
      case .failure(let error): throw BenchmarkError("\(cameras[place.camera].name): \(error)")
      }
    }
    count.decodeSeconds += scanned - begun
    count.analysisSeconds += Stopwatch.now - scanned
  }

  private mutating func lookClosely(
    _ picture: [UInt8], _ place: (camera: Int, position: Int)
  ) throws(BenchmarkError) {
    let begun = Stopwatch.now
    let image: DecodedImage
    do throws(ImageError) {
      image = try decoder.decodeForAnalysis(picture, into: pool)
    } catch {
      throw BenchmarkError("\(cameras[place.camera].name): \(error)")
    }
    let decoded = Stopwatch.now
    let measurement = analyzer.measure(image.frame, wantsHeatMaps: false, workspace: &workspace)
    _ = histories[place.camera].append(measurement, timestamp: Self.time(place.position))
    count.decodeSeconds += decoded - begun
    count.analysisSeconds += Stopwatch.now - decoded
  }
}
