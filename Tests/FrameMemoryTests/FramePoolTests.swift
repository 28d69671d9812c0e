import FrameMemory
import TestSupport
import Testing

@Suite struct FramePoolTests {
  static let format = FrameFormat(widthPixels: 33, heightPixels: 17, chroma: .ycbcr420)

  /// Whether the pool has a slab left (`#expect` cannot look at a noncopyable value itself).
  private func canWrite(_ pool: FramePool) -> Bool {
    switch pool.makeWriter(Self.format) {
    case .some: true
    case .none: false
    }
  }

  @Test func noSlabIsAllocatedAfterWarmUp() {
    let pool = FramePool(slabCount: 3, slabBytes: Self.format.byteCount)
    for round in 0..<50 {
      var frames: [Frame] = []
      for value in 0..<3 {
        var writer = pool.makeWriter(Self.format)!
        writer.fill(.luma) { x, y in UInt8((x + y + value + round) % 256) }
        frames.append(writer.seal())
      }
      #expect(!canWrite(pool), "all slabs are out")
      for (value, frame) in frames.enumerated() {
        #expect(frame.luma[3, 4] == UInt8((7 + value + round) % 256))
      }
    }
    #expect(pool.allocatedCount == 3)
    #expect(pool.outstandingCount == 0)
  }

  @Test func aDroppedWriterGivesItsMemoryBack() {
    let pool = FramePool(slabCount: 1, slabBytes: Self.format.byteCount)
    do { _ = pool.makeWriter(Self.format) }
    #expect(pool.outstandingCount == 0)
    #expect(canWrite(pool))
  }

  @Test func aCopyKeepsThePixels() {
    let pool = FramePool(slabCount: 1, slabBytes: Self.format.byteCount)
    var copy: Frame?
    do {
      var writer = pool.makeWriter(Self.format)!
      writer.fill(.chromaRed) { x, y in UInt8(x * 10 + y) }
      copy = writer.seal()
    }
    #expect(pool.outstandingCount == 1)
    #expect(copy!.plane(.chromaRed)![2, 3] == 23)
    copy = nil
    #expect(pool.outstandingCount == 0)
  }
}

@Suite struct FrameFormatTests {
  @Test(arguments: [
    ChromaLayout.grey, .ycbcr420, .ycbcr422, .ycbcr444, .ycbcr(horizontal: 1, vertical: 2),
    .ycbcr(horizontal: 4, vertical: 1),
  ])
  func planesDoNotOverlapAndAreAligned(chroma: ChromaLayout) {
    for width in [1, 2, 63, 64, 65, 1920] {
      for height in [1, 3, 8] {
        let format = FrameFormat(widthPixels: width, heightPixels: height, chroma: chroma)
        var end = 0
        for index in PlaneIndex.allCases {
          guard let plane = format.plane(index) else { continue }
          #expect(plane.offsetBytes >= end && plane.offsetBytes % 64 == 0 && plane.strideBytes % 64 == 0)
          #expect(plane.strideBytes >= plane.widthPixels && plane.widthPixels > 0 && plane.heightPixels > 0)
          end = plane.offsetBytes + plane.strideBytes * plane.heightPixels
        }
        #expect(end == format.byteCount)
      }
    }
  }
}
