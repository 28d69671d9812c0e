import FrameMemory
import PixelKernels
import TestSupport
import Testing

/// Smoothing, smaller planes, running sums.
@Suite struct ResamplingKernelsTests {
  static let supportedTiers = KernelTier.allCases.filter(\.isSupported)

  @Test(arguments: supportedTiers) func blurByHand(tier: KernelTier) {
    let plane = PixelPlane(widthPixels: 3, heightPixels: 2) { x, y in [[0, 9, 18], [90, 99, 255]][y][x] }
    var out = PixelPlane()
    PixelKernels(tier: tier).boxBlur(plane, into: &out)
    // Top left: rows (0 0 9) twice and (90 90 99), 297 + 4 over 9.
    #expect(samples(out) == [33, 55, 78, 63, 102, 140])
    let single = PixelPlane(widthPixels: 1, heightPixels: 1) { _, _ in 201 }
    PixelKernels(tier: tier).boxBlur(single, into: &out)
    #expect(samples(out) == [201])
  }

  @Test(arguments: supportedTiers) func shrinkingByHand(tier: KernelTier) {
    let plane = PixelPlane(widthPixels: 5, heightPixels: 5) { x, y in UInt8(10 * y + x) }
    var out = PixelPlane()
    PixelKernels(tier: tier).shrink(plane, by: 4, into: &out)
    // Sixteen samples of mean 16.5, four of 19, four of 41.5, one of 44: halves round up.
    #expect(out.widthPixels == 2 && out.heightPixels == 2)
    #expect(samples(out) == [17, 19, 42, 44])
    PixelKernels(tier: tier).shrink(plane, by: 8, into: &out)
    #expect(samples(out) == [22])
    PixelKernels(tier: tier).shrink(PixelPlane(), by: 8, into: &out)
    #expect(out.widthPixels == 0 && out.heightPixels == 0)
  }

  @Test(arguments: supportedTiers) func planesOfNumPy(tier: KernelTier) {
    let first = PixelKernelsTests.plane(1), kernels = PixelKernels(tier: tier)
    var out = PixelPlane()
    kernels.boxBlur(first, into: &out)
    #expect(out.weightedSums == [159_311, 7_613_531])
    #expect((0..<4).map { out.view[$0, 0] } == [18, 43, 81, 121] && out.view[42, 28] == 172)
    kernels.shrink(first, by: 4, into: &out)
    #expect(out.weightedSums == [11_261, 495_615])
    #expect((0..<4).map { out.view[$0, 0] } == [99, 111, 139, 124] && out.view[10, 7] == 186)
    kernels.shrink(first, by: 8, into: &out)
    #expect(out.weightedSums == [3_098, 36_139])
    #expect((0..<4).map { out.view[$0, 0] } == [111, 135, 123, 131] && out.view[5, 3] == 138)
    var sums: [UInt32] = []
    kernels.integral(first, into: &sums)
    #expect(sums.count == 44 * 30 && sums[44 * 30 - 1] == 159_300)
    #expect(sums.reduce(0) { $0 + Int($1) } == 51_573_430)
    #expect(sums.enumerated().reduce(0) { $0 + $1.offset % 97 * Int($1.element) } == 2_426_907_069)
  }

  @Test(arguments: supportedTiers) func shrinkingByTwoIsHalving(tier: KernelTier) {
    for (width, height) in [(1, 1), (2, 5), (7, 4), (33, 9), (130, 3)] {
      let plane = PixelPlane(widthPixels: width, heightPixels: height) { x, y in
        UInt8(truncatingIfNeeded: x * 57 + y * 91 + x * y)
      }
      var half = PixelPlane(), expected: [UInt8] = []
      for y in stride(from: 0, to: height, by: 2) {
        for x in stride(from: 0, to: width, by: 2) {
          let box = [y, y + 1].filter { $0 < height }.flatMap { y in
            [x, x + 1].filter { $0 < width }.map { Int(plane.view[$0, y]) }
          }
          expected.append(UInt8((box.reduce(0, +) + box.count / 2) / box.count))
        }
      }
      PixelKernels(tier: tier).shrink(plane, by: 2, into: &half)
      #expect(samples(half) == expected, "\(width) x \(height)")
    }
  }

  @Test(arguments: supportedTiers) func integralByHand(tier: KernelTier) {
    let plane = PixelPlane(widthPixels: 3, heightPixels: 2) { x, y in [[1, 2, 3], [10, 20, 255]][y][x] }
    var sums: [UInt32] = [9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9]
    PixelKernels(tier: tier).integral(plane.view, into: &sums)
    #expect(sums.prefix(12) == [0, 0, 0, 0, 0, 1, 3, 6, 0, 11, 33, 291])
    PixelKernels(tier: tier).integral(PixelPlane().view, into: &sums)
    #expect(sums[0] == 0)
  }

  /// Any box sum follows from four corners.
  @Test(arguments: supportedTiers) func integralGivesBoxSums(tier: KernelTier) {
    var generator = SeededGenerator(seed: 5)
    let plane = PixelPlane(widthPixels: 149, heightPixels: 31) { _, _ in
      UInt8.random(in: 0...255, using: &generator)
    }
    var sums: [UInt32] = []
    PixelKernels(tier: tier).integral(plane.view, into: &sums)
    for _ in 0..<50 {
      let left = Int.random(in: 0...149, using: &generator),
        right = Int.random(in: left...149, using: &generator)
      let top = Int.random(in: 0...31, using: &generator),
        bottom = Int.random(in: top...31, using: &generator)
      var expected: UInt32 = 0
      for y in top..<bottom { for x in left..<right { expected += UInt32(plane.view[x, y]) } }
      let found =
        sums[bottom * 150 + right] &- sums[top * 150 + right] &- sums[bottom * 150 + left]
        &+ sums[top * 150 + left]
      #expect(found == expected, "\(left)..<\(right), \(top)..<\(bottom)")
    }
  }

  /// No mean leaves the range of the samples that it is a mean of, and a flat plane stays flat.
  @Test(arguments: supportedTiers) func meansStayInRange(tier: KernelTier) {
    for value in [0, 1, 127, 254, 255] as [UInt8] {
      let flat = PixelPlane(widthPixels: 77, heightPixels: 13) { _, _ in value }
      var out = PixelPlane()
      PixelKernels(tier: tier).boxBlur(flat, into: &out)
      #expect(samples(out).allSatisfy { $0 == value })
      for factor in [2, 4, 8] {
        PixelKernels(tier: tier).shrink(flat, by: factor, into: &out)
        #expect(samples(out).allSatisfy { $0 == value }, "factor \(factor)")
      }
    }
  }

  private func samples(_ plane: PixelPlane) -> [UInt8] {
    (0..<plane.heightPixels).flatMap { y in (0..<plane.widthPixels).map { plane.view[$0, y] } }
  }
}
