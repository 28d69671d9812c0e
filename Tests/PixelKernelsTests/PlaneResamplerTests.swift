import FrameMemory
import PixelKernels
import TestSupport
import Testing

@Suite struct PlaneResamplerTests {
  static func resample(_ plane: PixelPlane, _ width: Int, _ height: Int) -> PixelPlane {
    var resampler = PlaneResampler(), out = PixelPlane()
    resampler.resample(plane.view, widthPixels: width, heightPixels: height, into: &out)
    return out
  }

  static func samples(_ plane: PixelPlane) -> [[UInt8]] {
    (0..<plane.heightPixels).map { y in
      (0..<plane.widthPixels).map { plane.samples[y * plane.strideBytes + $0] }
    }
  }

  static let sizes = [(1, 1), (3, 5), (64, 48), (37, 91), (200, 3)]

  @Test(arguments: sizes, sizes) func aFlatPlaneStaysFlat(from: (Int, Int), to: (Int, Int)) {
    for level: UInt8 in [0, 1, 127, 255] {
      let out = Self.resample(
        PixelPlane(widthPixels: from.0, heightPixels: from.1) { _, _ in level }, to.0, to.1)
      #expect(Self.samples(out).joined().allSatisfy { $0 == level })
    }
  }

  @Test func aWholeFactorGivesTheMeanOfItsSamples() {
    let plane = PixelPlane(widthPixels: 4, heightPixels: 2) { x, y in UInt8(10 * x + y) }
    #expect(Self.samples(Self.resample(plane, 2, 1)) == [[6, 26]])
  }

  @Test func enlargingDrawsLinesBetweenCentres() {
    let plane = PixelPlane(widthPixels: 2, heightPixels: 1) { x, _ in x == 0 ? 0 : 100 }
    #expect(Self.samples(Self.resample(plane, 4, 1)) == [[0, 25, 75, 100]])
  }

  /// Against the area under each sample in floating point, within what the weights' rounding takes.
  @Test func reducingGivesTheMeanOfTheArea() {
    var generator = SeededGenerator(seed: 7)
    for (width, height, newWidth, newHeight) in [(57, 43, 32, 24), (480, 270, 320, 180), (31, 90, 30, 89)] {
      let plane = PixelPlane(widthPixels: width, heightPixels: height) { _, _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      let out = Self.samples(Self.resample(plane, newWidth, newHeight)), source = Self.samples(plane)
      func cover(_ index: Int, _ sample: Int, _ source: Int, _ count: Int) -> Double {
        let scale = Double(source) / Double(count)
        return max(
          0, min(Double(index + 1) * scale, Double(sample + 1)) - max(Double(index) * scale, Double(sample)))
          / scale
      }
      for y in stride(from: 0, to: newHeight, by: 7) {
        for x in stride(from: 0, to: newWidth, by: 5) {
          var sum = 0.0
          for row in 0..<height where cover(y, row, height, newHeight) > 0 {
            for column in 0..<width {
              sum +=
                cover(y, row, height, newHeight) * cover(x, column, width, newWidth)
                * Double(source[row][column])
            }
          }
          #expect(abs(sum - Double(out[y][x])) < 1.6, "\(x), \(y)")
        }
      }
    }
  }
}
