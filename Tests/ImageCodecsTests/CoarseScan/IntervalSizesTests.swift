import FrameMemory
import ImageCodecs
import TestSupport
import Testing

/// Sizes of restart intervals, by their markers alone.
@Suite struct IntervalSizesTests {
  private let pool = FramePool(slabCount: 2, slabBytes: 1 << 20)
  private let scanner = CoarseScanner()

  /// The sizes and the markers between them are the whole scan; a row of units with more detail is larger.
  @Test func oneIntervalARow() throws {
    var generator = SeededGenerator(seed: 11)
    let frame = try PictureBuilding.frame(160, 80, .grey, in: pool) { _, x, y in
      y / 8 == 6 ? UInt8(truncatingIfNeeded: generator.next()) : UInt8(100 + x / 8)
    }
    let bytes = try ImageEncoder(restartRows: 1).jpeg(frame)
    var sizes: [UInt32] = [1, 2, 3]
    try scanner.readIntervalSizes(bytes, into: &sizes)
    #expect(sizes.count == 10)
    #expect(sizes.indices.max { sizes[$0] < sizes[$1] } == 6)
    let scan = JPEGWriting.parts(of: bytes).scans
    let headerBytes = 2 + Int(scan[2]) << 8 + Int(scan[3])
    #expect(sizes.reduce(0, +) == UInt32(scan.count - headerBytes - 9 * 2 - 2))
  }

  @Test func withoutRestarts() throws {
    let frame = try PictureBuilding.noise(64, 64, .ycbcr420, in: pool, seed: 1)
    let plain = try ImageEncoder().jpeg(frame),
      progressive = try ImageEncoder(isProgressive: true).jpeg(frame)
    var sizes: [UInt32] = []
    for bytes in [plain, progressive] {
      try scanner.readIntervalSizes(bytes, into: &sizes)
      #expect(sizes.count == 1 && sizes[0] > 0 && sizes[0] < UInt32(bytes.count))
    }
  }

  /// A cut picture has the intervals that are there.
  @Test func cut() throws {
    let frame = try PictureBuilding.noise(64, 64, .grey, in: pool, seed: 1)
    let bytes = try ImageEncoder(restartRows: 1).jpeg(frame)
    var whole: [UInt32] = [], sizes: [UInt32] = []
    try scanner.readIntervalSizes(bytes, into: &whole)
    for count in stride(from: bytes.count / 2, to: bytes.count, by: 5) {
      try scanner.readIntervalSizes(Array(bytes[..<count]), into: &sizes)
      #expect(sizes.count <= whole.count && sizes.dropLast() == whole[..<(sizes.count - 1)])
    }
    #expect(throws: ImageError.self) { try scanner.readIntervalSizes(Array(bytes[..<20]), into: &sizes) }
  }
}
