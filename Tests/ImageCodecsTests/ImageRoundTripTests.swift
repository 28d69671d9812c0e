import FrameMemory
import ImageCodecs
import InspectionModel
import TestSupport
import Testing

/// decode(encode(x)) is close to x for every sampling and for odd sizes; a cut file says that it is cut.
@Suite struct ImageRoundTripTests {
  private let pool = FramePool(slabCount: 4, slabBytes: 4 << 20)
  private let decoder = ImageDecoder(limits: .live)

  /// A smooth ramp, which JPEG keeps within a few levels.
  private func ramp(_ width: Int, _ height: Int, _ chroma: ChromaLayout) throws -> Frame {
    let format = FrameFormat(widthPixels: width, heightPixels: height, chroma: chroma)
    guard var writer = pool.makeWriter(format) else { throw ImageError(.poolExhausted, "no slab") }
    for index in PlaneIndex.allCases.prefix(format.planeCount) {
      let base = 60 + 10 * index.rawValue
      writer.fill(index) { x, y in
        let level: Int = base + (x + 2 * y) / 4 % 100
        return UInt8(level)
      }
    }
    return writer.seal()
  }

  /// Noise that deflate cannot shorten.
  private func noise(_ width: Int, _ height: Int) throws -> Frame {
    let format = FrameFormat(widthPixels: width, heightPixels: height, chroma: .grey)
    guard var writer = pool.makeWriter(format) else { throw ImageError(.poolExhausted, "no slab") }
    var generator = SeededGenerator(seed: 1)
    writer.fill(.luma) { _, _ in UInt8(truncatingIfNeeded: generator.next()) }
    return writer.seal()
  }

  private func largestDifference(_ left: Frame, _ right: Frame) -> Int {
    var largest = 0
    for index in PlaneIndex.allCases.prefix(left.format.planeCount) {
      let (a, b) = (left.plane(index)!, right.plane(index)!)
      for y in 0..<a.heightPixels {
        for x in 0..<a.widthPixels { largest = max(largest, abs(Int(a[x, y]) - Int(b[x, y]))) }
      }
    }
    return largest
  }

  @Test(arguments: [
    ChromaLayout.grey, .ycbcr420, .ycbcr422, .ycbcr444, .ycbcr(horizontal: 1, vertical: 2),
    .ycbcr(horizontal: 4, vertical: 1),
  ])
  func jpegKeepsEverySampling(chroma: ChromaLayout) throws {
    for (width, height) in [(1, 1), (7, 9), (16, 16), (17, 15), (31, 33), (33, 8)] {
      let frame = try ramp(width, height, chroma)
      let bytes = try ImageEncoder(quality: 98).jpeg(frame)
      let decoded = try decoder.decode(bytes, into: pool)
      #expect(decoded.frame.format == frame.format)
      #expect(!decoded.isTruncated && decoded.warningCount == 0)
      #expect(decoded.completeRows == height)
      #expect(largestDifference(frame, decoded.frame) <= 16, "\(chroma) \(width) x \(height)")
    }
  }

  @Test func greyPNGIsExact() throws {
    let frame = try ramp(33, 17, .grey)
    let decoded = try decoder.decode(ImageEncoder().png(frame), into: pool)
    #expect(largestDifference(frame, decoded.frame) == 0)
  }

  @Test(arguments: DecodeScale.allCases)
  func scaledSizesRoundUp(scale: DecodeScale) throws {
    let frame = try ramp(65, 43, .ycbcr420)
    for bytes in [try ImageEncoder().jpeg(frame), try ImageEncoder().png(frame)] {
      let decoded = try decoder.decode(bytes, into: pool, scale: scale)
      #expect(decoded.frame.format == decoded.info.frameFormat(scale: scale))
      #expect(decoded.frame.widthPixels == (65 + scale.rawValue - 1) / scale.rawValue)
    }
  }

  @Test func cutPictureSaysSo() throws {
    let frame = try ramp(200, 160, .ycbcr420)
    for bytes in [try ImageEncoder(quality: 95).jpeg(frame), try ImageEncoder().png(noise(200, 160))] {
      let decoded = try decoder.decode(Array(bytes.prefix(bytes.count * 3 / 4)), into: pool)
      #expect(decoded.isTruncated)
      #expect((1..<160).contains(decoded.completeRows))
      #expect(decoded.fault(subject: "a.jpg")?.code == "frame_truncated")
    }
  }

  @Test func limitsRefuse() throws {
    let bytes = try ImageEncoder().jpeg(ramp(64, 64, .grey))
    var limits = DecodeLimits.live
    limits.maximumPixels = 64 * 64 - 1
    let error = #expect(throws: ImageError.self) { try ImageDecoder(limits: limits).probe(bytes) }
    #expect(error?.code == .tooLarge)
    #expect(throws: ImageError.self) { try decoder.probe([]) }
  }
}
