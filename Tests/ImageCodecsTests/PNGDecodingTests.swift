import FrameMemory
import ImageCodecs
import TestSupport
import Testing

/// Every colour type and depth of PNG against arithmetic from the specification.
@Suite struct PNGDecodingTests {
  private let pool = FramePool(slabCount: 4, slabBytes: 1 << 20)
  private static let background = RGBColor(red: 200, green: 40, blue: 90)
  private let decoder = ImageDecoder(limits: .live, background: background)

  /// A colour type with one of its depths.
  struct Kind: Sendable, CustomTestStringConvertible {
    let type: PNGWriting.ColourType
    let depth: Int
    var testDescription: String { "\(type) of \(depth) bits" }
  }

  static let kinds = PNGWriting.ColourType.allCases.flatMap { type in
    type.depths.map { Kind(type: type, depth: $0) }
  }

  /// A random picture with what it has to become: R, G, B and alpha of each pixel, or grey and alpha.
  private struct Picture {
    var writing: PNGWriting
    var samples: [[Int]] = []

    init(_ kind: Kind, _ width: Int, _ height: Int, _ generator: inout SeededGenerator) {
      writing = PNGWriting(width: width, height: height, depth: kind.depth, colourType: kind.type)
      if kind.type == .palette {
        writing.palette = (0..<3 << kind.depth).map { _ in UInt8.random(in: 0...255, using: &generator) }
      }
      for _ in 0..<width * height {
        samples.append(
          (0..<kind.type.channels).map { _ in Int.random(in: 0..<1 << kind.depth, using: &generator) })
      }
    }

    var bytes: [UInt8] { writing.bytes { x, y, channel in samples[y * writing.width + x][channel] } }

    /// A sample with 8 bits, rounded to nearest.
    private func scaled(_ value: Int) -> Int {
      let most = (1 << writing.depth) - 1
      return (value * 255 * 2 + most) / (2 * most)
    }

    /// The planes that the pixel has to become.
    func expected(_ x: Int, _ y: Int) -> [UInt8] {
      let pixel = samples[y * writing.width + x]
      let under = PNGDecodingTests.background
      func over(_ value: Int, _ alpha: Int, _ ground: UInt8) -> UInt8 {
        UInt8((value * alpha + Int(ground) * (255 - alpha) + 127) / 255)
      }
      switch writing.colourType {
      case .grey:
        let isClear =
          writing.transparency.count == 2
          && Int(writing.transparency[0]) << 8 | Int(writing.transparency[1]) == pixel[0]
        return [over(scaled(pixel[0]), isClear ? 0 : 255, under.ycbcr.luma)]
      case .greyAlpha: return [over(scaled(pixel[0]), scaled(pixel[1]), under.ycbcr.luma)]
      default:
        var (color, alpha) = (pixel.prefix(3).map(scaled), pixel.count == 4 ? scaled(pixel[3]) : 255)
        if writing.colourType == .palette {
          color = (0..<3).map { Int(writing.palette[pixel[0] * 3 + $0]) }
          if pixel[0] < writing.transparency.count { alpha = Int(writing.transparency[pixel[0]]) }
        } else if writing.transparency.count == 6 {
          let clear = (0..<3).map {
            Int(writing.transparency[$0 * 2]) << 8 | Int(writing.transparency[$0 * 2 + 1])
          }
          if clear == Array(pixel.prefix(3)) { alpha = 0 }
        }
        let shown = RGBColor(
          red: over(color[0], alpha, under.red), green: over(color[1], alpha, under.green),
          blue: over(color[2], alpha, under.blue))
        return shown.samples
      }
    }
  }

