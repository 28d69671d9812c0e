import Foundation
import FrameMemory
import ImageCodecs
import InspectionModel
import PixelKernels
import TestSupport
import Testing

/// DC coefficient and AC bits of every block, against coefficients that the test chose and against libjpeg.
@Suite struct CoarseScannerTests {
  private let pool = FramePool(slabCount: 32, slabBytes: 1 << 20)

  static let tiers = KernelTier.allCases.filter(\.isSupported)

  private func planes(_ bytes: [UInt8], _ scanner: CoarseScanner) throws -> CoarsePlanes {
    let image = try scanner.scan(bytes, into: pool)
    #expect(image.damage == nil)
    return CoarsePlanes(image.frame)
  }

  /// Blocks of one grey: the DC coefficient is eight times the distance from 128, over the quantiser; no AC bits but
  /// the end of the block.
  @Test func flatPicture() throws {
    let frame = try PictureBuilding.frame(24, 16, .grey, in: pool) { _, x, _ in [200, 128, 40][x / 8] }
    let image = try CoarseScanner().scan(ImageEncoder(quality: 100).jpeg(frame), into: pool)
    let planes = CoarsePlanes(image.frame)
    #expect(planes.dc == [[576, 0, -704, 576, 0, -704]])
    #expect(planes.levels == [[200, 128, 40, 200, 128, 40]])
    #expect(planes.texture == [[4, 4, 4, 4, 4, 4]])
    #expect(image.info.chroma == .grey && image.frame.completeRows == 2 && planes.quantizers.luma == 1)
  }

  /// Chosen coefficients through random tables come back exactly, with the bits that their coding took.
  @Test(arguments: tiers, CoefficientPictures.samplings.indices)
  func chosenCoefficients(tier: KernelTier, sampling: Int) throws {
    let scanner = CoarseScanner(tier: tier)
    let seed = UInt64(17 * sampling)
    var generator = SeededGenerator(seed: seed)
    for turn in 0..<8 {
      let (width, height) = (
        Int.random(in: 1...90, using: &generator), Int.random(in: 1...70, using: &generator)
      )
      var picture = CoefficientPictures.random(
        width, height, CoefficientPictures.samplings[sampling], using: &generator)
      picture.restartInterval = [0, 0, 1, 3, 1000][turn % 5]
      picture.hasSeparateScans = turn % 3 == 2
      picture.dcQuantizer = UInt8.random(in: 1...255, using: &generator)
      let found = try planes(picture.bytes(), scanner)
      for component in picture.factors.indices {
        let size = picture.ownBlocks(component)
        var dc: [Int16] = [], texture: [UInt16] = []
        for y in 0..<size.down {
          for x in 0..<size.across {
            let block = picture.blocks[component][y * picture.blocksAcross(component) + x]
            dc.append(Int16(block[0]))
            texture.append(UInt16(picture.acBits(component, block: block)))
          }
        }
        #expect(found.dc[component] == dc, "seed \(seed), turn \(turn), component \(component)")
        #expect(found.texture[component] == texture, "seed \(seed), turn \(turn), component \(component)")
      }
    }
  }

