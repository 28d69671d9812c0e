/// Writes PNG files of every colour type and depth, interlaced or not: what the product's own encoder never makes.
package struct PNGWriting {
  /// Colour types of the PNG specification.
  package enum ColourType: Int, Sendable, CaseIterable {
    case grey = 0
    case rgb = 2
    case palette = 3
    case greyAlpha = 4
    case rgbAlpha = 6

    package var channels: Int {
      switch self {
      case .grey, .palette: 1
      case .greyAlpha: 2
      case .rgb: 3
      case .rgbAlpha: 4
      }
    }

    /// Bits a sample that the specification allows.
    package var depths: [Int] {
      switch self {
      case .grey: [1, 2, 4, 8, 16]
      case .palette: [1, 2, 4, 8]
      default: [8, 16]
      }
    }
  }

  package var width: Int
  package var height: Int
  package var depth: Int
  package var colourType: ColourType
  package var isInterlaced = false
  /// R, G, B of each palette entry.
  package var palette: [UInt8] = []
  /// Content of tRNS; empty for none.
  package var transparency: [UInt8] = []
  /// Chunks between the header and the palette.
  package var extraChunks: [UInt8] = []
  /// Image data go into chunks of at most so many bytes.
  package var dataChunkBytes = Int.max

  package init(width: Int, height: Int, depth: Int, colourType: ColourType) {
    (self.width, self.height, self.depth, self.colourType) = (width, height, depth, colourType)
  }

  package static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// The file whose samples a closure gives, 0 ..< 2^depth each.
  package func bytes(_ sample: (_ x: Int, _ y: Int, _ channel: Int) -> Int) -> [UInt8] {
    bytes(stream: ZlibWriting.stored(scanlines(sample)))
  }

  /// The file around a zlib stream of scanlines.
  package func bytes(stream: [UInt8]) -> [UInt8] {
    var file = Self.signature + header + extraChunks
    if !palette.isEmpty { file += Self.chunk("PLTE", palette) }
    if !transparency.isEmpty { file += Self.chunk("tRNS", transparency) }
    var start = 0
    repeat {
      let end = stream.count - start > dataChunkBytes ? start + dataChunkBytes : stream.count
      file += Self.chunk("IDAT", Array(stream[start..<end]))
      start = end
    } while start < stream.count
    return file + Self.chunk("IEND", [])
  }

  /// The header chunk.
  package var header: [UInt8] {
    Self.chunk(
      "IHDR",
      Self.bigEndian(width) + Self.bigEndian(height)
        + [UInt8(depth), UInt8(colourType.rawValue), 0, 0, isInterlaced ? 1 : 0])
  }

  /// First column and row of each pass that has any, and the steps to the next ones.
  private var passes: [(left: Int, top: Int, across: Int, down: Int)] {
    let all = [
      (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2),
    ]
    return isInterlaced ? all.filter { $0.0 < width && $0.1 < height } : [(0, 0, 1, 1)]
  }

  /// Bytes of each line of the uncompressed data, filter byte included.
  package var lineBytes: [Int] {
    passes.flatMap { pass in
      let samples = (width - pass.left + pass.across - 1) / pass.across * colourType.channels
      let rows = (height - pass.top + pass.down - 1) / pass.down
      return [Int](repeating: 1 + (samples * depth + 7) / 8, count: rows)
    }
  }

  /// Rows with their filter byte 0, pass after pass where the picture is interlaced.
  package func scanlines(_ sample: (_ x: Int, _ y: Int, _ channel: Int) -> Int) -> [UInt8] {
    var lines: [UInt8] = []
    for (left, top, across, down) in passes {
      for y in stride(from: top, to: height, by: down) {
        lines.append(0)
        var (packed, free) = (0, 8)
        for x in stride(from: left, to: width, by: across) {
          for channel in 0..<colourType.channels {
            let value = sample(x, y, channel)
            if depth == 16 {
              lines += [UInt8(value >> 8), UInt8(value & 0xFF)]
            } else {
              free -= depth
              packed |= value << free
              if free == 0 {
                lines.append(UInt8(packed))
                (packed, free) = (0, 8)
              }
            }
          }
        }
        if free < 8 { lines.append(UInt8(packed)) }
      }
    }
    return lines
  }

  /// A chunk with its length and checksum.
  package static func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
    let content = Array(name.utf8) + body
    return bigEndian(body.count) + content + bigEndian(Int(checksum(content[...])))
  }

  /// CRC-32 as PNG defines it.
  package static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    var sum = UInt32.max
    for byte in bytes { sum = sum >> 8 ^ checksumTable[Int((sum ^ UInt32(byte)) & 0xFF)] }
    return ~sum
  }

  private static let checksumTable: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
  }

  package static func bigEndian(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}
