import FrameMemory
import ImageCodecs
import TestSupport

/// Damaged PNG files: every colour type and depth, edited by chunk, by scanline, inside the compressed stream and by
/// byte; checksums are repaired in most of them, so that the damage reaches what lies behind.
struct PNGInputs: HostileInputs {
  private let seeds: [Seed]
  private let reader = PictureFeed()

  private struct Seed {
    var writing: PNGWriting
    var lines: [UInt8]
  }

  private struct Chunk {
    var name: String
    var body: [UInt8]
  }

  init(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var seeds: [Seed] = []
    for type in PNGWriting.ColourType.allCases {
      for depth in type.depths {
        for (width, height) in [(19, 13), (5, 40), (64, 3)] {
          for isInterlaced in [false, true] {
            var writing = PNGWriting(width: width, height: height, depth: depth, colourType: type)
            writing.isInterlaced = isInterlaced
            if type == .palette {
              writing.palette = (0..<3 << depth).map { UInt8(truncatingIfNeeded: $0 * 37) }
            }
            if type.channels % 2 == 1, generator.once(in: 2) {
              writing.transparency =
                type == .palette ? [0, 128] : [UInt8](repeating: 0, count: type.channels * 2)
            }
            let lines = writing.scanlines { _, _, _ in generator.below(1 << depth) }
            seeds.append(Seed(writing: writing, lines: lines))
          }
        }
      }
    }
    self.seeds = seeds
  }

  func input(_ generator: inout SeededGenerator) -> [UInt8] {
    if generator.once(in: 2000) { return largest(&generator) }
    var seed = seeds[generator.below(seeds.count)]
    if generator.once(in: 2) { setFilters(&seed, &generator) }
    if generator.once(in: 4) { seed.lines.damage(&generator) }
    var stream = ZlibWriting.stored(seed.lines)
    if generator.once(in: 6) { stream.damage(&generator) }
    if generator.once(in: 30) { stream = ZlibWriting.zeros(1 << generator.below(26)) }
    if generator.once(in: 3) { seed.writing.dataChunkBytes = 1 + generator.below(40) }
    var chunks = chunks(of: seed.writing.bytes(stream: stream))
    // Each kind of damage is often alone: most of what breaks a file's outside hides what lies inside.
    for _ in 0..<[0, 0, 0, 0, 1, 2][generator.below(6)] { edit(&chunks, &generator) }
    var bytes = PNGWriting.signature + chunks.flatMap { PNGWriting.chunk($0.name, $0.body) }
    let damages = [0, 0, 0, 1, 2][generator.below(5)]
    // The header's 25 bytes are mostly left alone: damage there ends the reading at once.
    for _ in 0..<damages { bytes.damage(from: generator.once(in: 4) ? 8 : 33, &generator) }
    if damages > 0, generator.below(10) < 7 { repairChecksums(&bytes) }
    if generator.once(in: 6) { bytes.cut(&generator) }
    return bytes
  }

  func feed(_ bytes: [UInt8], _ generator: inout SeededGenerator) throws -> String {
    try reader.feed(bytes, &generator)
  }

  /// The most pixels that the limits allow, from a few bytes.
  private func largest(_ generator: inout SeededGenerator) -> [UInt8] {
    let type = PNGWriting.ColourType.allCases[generator.below(5)]
    let (width, height) = [(4096, 4096), (8192, 2048), (2048, 8192)][generator.below(3)]
    var writing = PNGWriting(width: width, height: height, depth: type.depths.last!, colourType: type)
    writing.isInterlaced = generator.once(in: 2)
    if type == .palette { writing.palette = [1, 2, 3] }
    return writing.bytes(stream: ZlibWriting.zeros(writing.lineBytes.reduce(0, +)))
  }

  /// Filter bytes of every kind; now and then one that is none.
  private func setFilters(_ seed: inout Seed, _ generator: inout SeededGenerator) {
    let kinds = generator.once(in: 10) ? 6 : 5
    var place = 0
    for bytes in seed.writing.lineBytes where place < seed.lines.count {
      seed.lines[place] = UInt8(generator.below(kinds))
      place += bytes
    }
  }