  /// Pictures of the product's encoder in every layout: the scanner and libjpeg give the same planes.
  @Test(arguments: JPEGDecodingTests.layouts, tiers)
  func equalsCoefficients(chroma: ChromaLayout, tier: KernelTier) throws {
    let scanner = CoarseScanner(tier: tier)
    for (width, height) in [(1, 1), (8, 8), (17, 9), (35, 41), (130, 67)] {
      let frame = try PictureBuilding.noise(width, height, chroma, in: pool, seed: 9)
      for encoder in [
        ImageEncoder(quality: 20), ImageEncoder(quality: 75), ImageEncoder(quality: 100),
        ImageEncoder(quality: 80, restartRows: 1), ImageEncoder(quality: 80, restartRows: 2),
      ] {
        let bytes = try encoder.jpeg(frame)
        let reference = try scanner.readCoefficients(bytes, into: pool, texture: .ownTables)
        #expect(
          try planes(bytes, scanner) == CoarsePlanes(reference.frame), "\(width) x \(height) \(encoder)")
      }
    }
  }

  /// Progressive coding stores the same coefficients: the same DC, levels and quantisers.
  @Test(arguments: JPEGDecodingTests.layouts)
  func progressiveGivesTheSameLevels(chroma: ChromaLayout) throws {
    let scanner = CoarseScanner()
    let frame = try PictureBuilding.noise(61, 43, chroma, in: pool, seed: 3)
    let plain = try planes(ImageEncoder(quality: 70).jpeg(frame), scanner)
    let image = try scanner.scan(ImageEncoder(quality: 70, isProgressive: true).jpeg(frame), into: pool)
    let progressive = CoarsePlanes(image.frame)
    #expect(image.info.isProgressive && image.damage == nil)
    #expect(progressive.dc == plain.dc && progressive.levels == plain.levels)
    #expect(progressive.quantizers == plain.quantizers && progressive.completeRows == plain.completeRows)
    #expect(progressive.texture.map(\.count) == plain.texture.map(\.count))
    #expect(progressive.texture.joined().allSatisfy { $0 > 0 })
  }

  /// A batch of any pictures gives each the result that it has alone, whatever its neighbours are.
  @Test(arguments: tiers)
  func lockstepChangesNothing(tier: KernelTier) throws {
    let scanner = CoarseScanner(tier: tier), seed: UInt64 = 21
    var generator = SeededGenerator(seed: seed)
    var pictures: [[UInt8]] = [[], [0xFF, 0xD8, 0xFF, 0xD9]]
    for _ in 0..<24 {
      let chroma = JPEGDecodingTests.layouts.randomElement(using: &generator)!
      let size = [(40, 24), (40, 24), (33, 50)].randomElement(using: &generator)!
      let frame = try PictureBuilding.noise(size.0, size.1, chroma, in: pool, seed: generator.next())
      var bytes = try ImageEncoder(
        quality: Int.random(in: 10...100, using: &generator),
        isProgressive: Int.random(in: 0..<5, using: &generator) == 0,
        restartRows: Int.random(in: 0...1, using: &generator)
      ).jpeg(frame)
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: bytes.removeLast(Int.random(in: 1..<bytes.count, using: &generator))
      case 1:
        for _ in 0..<3 { bytes[Int.random(in: 3..<bytes.count, using: &generator)] ^= 0x10 }
      default: break
      }
      pictures.append(bytes)
    }
    for count in 1...14 {
      let batch = (0..<count).map { _ in pictures.randomElement(using: &generator)! }
      for (result, bytes) in zip(scanner.scan(batch, into: pool), batch) {
        let alone = CoarseScanner(tier: .portable).scan([bytes], into: pool)[0]
        switch (result, alone) {
        case (.success(let one), .success(let other)):
          #expect(CoarsePlanes(one.frame) == CoarsePlanes(other.frame), "seed \(seed)")
          #expect(one.damage == other.damage && one.info == other.info, "seed \(seed)")
        case (.failure(let one), .failure(let other)): #expect(one == other, "seed \(seed)")
        default: Issue.record("seed \(seed): \(result) in a batch, \(alone) alone")
        }
      }
    }
    #expect(pool.outstandingCount == 0)
  }

  /// Motion JPEG leaves out the standard's tables; the encoder writes exactly those.
  @Test func tablesMayBeMissing() throws {
    let scanner = CoarseScanner()
    let frame = try PictureBuilding.noise(50, 40, .ycbcr420, in: pool, seed: 5)
    let whole = try ImageEncoder(quality: 60).jpeg(frame)
    let bare = JPEGWriting.changing(whole) { $0.filter { $0[1] != 0xC4 } }
    #expect(bare.count < whole.count - 400)
    #expect(try planes(bare, scanner) == planes(whole, scanner))
  }

  /// Fill bytes, comments and unknown application segments change nothing.
  @Test func segmentsWithoutMeaning() throws {
    let scanner = CoarseScanner()
    let frame = try PictureBuilding.noise(50, 40, .ycbcr422, in: pool, seed: 6)
    let plain = try ImageEncoder(quality: 60, restartRows: 1).jpeg(frame)
    let filled = JPEGWriting.changing(plain) { segments in
      segments.flatMap { [[0xFF, 0xFF, 0xFF], $0, JPEGWriting.segment(0xE7, [0xFF, 0xDA, 0, 1])] }
        + [JPEGWriting.segment(0xFE, Array("a comment".utf8))]
    }
    var expected = try planes(plain, scanner)
    let found = try planes(filled, scanner)
    expected.completeRows = found.completeRows
    #expect(found == expected)
  }

  /// A camera's tables are built once; a new set in each file neither fails nor piles up.
  @Test func tablesAreKeptAndGivenUp() throws {
    let scanner = CoarseScanner()
    var generator = SeededGenerator(seed: 8)
    for _ in 0..<60 {
      let picture = CoefficientPictures.random(16, 16, [(1, 1), (1, 1), (1, 1)], using: &generator)
      _ = try planes(picture.bytes(), scanner)
      #expect(scanner.tableCount <= 96)
    }
    let frame = try PictureBuilding.noise(16, 16, .ycbcr420, in: pool, seed: 1)
    let bytes = try ImageEncoder().jpeg(frame)
    _ = try planes(bytes, scanner)
    let count = scanner.tableCount
    for _ in 0..<5 { _ = try planes(bytes, scanner) }
    #expect(scanner.tableCount == count)
  }

  /// Real photographs and camera frames, where they are at hand.
  @Test(.enabled(if: SharedData.folder != nil, "the real pictures are not on this machine"))
  func realPictures() throws {
    let scanner = CoarseScanner(limits: .recorded)
    for folder in ["sequences/highway", "sequences/car-detection", "flights/brighton-beach"] {
      let url = try #require(SharedData.item(folder))
      let names = try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
        .filter { $0.lowercased().hasSuffix(".jpg") }.prefix(12)
      #expect(names.count > 5)
      let pictures = try names.map { [UInt8](try Data(contentsOf: url.appending(path: $0))) }
      for (result, bytes) in zip(scanner.scan(pictures, into: pool), pictures) {
        let reference = try scanner.readCoefficients(bytes, into: pool, texture: .ownTables)
        #expect(CoarsePlanes(try result.get().frame) == CoarsePlanes(reference.frame))
      }
    }
  }
}
