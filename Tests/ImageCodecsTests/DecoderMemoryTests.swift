import FrameMemory
import ImageCodecs
import InspectionModel
import TestSupport
import Testing

/// What a decoder keeps from picture to picture, and what it gives back.
@Suite struct DecoderMemoryTests {
  private let source = FramePool(slabCount: 4, slabBytes: 1 << 20)

  /// Files of every kind and several sizes.
  private func files() throws -> [[UInt8]] {
    var files: [[UInt8]] = []
    for (width, height) in [(200, 120), (64, 300), (33, 17)] {
      for chroma in [ChromaLayout.grey, .ycbcr420, .ycbcr444] {
        let frame = try PictureBuilding.noise(width, height, chroma, in: source, seed: 1)
        files.append(try ImageEncoder().jpeg(frame))
        files.append(try ImageEncoder(isProgressive: true).jpeg(frame))
        files.append(try ImageEncoder().png(frame))
      }
    }
    return files
  }

  @Test func noSlabAndNoWorkingMemoryAfterWarmUp() throws {
    let pool = FramePool(slabCount: 8, slabBytes: 1 << 20)
    let decoder = ImageDecoder(limits: .live)
    let files = try files()
    for bytes in files { _ = try decoder.decode(bytes, into: pool) }
    #expect(pool.allocatedCount == 1)
    let working = decoder.stock.workingBytes
    for _ in 0..<5 {
      for scale in DecodeScale.allCases {
        for bytes in files {
          let image = try decoder.decode(bytes, into: pool, scale: scale)
          #expect(image.completeRows == image.frame.heightPixels)
        }
      }
    }
    #expect(pool.allocatedCount == 1 && pool.outstandingCount == 0)
    #expect(decoder.stock.workingBytes == working)
  }

  /// One large progressive picture must not hold its memory for ever.
  @Test func workingMemoryOfLargePicturesIsGivenBack() throws {
    let pool = FramePool(slabCount: 1, slabBytes: 64 << 20)
    let decoder = ImageDecoder(limits: .recorded)
    let blocks = 6016 / 8 * (6016 / 8)
    let bytes =
      JPEGWriting.startOfImage + JPEGWriting.flatQuantisation
      + JPEGWriting.huffman(tableClass: 0, 0, 1)
      + JPEGWriting.frameHeader(0xC2, width: 6016, height: 6016)
      + JPEGWriting.scanHeader(components: 1, spectral: 0...0)
      + [UInt8](repeating: 0, count: blocks / 8 + 1) + JPEGWriting.endOfImage
    #expect(try decoder.decode(bytes, into: pool, scale: .eighth).completeRows == 752)
    #expect(decoder.stock.workingBytes == 0)
  }

  /// A full pool says nothing about the picture: it decodes as soon as a frame is released.
  @Test func poolExhaustionIsToldApart() throws {
    let pool = FramePool(slabCount: 1, slabBytes: 1 << 20)
    let decoder = ImageDecoder(limits: .live)
    for bytes in try files() {
      var held: Frame? = try decoder.decode(bytes, into: pool).frame
      let width = try #require(held?.widthPixels)
      let error = #expect(throws: ImageError.self) { try decoder.decode(bytes, into: pool) }
      #expect(error?.code == .poolExhausted && error?.byteOffset == nil)
      held = nil
      #expect(try decoder.decode(bytes, into: pool).frame.widthPixels == width)
    }
    #expect(pool.allocatedCount == 1 && pool.outstandingCount == 0)
  }

  /// Failures of every kind give the slab back.
  @Test func refusedPicturesKeepNoSlab() throws {
    let pool = FramePool(slabCount: 1, slabBytes: 1 << 20)
    let decoder = ImageDecoder(limits: .live)
    for bytes in try files() {
      for count in stride(from: 3, to: bytes.count, by: bytes.count / 40) {
        _ = try? decoder.decode(Array(bytes.prefix(count)), into: pool)
        #expect(pool.outstandingCount == 0)
        var damaged = bytes
        damaged[count] ^= 0xFF
        _ = try? decoder.decode(damaged, into: pool)
        #expect(pool.outstandingCount == 0)
      }
    }
  }

  /// Copies of one decoder work at the same time on several threads.
  @Test func decodingAtTheSameTimeGivesTheSame() async throws {
    let pool = FramePool(slabCount: 8, slabBytes: 1 << 20)
    let decoder = ImageDecoder(limits: .live)
    let files = try files()
    let expected = try files.map { try PictureBuilding.samples(decoder.decode($0, into: pool).frame) }
    let results = try await withThrowingTaskGroup(of: [Bool].self) { group in
      for worker in 0..<4 {
        group.addTask {
          try (0..<files.count).map { step in
            let index = (step + worker * 2) % files.count
            return try PictureBuilding.samples(decoder.decode(files[index], into: pool).frame)
              == expected[index]
          }
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(results.count == files.count * 4 && results.allSatisfy { $0 })
    #expect(pool.allocatedCount <= 8 && pool.outstandingCount == 0)
  }
}
