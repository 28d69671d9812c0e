import Foundation
import FrameMemory
import ImageCodecs
import InspectionModel
import PixelKernels

/// Compares the coarse scanner with libjpeg's coefficients on the JPEG files of folders: every DC coefficient and
/// every block's AC bits, side by side with up to five other files and alone, on every tier.
///
/// `CoarseComparison FOLDER…` prints one line a difference and a summary; exit 1 where there is any.
@main
struct CoarseComparison {
  private var counts: [String: Int] = [:]
  private var differences = 0
  private let pool = FramePool(slabCount: 16, slabBytes: 64 << 20)
  private let scanners = [KernelTier.portable, .best].map { CoarseScanner(limits: .recorded, tier: $0) }

  static func main() throws {
    var comparison = CoarseComparison()
    for folder in CommandLine.arguments.dropFirst() { try comparison.compare(folder: folder) }
    for (word, count) in comparison.counts.sorted(by: { $0.key < $1.key }) { print("\(count) \(word)") }
    print("\(comparison.differences) pictures differ")
    exit(comparison.differences == 0 ? 0 : 1)
  }

  private mutating func compare(folder: String) throws {
    let root = URL(filePath: folder, directoryHint: .isDirectory)
    guard let items = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil) else {
      throw CocoaError(.fileReadNoSuchFile)
    }
    let files = items.compactMap { $0 as? URL }
      .filter { ["jpg", "jpeg"].contains($0.pathExtension.lowercased()) }.sorted { $0.path < $1.path }
    var batch: [(name: String, bytes: [UInt8])] = []
    for file in files {
      batch.append((file.path, [UInt8](try Data(contentsOf: file))))
      if batch.count == 8 { compare(&batch) }
    }
    compare(&batch)
  }

  /// Eight at a time: six in lockstep where they are alike, and two that are left over.
  private mutating func compare(_ batch: inout [(name: String, bytes: [UInt8])]) {
    defer { batch.removeAll() }
    let pictures = batch.map(\.bytes)
    for scanner in scanners {
      let together = scanner.scan(pictures, into: pool)
      for (result, picture) in zip(together, batch) {
        let kind = Kind(picture.bytes)
        let reference = Self.result { () throws(ImageError) in
          try scanner.readCoefficients(
            picture.bytes, into: pool, texture: kind == .sequential ? .ownTables : .standard)
        }
        note(Self.comparison(result, reference, kind), picture.name, scanner.kernelTier)
        let alone = Self.result { () throws(ImageError) in try scanner.scan(picture.bytes, into: pool) }
        if Self.digest(alone) != Self.digest(result) {
          note("differs alone", picture.name, scanner.kernelTier)
        }
      }
    }
  }

  /// What can be compared of a file, by the markers in it.
  private enum Kind: String {
    /// One Huffman-coded scan.
    case sequential
    /// A scan for each component, each with tables of its own: libjpeg remembers the last ones only, so their texture
    /// has no reference.
    case severalScans = "several scans"
    /// Progressive or arithmetic coding.
    case other = "by libjpeg"

    init(_ bytes: [UInt8]) {
      let markers = zip(bytes, bytes.dropFirst()).filter { $0.0 == 0xFF }.map(\.1)
      let isSequential = !markers.contains { [0xC2, 0xC9, 0xCA].contains($0) }
      let scanCount = markers.count { $0 == 0xDA }
      self = !isSequential ? .other : scanCount > 1 ? .severalScans : .sequential
    }
  }

  private mutating func note(_ word: String, _ name: String, _ tier: KernelTier) {
    counts["\(tier) \(word)", default: 0] += 1
    guard word.hasPrefix("differs") else { return }
    differences += 1
    print("\(name): \(word)")
  }

  private static func result(
    _ body: () throws(ImageError) -> CoarseImage
  ) -> Result<CoarseImage, ImageError> {
    do throws(ImageError) { return .success(try body()) } catch { return .failure(error) }
  }

  private static func comparison(
    _ scan: Result<CoarseImage, ImageError>, _ reference: Result<CoarseImage, ImageError>, _ kind: Kind
  ) -> String {
    switch (scan, reference) {
    case (.failure(let one), .failure(let other)): return "refused by both: \(one.code), \(other.code)"
    case (.failure(let error), .success): return "differs: refused with \(error), read by libjpeg"
    case (.success, .failure(let error)): return "differs: read, refused by libjpeg with \(error)"
    case (.success(let one), .success(let other)):
      if one.frame.format != other.frame.format { return "differs in format" }
      if (one.damage == nil) != (other.damage == nil) {
        return "differs in damage: \(one.damage?.message ?? "none"), \(other.damage?.message ?? "none")"
      }
      if one.damage != nil { return "damaged for both" }
      if one.frame.quantizers != other.frame.quantizers { return "differs in quantisers" }
      for index in PlaneIndex.allCases.prefix(one.frame.format.planeCount) {
        if let place = firstDifference(one.frame.dc(index)!, other.frame.dc(index)!) {
          return "differs in DC of \(index) at \(place)"
        }
        if kind != .severalScans,
          let place = firstDifference(one.frame.texture(index)!, other.frame.texture(index)!)
        {
          return "differs in texture of \(index) at \(place)"
        }
      }
      return "equal, \(kind.rawValue), \(one.info.chroma)"
    }
  }

  private static func firstDifference<Value>(_ one: BlockView<Value>, _ other: BlockView<Value>) -> String? {
    for y in 0..<one.heightBlocks {
      for x in 0..<one.widthBlocks where one[x, y] != other[x, y] {
        return "\(x), \(y): \(one[x, y]) for \(other[x, y])"
      }
    }
    return nil
  }

  /// A hash of all planes, or the refusal's text.
  private static func digest(_ result: Result<CoarseImage, ImageError>) -> String {
    switch result {
    case .failure(let error): return error.description
    case .success(let image):
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      for index in PlaneIndex.allCases.prefix(image.frame.format.planeCount) {
        let dc = image.frame.dc(index)!, texture = image.frame.texture(index)!
        for y in 0..<dc.heightBlocks {
          for x in 0..<dc.widthBlocks {
            hash = (hash ^ UInt64(UInt16(bitPattern: dc[x, y]))) &* 0x100_0000_01B3
            hash = (hash ^ UInt64(texture[x, y])) &* 0x100_0000_01B3
          }
        }
      }
      return "\(hash) \(image.frame.completeRows) \(image.damage?.message ?? "")"
    }
  }
}