  private func expectEqual(_ picture: Picture, _ note: String) throws {
    let image = try decoder.decode(picture.bytes, into: pool)
    #expect(!image.isTruncated && image.warningCount == 0, "\(note)")
    #expect(image.completeRows == picture.writing.height)
    #expect(image.info.bitDepth == picture.writing.depth)
    #expect(image.info.isProgressive == picture.writing.isInterlaced)
    #expect(
      image.info.hasAlpha
        == (picture.writing.colourType.channels % 2 == 0 || !picture.writing.transparency.isEmpty))
    for y in 0..<picture.writing.height {
      for x in 0..<picture.writing.width {
        #expect(PictureBuilding.pixel(image.frame, x, y) == picture.expected(x, y), "\(note): \(x), \(y)")
      }
    }
  }

  @Test(arguments: kinds)
  func samplesEqualTheSpecification(kind: Kind) throws {
    var generator = SeededGenerator(seed: 17)
    for (width, height) in [(1, 1), (2, 3), (7, 5), (9, 9), (17, 2)] {
      for isInterlaced in [false, true] {
        var picture = Picture(kind, width, height, &generator)
        picture.writing.isInterlaced = isInterlaced
        picture.writing.dataChunkBytes = 5
        try expectEqual(picture, "\(width) x \(height), interlaced \(isInterlaced)")
      }
    }
  }

  @Test(arguments: kinds.filter { $0.type.channels % 2 == 1 })
  func transparentColoursShowTheBackground(kind: Kind) throws {
    var generator = SeededGenerator(seed: 23)
    var picture = Picture(kind, 9, 7, &generator)
    let pixel = picture.samples[30]
    picture.writing.transparency =
      kind.type == .palette
      ? (0..<1 << kind.depth).map { _ in UInt8.random(in: 0...255, using: &generator) }
      : pixel.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    try expectEqual(picture, "\(kind)")
    // A palette's table of alphas may be shorter than the palette.
    if kind.type == .palette {
      picture.writing.transparency.removeLast()
      try expectEqual(picture, "\(kind), one alpha less")
    }
  }

  /// Each scaled sample is the mean of its box, boxes cut at the edges.
  @Test(arguments: [DecodeScale.half, .quarter, .eighth])
  func scaledSamplesAreMeans(scale: DecodeScale) throws {
    var generator = SeededGenerator(seed: 29)
    for kind in Self.kinds where kind.depth == 8 {
      for (width, height) in [(1, 1), (8, 8), (19, 13), (33, 7)] {
        let bytes = Picture(kind, width, height, &generator).bytes
        let full = try decoder.decode(bytes, into: pool).frame
        let image = try decoder.decode(bytes, into: pool, scale: scale)
        #expect(image.frame.format == image.info.frameFormat(scale: scale))
        #expect(image.completeRows == image.frame.heightPixels)
        let size = scale.rawValue
        for index in PlaneIndex.allCases.prefix(full.format.planeCount) {
          let (source, target) = (full.plane(index)!, image.frame.plane(index)!)
          for y in 0..<target.heightPixels {
            for x in 0..<target.widthPixels {
              var (sum, count) = (0, 0)
              for v in y * size..<min(height, (y + 1) * size) {
                for u in x * size..<min(width, (x + 1) * size) {
                  sum += Int(source[u, v])
                  count += 1
                }
              }
              #expect(Int(target[x, y]) == (2 * sum + count) / (2 * count), "\(kind) \(x), \(y)")
            }
          }
        }
      }
    }
  }

  @Test func anyContradictionIsCorrupt() throws {
    var picture = PNGWriting(width: 6, height: 4, depth: 8, colourType: .grey)
    let bytes = picture.bytes { x, y, _ in x * 40 + y }
    let tag = 8 + 25 + 8
    var wrongSum = bytes
    wrongSum[tag + 3] ^= 1
    picture.depth = 3
    var lines = PNGWriting(width: 6, height: 4, depth: 8, colourType: .grey).scanlines { _, _, _ in 0 }
    lines[7] = 9  // no such filter
    let noFilter = PNGWriting(width: 6, height: 4, depth: 8, colourType: .grey)
      .bytes(stream: ZlibWriting.stored(lines))
    let noPalette = PNGWriting(width: 6, height: 4, depth: 8, colourType: .palette).bytes { _, _, _ in 0 }
    for (file, name) in [
      (wrongSum, "checksum"), (picture.bytes(stream: []), "depth"), (noFilter, "filter"),
      (noPalette, "palette"),
    ] {
      let error = #expect(throws: ImageError.self, "\(name)") { try decoder.decode(file, into: pool) }
      #expect(error?.code == .corrupt, "\(name): \(String(describing: error))")
    }
    #expect(pool.outstandingCount == 0)
  }

  @Test func chunksThatDoNotMatterAreNotRead() throws {
    var picture = PNGWriting(width: 3, height: 2, depth: 8, colourType: .grey)
    let bomb = Array("Comment\0\0".utf8) + ZlibWriting.zeros(100_000_000)
    picture.extraChunks = PNGWriting.chunk("zTXt", bomb) + PNGWriting.chunk("tEXt", Array("a\0b".utf8))
    picture.extraChunks += PNGWriting.chunk("iCCP", Array("x\0\0".utf8) + ZlibWriting.zeros(50_000_000))
    picture.extraChunks += PNGWriting.chunk("unKn", [1, 2, 3])
    let image = try decoder.decode(picture.bytes { x, y, _ in x + y }, into: pool)
    #expect(PictureBuilding.samples(image.frame, .luma) == [0, 1, 2, 1, 2, 3] && image.warningCount == 0)
  }
}