  private func chunks(of file: [UInt8]) -> [Chunk] {
    var chunks: [Chunk] = []
    var position = 8
    while position + 12 <= file.count {
      let length = file[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
      let name = String(decoding: file[position + 4..<position + 8], as: UTF8.self)
      chunks.append(Chunk(name: name, body: Array(file[position + 8..<position + 8 + length])))
      position += 12 + length
    }
    return chunks
  }

  /// One edit of a chunk or of the order of chunks.
  private func edit(_ chunks: inout [Chunk], _ generator: inout SeededGenerator) {
    guard !chunks.isEmpty else { return }
    let place = generator.once(in: 8) ? 0 : generator.below(chunks.count)
    switch generator.below(12) {
    case 0, 1: editHeader(&chunks[0].body, &generator)
    case 2: chunks.remove(at: place)
    case 3: chunks.insert(chunks[place], at: generator.below(chunks.count))
    case 4: chunks.swapAt(place, generator.below(chunks.count))
    case 5:
      chunks[place].name = [
        "IDAT", "IEND", "PLTE", "tRNS", "IHDR", "gAMA", "sBIT", "bKGD", "abcd", "ABCD", "\0\0\0\0",
      ]
      .randomElement(using: &generator)!
    case 6: chunks[place].body.damage(&generator)
    case 7: chunks[place].body = []
    case 8:
      let entries = [0, 1, 2, 16, 255, 256, 257, 300][generator.below(8)]
      chunks.insert(
        Chunk(name: "PLTE", body: [UInt8](repeating: 7, count: entries * 3 + generator.below(2))), at: place)
    case 9:
      chunks.insert(Chunk(name: "tRNS", body: [UInt8](repeating: 9, count: generator.below(300))), at: place)
    case 10: chunks.insert(bomb(&generator), at: place)
    default:
      let tail = [Chunk(name: "tEXt", body: Array("a\0b".utf8)), Chunk(name: "IDAT", body: [1, 2, 3])]
      chunks.append(tail[generator.below(2)])
    }
  }

  private func editHeader(_ header: inout [UInt8], _ generator: inout SeededGenerator) {
    guard header.count == 13 else { return }
    switch generator.below(4) {
    case 0:
      let side = generator.once(in: 2) ? generator.edgeNumber() : UInt32(1 + generator.below(100))
      header.put(side, bytes: 4, at: generator.once(in: 2) ? 0 : 4, &generator)
    case 1: header[8] = [1, 2, 4, 8, 16, 0, 3, 32, 255].randomElement(using: &generator)!
    case 2: header[9] = UInt8(generator.below(8))
    default: header[10 + generator.below(3)] = UInt8(generator.below(3))
    }
  }

  /// Text or a profile that swells a thousandfold.
  private func bomb(_ generator: inout SeededGenerator) -> Chunk {
    let size = 1 << (10 + generator.below(15))
    switch generator.below(3) {
    case 0: return Chunk(name: "zTXt", body: Array("a\0\0".utf8) + ZlibWriting.zeros(size))
    case 1: return Chunk(name: "iCCP", body: Array("a\0\0".utf8) + ZlibWriting.zeros(size))
    default:
      return Chunk(name: "iTXt", body: Array("XML:com.adobe.xmp\0\u{1}\0\0\0".utf8) + ZlibWriting.zeros(size))
    }
  }

  /// Writes the right sum behind every chunk whose length still fits.
  private func repairChecksums(_ bytes: inout [UInt8]) {
    var position = 8
    while position + 12 <= bytes.count {
      let length = bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
      let end = position + 8 + length
      guard end + 4 <= bytes.count else { return }
      let sum = PNGWriting.bigEndian(Int(PNGWriting.checksum(bytes[position + 4..<end])))
      bytes.replaceSubrange(end..<end + 4, with: sum)
      position = end + 4
    }
  }
}
