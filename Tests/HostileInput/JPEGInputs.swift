import FrameMemory
import ImageCodecs
import TestSupport

/// Damaged JPEG files: seeds of the product's own encoder, edited by segment and by byte.
struct JPEGInputs: HostileInputs {
  private let seeds: [(segments: [[UInt8]], scans: [UInt8])]
  private let reader = PictureFeed()

  init(seed: UInt64) throws {
    let pool = FramePool(slabCount: 1, slabBytes: 1 << 20)
    var generator = SeededGenerator(seed: seed)
    var seeds: [[UInt8]] = []
    let tags = [
      ImageEncoder.Segment.exif(tiff: TIFFBuilding(main: [(0x0112, .short([6]))]).bytes()),
      .xmp("<x:xmpmeta/>"),
    ]
    for chroma: ChromaLayout in [
      .grey, .ycbcr420, .ycbcr422, .ycbcr444, .ycbcr(horizontal: 1, vertical: 2),
      .ycbcr(horizontal: 4, vertical: 1),
    ] {
      for (width, height) in [(61, 47), (8, 8), (130, 33)] {
        let format = FrameFormat(widthPixels: width, heightPixels: height, chroma: chroma)
        guard var writer = pool.makeWriter(format) else { throw BrokenPromise("no slab for a seed") }
        for plane in PlaneIndex.allCases.prefix(format.planeCount) {
          writer.fill(plane) { x, y in UInt8(truncatingIfNeeded: x * 3 + y + Int(generator.next() % 9)) }
        }
        let frame = writer.seal()
        seeds.append(try ImageEncoder().jpeg(frame, segments: tags))
        seeds.append(try ImageEncoder(quality: 95, isProgressive: true).jpeg(frame))
        seeds.append(try ImageEncoder(restartRows: 1).jpeg(frame))
      }
    }
    self.seeds = seeds.map(JPEGWriting.parts)
  }

  func input(_ generator: inout SeededGenerator) -> [UInt8] {
    if generator.once(in: 40) { return scanBomb(&generator) }
    var (segments, scans) = seeds[generator.below(seeds.count)]
    for _ in 0..<generator.below(3) { edit(&segments, &scans, &generator) }
    var bytes = JPEGWriting.startOfImage + segments.joined() + scans
    // The first three bytes stay, so that the decoder is reached.
    for _ in 0..<generator.below(4) { bytes.damage(from: 3, &generator) }
    if generator.once(in: 5) { bytes.cut(&generator) }
    return bytes
  }

  func feed(_ bytes: [UInt8], _ generator: inout SeededGenerator) throws -> String {
    try reader.feed(bytes, &generator)
  }

  /// One edit of whole segments or of a field that is known to matter.
  private func edit(_ segments: inout [[UInt8]], _ scans: inout [UInt8], _ generator: inout SeededGenerator) {
    let other = seeds[generator.below(seeds.count)]
    let place = generator.below(segments.count)
    switch generator.below(15) {
    case 0...3: editFrameHeader(&segments, &generator)
    case 4: segments[place].put(generator.edgeNumber(), bytes: 2, at: 2, &generator)
    case 5: segments.remove(at: place)
    case 6: segments.insert(segments[place], at: generator.below(segments.count))
    case 7: segments.swapAt(place, generator.below(segments.count))
    case 8: segments[place] = other.segments[generator.below(other.segments.count)]
    case 9: scans = other.scans
    case 10:
      for index in segments.indices where [0xC4, 0xDB].contains(segments[index][1]) {
        segments[index].damage(from: 4, &generator)
      }
    case 11:
      let interval = UInt8(truncatingIfNeeded: generator.next())
      segments.append(JPEGWriting.segment(0xDD, [generator.once(in: 2) ? 0 : interval, interval]))
    case 12: segments.insert(JPEGWriting.adobe(transform: UInt8(generator.below(4))), at: place)
    case 13:
      // Scan after scan after scan.
      let scan = scans.dropLast(2)
      scans = [UInt8]([ArraySlice<UInt8>](repeating: scan, count: 2 + generator.below(80)).joined())
    default:
      let marker = [UInt8(0x00), 0xD0, 0xD3, 0xD7, 0xD9, 0xC4, 0xDA, 0xDC, 0xFF].randomElement(
        using: &generator)!
      scans.insert(contentsOf: [0xFF, marker], at: generator.below(scans.count))
    }
    if segments.isEmpty { segments = other.segments }
  }

  /// Size, precision, components, sampling, tables or kind of the start-of-frame segment.
  private func editFrameHeader(_ segments: inout [[UInt8]], _ generator: inout SeededGenerator) {
    guard let index = segments.firstIndex(where: { (0xC0...0xC2).contains($0[1]) && $0.count > 11 }) else {
      return
    }
    switch generator.below(5) {
    case 0:
      // A side that the data nearly fill, or one that they do not.
      let side = generator.once(in: 2) ? generator.edgeNumber() : UInt32(1 + generator.below(400))
      segments[index].put(side, bytes: 2, at: generator.once(in: 2) ? 5 : 7, &generator)
    case 1: segments[index][4] = UInt8(generator.below(17))
    case 2: segments[index][9] = UInt8(generator.below(6))
    case 3: segments[index][1] = UInt8(0xC0 + generator.below(16))
    default:
      let component = generator.below((segments[index].count - 10) / 3)
      let field = 10 + component * 3 + generator.below(3)
      segments[index][field] = [0x11, 0x21, 0x22, 0x12, 0x41, 0x44, 0x14, 0x00, 0x31, 0xFF, 1, 2, 3]
        .randomElement(using: &generator)!
    }
  }

  /// A progressive picture of many scans, as large as its bytes allow.
  private func scanBomb(_ generator: inout SeededGenerator) -> [UInt8] {
    let side = [16, 64, 400, 1000, 2000][generator.below(5)]
    let blocks = (side + 7) / 8 * ((side + 7) / 8)
    var bytes =
      JPEGWriting.startOfImage + JPEGWriting.flatQuantisation + JPEGWriting.huffman(tableClass: 0, 0, 1)
      + JPEGWriting.huffman(tableClass: 1, [0x00, 0xE0, 0xF0, 0x11].randomElement(using: &generator)!, 1)
      + JPEGWriting.frameHeader(0xC2, width: side, height: side)
    for scan in 0..<1 + generator.below(generator.once(in: 3) ? 400 : 30) {
      let spectral: ClosedRange<UInt8> = scan == 0 || generator.once(in: 3) ? 0...0 : 1...63
      bytes += JPEGWriting.scanHeader(components: 1, spectral: spectral, bits: UInt8(generator.below(14)))
      bytes += [UInt8](
        repeating: generator.once(in: 4) ? 0x55 : 0, count: scan == 0 ? blocks / 8 + 1 : generator.below(64))
    }
    return bytes + JPEGWriting.endOfImage
  }
}
