import FrameMemory
import ImageCodecs
import InspectionModel
import TestSupport
import Testing

/// Cut, wrong and foreign files: what could be read is kept and the rest is named.
@Suite struct CoarseDamageTests {
  private let pool = FramePool(slabCount: 4, slabBytes: 1 << 20)
  private let scanner = CoarseScanner()

  private func scan(_ bytes: [UInt8]) -> Result<CoarseImage, ImageError> {
    scanner.scan([bytes], into: pool)[0]
  }

  /// Cut anywhere: rows before the cut are those of the whole picture, rows behind it are neutral.
  @Test(arguments: [0, 1])
  func cutAnywhere(restartRows: Int) throws {
    let frame = try PictureBuilding.noise(70, 90, .ycbcr420, in: pool, seed: 2)
    let bytes = try ImageEncoder(quality: 50, restartRows: restartRows).jpeg(frame)
    let whole = CoarsePlanes(try scan(bytes).get().frame)
    var rowsBefore = 0
    for count in stride(from: 0, to: bytes.count - 2, by: 7) {
      guard case .success(let image) = scan(Array(bytes[..<count])) else { continue }
      let damage = try #require(image.damage, "cut at \(count)")
      #expect(damage.isTruncated && damage.byteOffset <= count)
      #expect(image.fault(subject: "a")?.code == "frame_truncated")
      let rows = image.frame.completeRows
      #expect(rows >= rowsBefore && rows > 0 && rows < 12)
      rowsBefore = rows
      let found = CoarsePlanes(image.frame)
      for (index, across) in [9, 5, 5].enumerated() {
        let seen = (index == 0 ? rows : rows / 2) * across
        #expect(found.dc[index][..<seen] == whole.dc[index][..<seen], "cut at \(count)")
        #expect(found.texture[index][..<seen] == whole.texture[index][..<seen])
        #expect(
          found.dc[index][seen...].allSatisfy { $0 == 0 }
            && found.levels[index][seen...].allSatisfy { $0 == 128 })
      }
    }
    #expect(rowsBefore == 10)
  }

  /// A code that no table has ends the picture there.
  @Test func wrongCode() throws {
    var generator = SeededGenerator(seed: 4)
    var picture = CoefficientPictures.random(32, 64, [(1, 1)], using: &generator)
    // Room for the code of ones only, which every table leaves free, and no data that could be missing before it.
    picture.restartInterval = 16
    var bytes = picture.bytes()
    let restart = try #require(bytes.indices.dropLast().first { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xD0 })
    bytes.insert(contentsOf: [[UInt8]](repeating: [0xFF, 0x00], count: 40).joined(), at: restart + 2)
    let image = try scan(bytes).get()
    #expect(image.damage?.isTruncated == false && image.frame.completeRows == 4)
    #expect(image.fault(subject: "a")?.code == "frame_damaged")
    #expect(CoarsePlanes(image.frame).dc[0][16...].allSatisfy { $0 == 0 })
  }

  /// Restart markers that are missing or out of order.
  @Test func wrongRestarts() throws {
    let frame = try PictureBuilding.noise(64, 64, .grey, in: pool, seed: 7)
    let bytes = try ImageEncoder(restartRows: 1).jpeg(frame)
    let places = bytes.indices.dropLast().filter {
      bytes[$0] == 0xFF && (0xD0...0xD7).contains(bytes[$0 + 1])
    }
    #expect(places.count == 7)
    var swapped = bytes
    swapped[places[3] + 1] = 0xD6
    let image = try scan(swapped).get()
    #expect(image.frame.completeRows == 4 && image.damage != nil)
  }

  static let refused: [(code: ImageError.Code, bytes: [UInt8])] = {
    func file(_ header: [UInt8], components: Int = 1, afterTables: [UInt8] = []) -> [UInt8] {
      JPEGWriting.startOfImage + JPEGWriting.flatQuantisation + header
        + JPEGWriting.huffman(tableClass: 0, 0, 1) + JPEGWriting.huffman(tableClass: 1, 0, 1) + afterTables
        + JPEGWriting.scanHeader(components: components) + [UInt8](repeating: 0, count: 64)
        + JPEGWriting.endOfImage
    }
    let tooManyCodes = [0x00] + [UInt8](repeating: 3, count: 16) + [UInt8](repeating: 0, count: 48)
    return [
      (.notAnImage, []), (.notAnImage, [1, 2, 3]), (.truncated, [0xFF, 0xD8, 0xFF]),
      (.truncated, JPEGWriting.startOfImage + JPEGWriting.endOfImage),
      (.unsupported, file(JPEGWriting.frameHeader(width: 8, height: 8, precision: 12))),
      (.unsupported, file(JPEGWriting.frameHeader(width: 8, height: 8, factors: [0x11, 0x11, 0x11, 0x11]))),
      (.unsupported, file(JPEGWriting.frameHeader(0xC3, width: 8, height: 8))),
      (
        .unsupported,
        file(JPEGWriting.frameHeader(width: 24, height: 8, factors: [0x31, 0x11, 0x11]), components: 3)
      ),
      (
        .unsupported,
        file(JPEGWriting.frameHeader(width: 16, height: 8, factors: [0x11, 0x21, 0x11]), components: 3)
      ),
      (
        .unsupported,
        file(
          JPEGWriting.adobe(transform: 0)
            + JPEGWriting.frameHeader(width: 8, height: 8, factors: [0x11, 0x11, 0x11]), components: 3)
      ),
      (.corrupt, file(JPEGWriting.frameHeader(width: 8, height: 0))),
      (.corrupt, file(JPEGWriting.frameHeader(width: 8, height: 8, factors: [0x51]))),
      (.corrupt, file([])),
      (
        .corrupt,
        file(JPEGWriting.frameHeader(width: 8, height: 8) + JPEGWriting.frameHeader(width: 8, height: 8))
      ),
      (
        .corrupt,
        file(
          JPEGWriting.frameHeader(width: 8, height: 8),
          afterTables: JPEGWriting.segment(0xC4, tooManyCodes))
      ),
      (.corrupt, file(JPEGWriting.frameHeader(width: 8, height: 8) + JPEGWriting.segment(0xDB, [0x05]))),
      (.tooLarge, file(JPEGWriting.frameHeader(width: 9000, height: 8))),
      (.tooLarge, file(JPEGWriting.frameHeader(width: 8000, height: 8000))),
      (.truncated, file(JPEGWriting.frameHeader(width: 4000, height: 4000))),
    ]
  }()

  @Test(arguments: refused.indices)
  func refuses(index: Int) throws {
    let (code, bytes) = Self.refused[index]
    guard case .failure(let error) = scan(bytes) else {
      Issue.record("file \(index) is read")
      return
    }
    #expect(error.code == code, "file \(index): \(error)")
    #expect(error.byteOffset.map { (0...bytes.count).contains($0) } ?? true)
    #expect(pool.outstandingCount == 0)
  }

  /// A pool without a free slab, or with slabs that are too small, is not the picture's fault.
  @Test func poolLimits() throws {
    let frame = try PictureBuilding.noise(64, 64, .grey, in: pool, seed: 7)
    let bytes = try ImageEncoder().jpeg(frame)
    let small = FramePool(slabCount: 1, slabBytes: 64)
    #expect(throws: ImageError.self) { try scanner.scan(bytes, into: small) }
    let one = FramePool(slabCount: 1, slabBytes: 1 << 16)
    let results = scanner.scan([bytes, bytes], into: one)
    #expect((try? results[0].get()) != nil)
    guard case .failure(let error) = results[1] else { return #expect(Bool(false), "two frames in one slab") }
    #expect(error.code == .poolExhausted)
  }
}
