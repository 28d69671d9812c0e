import FrameMemory
import HazardAnalysis
import InspectionModel
import PixelKernels
import TestSupport
import Testing

@Suite struct NetworkReadingTests {
  @Test func poolsLieBetweenTheMeanAndTheLargest() {
    let values: [Float] = [-3, 0.5, 2, 4]
    #expect(NetworkReading.pool(values, sharpness: 0) == 0.875)
    let pools = [0.01, 1, 4, 50].map { NetworkReading.pool(values, sharpness: $0) }
    #expect(pools == pools.sorted() && pools[0] > 0.875 && pools[3] < 4 && pools[3] > 3.9)
    // By hand: log((1 + e) / 2) for 0 and 1.
    #expect(abs(NetworkReading.pool([0, 1], sharpness: 1) - 0.620_114_506_958_278) < 1e-12)
    #expect(NetworkReading.pool([2000, 2000], sharpness: 4) == 2000)
  }

  @Test func sizesKeepTheShapeAndAreNeverEnlarged() {
    let sizes = [
      (1920, 1080, 320, 180), (1080, 1920, 180, 320), (320, 240, 320, 240), (183, 120, 183, 120),
      (5000, 3, 320, 1), (321, 321, 320, 320), (576, 384, 320, 213), (1, 1, 1, 1),
    ]
    for (width, height, newWidth, newHeight) in sizes {
      let size = PlaneResampler.size(
        widthPixels: width, heightPixels: height, longestSidePixels: 320)
      #expect(size == (newWidth, newHeight))
    }
  }

  /// Two groups of places; the stronger one first, a speck left out.
  @Test func regionsAreGroupsOfPlaces() {
    var map = NetworkReading.ProbabilityMap(
      widthPixels: 10, heightPixels: 8, values: [Float](repeating: 0.1, count: 80))
    for y in 0..<4 { for x in 0..<3 { map.values[10 * y + x] = 0.6 } }
    for y in 5..<8 { for x in 6..<10 { map.values[10 * y + x] = 0.7 } }
    map.values[77] = 0.95
    map.values[29] = 0.99
    let regions = NetworkRegions.find(map, of: .water)
    #expect(regions.map(\.score.millionths) == [950_000, 600_000])
    #expect(regions[0].box == NormalizedBox(x: 0.6, y: 0.625, width: 0.4, height: 0.375))
    #expect(regions[1].box == NormalizedBox(x: 0, y: 0, width: 0.3, height: 0.5))
    let seen = NetworkRegions.heatMap(map, of: .water, isSeen: true)
    #expect(seen.samples.count { $0 >= 128 } == 25 && seen.samples[77] == 243)
    #expect(NetworkRegions.heatMap(map, of: .water, isSeen: false).samples.allSatisfy { $0 < 128 })
  }

  /// Small pictures, for the reference takes its time.
  @Test(arguments: KernelTier.allCases.filter(\.isSupported)) func everyTierMeasuresTheSame(tier: KernelTier)
  {
    let reference = NetworkAnalyzer(tier: .portable), subject = NetworkAnalyzer(tier: tier)
    #expect(reference.procedure == subject.procedure)
    for (width, height, chroma) in [
      (41, 29, ChromaLayout.ycbcr420), (17, 33, .grey),
    ] {
      let frame = DrawnFrames.patches(width, height, chroma: chroma, seed: 3)
      #expect(reference.measure(frame, wantsHeatMaps: true) == subject.measure(frame, wantsHeatMaps: true))
    }
  }

  /// The network looks at 448 pixels: a picture and its copy of twice the size score nearly alike.
  @Test func theSizeOfAPictureHardlyMatters() {
    let analyzer = NetworkAnalyzer()
    let frame = DrawnFrames.patches(448, 280, chroma: .ycbcr444, seed: 8)
    let format = FrameFormat(widthPixels: 896, heightPixels: 560, chroma: .ycbcr444)
    guard var writer = FramePool(slabCount: 1, slabBytes: format.byteCount).makeWriter(format) else {
      Issue.record("a new pool has a slab")
      return
    }
    for index in PlaneIndex.allCases {
      writer.fill(index) { x, y in frame.plane(index)?[x / 2, y / 2] ?? 0 }
    }
    let small = analyzer.measure(frame), large = analyzer.measure(writer.seal())
    for (one, other) in zip(small.hazards, large.hazards) where one.hazard != .darkness {
      #expect(abs(one.score.millionths - other.score.millionths) < 1000, "\(one.hazard)")
    }
  }
}
