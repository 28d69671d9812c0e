import FrameMemory
import ImageCodecs
import InspectionModel
import PixelKernels
import TestSupport

/// Damaged JPEG files for the coarse scanner: those of `JPEGInputs`, and random coefficients through random tables,
/// damaged inside their entropy-coded data.
struct CoarseInputs: HostileInputs {
  private let files: JPEGInputs
  private let seeds: [[UInt8]]
  private let feed = CoarseFeed()

  init(seed: UInt64) throws {
    files = try JPEGInputs(seed: seed)
    var generator = SeededGenerator(seed: seed)
    seeds = (0..<60).map { index in
      let samplings = CoefficientPictures.samplings
      var picture = CoefficientPictures.random(
        Int.random(in: 1...90, using: &generator), Int.random(in: 1...70, using: &generator),
        samplings[index % samplings.count], using: &generator)
      picture.restartInterval = [0, 0, 1, 3, 1000][index % 5]
      picture.hasSeparateScans = index % 7 == 0
      return picture.bytes()
    }
  }

  func input(_ generator: inout SeededGenerator) -> [UInt8] {
    guard generator.once(in: 3) else { return files.input(&generator) }
    var bytes = seeds[generator.below(seeds.count)]
    let scanStart = bytes.count / 2
    for _ in 0...generator.below(4) {
      bytes.damage(from: generator.once(in: 2) ? scanStart : 3, &generator)
    }
    if generator.once(in: 4) { bytes.cut(&generator) }
    return bytes
  }

  func feed(_ bytes: [UInt8], _ generator: inout SeededGenerator) throws -> String {
    try feed.feed(bytes, &generator)
  }
}

/// Scans damaged pictures alone and beside others, and holds the scanner to what it promises.
final class CoarseFeed {
  private let pool = FramePool(slabCount: 8, slabBytes: 6 << 20)
  private let scanner = CoarseScanner(limits: .live)
  private let portable = CoarseScanner(limits: .live, tier: .portable)
  private var neighbours: [[UInt8]] = []

  func feed(_ bytes: [UInt8], _ generator: inout SeededGenerator) throws -> String {
    let alone = outcome(scanner.scan([bytes], into: pool)[0])
    // Now and then beside the inputs before it, on the other tier: the same result.
    if generator.once(in: 4), bytes.count < 1 << 20 {
      let beside = portable.scan([bytes] + neighbours, into: pool)
      let other = outcome(beside[0])
      guard other == alone else { throw BrokenPromise("\(other) beside others, \(alone) alone") }
    }
    if bytes.count < 1 << 16 {
      neighbours.append(bytes)
      if neighbours.count > 5 { neighbours.removeFirst() }
    }
    guard pool.outstandingCount == 0 else { throw BrokenPromise("a slab is still out") }
    switch alone {
    case .refused(let error):
      guard error.byteOffset.map({ (0...bytes.count).contains($0) }) ?? true else {
        throw BrokenPromise("\(error) of \(bytes.count) bytes")
      }
      return error.code.rawValue
    case .scanned(let rows, let damage, _):
      guard rows > 0, damage.map({ (0...bytes.count).contains($0.byteOffset) }) ?? true else {
        throw BrokenPromise("\(rows) rows, \(String(describing: damage)) of \(bytes.count) bytes")
      }
      return damage.map { $0.isTruncated ? "scanned, cut" : "scanned, damaged" } ?? "scanned"
    }
  }

  private enum Outcome: Equatable {
    case scanned(rows: Int, CoarseImage.Damage?, samplesHash: UInt64)
    case refused(ImageError)
  }

  private func outcome(_ result: Result<CoarseImage, ImageError>) -> Outcome {
    switch result {
    case .failure(let error): return .refused(error)
    case .success(let image):
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      for index in PlaneIndex.allCases.prefix(image.frame.format.planeCount) {
        let dc = image.frame.dc(index)!, texture = image.frame.texture(index)!
        let levels = image.frame.levels(index)!
        for y in 0..<dc.heightBlocks {
          for x in 0..<dc.widthBlocks {
            hash = (hash ^ UInt64(UInt16(bitPattern: dc[x, y]))) &* 0x100_0000_01B3
            hash = (hash ^ UInt64(texture[x, y])) &* 0x100_0000_01B3
            hash = (hash ^ UInt64(levels[x, y])) &* 0x100_0000_01B3
          }
        }
      }
      return .scanned(rows: image.frame.completeRows, image.damage, samplesHash: hash)
    }
  }
}
