import FrameMemory
import ImageCodecs
import InspectionModel
import TestSupport
import Testing

/// JPEG in every form that cameras write, and clear words about the forms that are not read.
@Suite struct JPEGDecodingTests {
  private let pool = FramePool(slabCount: 6, slabBytes: 1 << 20)
  private let decoder = ImageDecoder(limits: .live)

  static let layouts: [ChromaLayout] = [
    .grey, .ycbcr420, .ycbcr422, .ycbcr444, .ycbcr(horizontal: 1, vertical: 2),
    .ycbcr(horizontal: 4, vertical: 1), .ycbcr(horizontal: 4, vertical: 2),
    .ycbcr(horizontal: 2, vertical: 4),
  ]

  private func decode(_ bytes: [UInt8], scale: DecodeScale = .full) throws -> DecodedImage {
    let image = try decoder.decode(bytes, into: pool, scale: scale)
    #expect(!image.isTruncated && image.warningCount == 0)
    return image
  }

  /// Progressive coding and restart markers store the same coefficients in another order: the same pixels.
  @Test(arguments: layouts)
  func progressiveAndRestartsGiveTheSamePixels(chroma: ChromaLayout) throws {
    for (width, height) in [(1, 1), (8, 8), (17, 9), (35, 41), (64, 48)] {
      let frame = try PictureBuilding.noise(width, height, chroma, in: pool, seed: 1)
      let plain = try decode(ImageEncoder(quality: 70).jpeg(frame))
      for encoder in [
        ImageEncoder(quality: 70, isProgressive: true), ImageEncoder(quality: 70, restartRows: 1),
        ImageEncoder(quality: 70, isProgressive: true, restartRows: 2),
      ] {
        let other = try decode(encoder.jpeg(frame))
        #expect(other.info.isProgressive == encoder.isProgressive)
        #expect(other.frame.format == frame.format)
        #expect(
          PictureBuilding.samples(plain.frame) == PictureBuilding.samples(other.frame),
          "\(width) x \(height) \(encoder)")
      }
    }
  }

  /// Blocks of one value have no detail that a smaller transform could drop: every scale gives that value.
  @Test(arguments: layouts)
  func scaledDecodingKeepsFlatBlocks(chroma: ChromaLayout) throws {
    var cell = (across: 1, down: 1)
    if case .ycbcr(let across, let down) = chroma { cell = (across, down) }
    var generator = SeededGenerator(seed: 4)
    let values = (0..<300).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let frame = try PictureBuilding.frame(96, 64, chroma, in: pool) { plane, x, y in
      let size = plane == .luma ? (8 * cell.across, 8 * cell.down) : (8, 8)
      return values[plane.rawValue * 100 + y / size.1 * 12 + x / size.0]
    }
    let bytes = try ImageEncoder(quality: 100).jpeg(frame)
    let full = try decode(bytes).frame
    for scale in DecodeScale.allCases {
      let reduced = try decode(bytes, scale: scale).frame
      for index in PlaneIndex.allCases.prefix(full.format.planeCount) {
        let (source, target) = (full.plane(index)!, reduced.plane(index)!)
        for y in 0..<target.heightPixels {
          for x in 0..<target.widthPixels {
            let expected = source[x * scale.rawValue, y * scale.rawValue]
            #expect(target[x, y] == expected, "\(scale) \(index) \(x), \(y)")
          }
        }
      }
    }
  }

  /// On a ramp the smaller transforms stay within two levels of the box's mean, odd sizes included.
  @Test(arguments: layouts, [DecodeScale.half, .quarter, .eighth])
  func scaledDecodingIsNearTheMean(chroma: ChromaLayout, scale: DecodeScale) throws {
    let frame = try PictureBuilding.frame(61, 43, chroma, in: pool) { _, x, y in UInt8(40 + 2 * x + y) }
    let bytes = try ImageEncoder(quality: 100).jpeg(frame)
    let (full, reduced) = (try decode(bytes).frame, try decode(bytes, scale: scale).frame)
    let size = scale.rawValue
    for index in PlaneIndex.allCases.prefix(full.format.planeCount) {
      let (source, target) = (full.plane(index)!, reduced.plane(index)!)
      // At the right and lower edge a block holds samples that lie outside the picture.
      for y in 0..<source.heightPixels / size {
        for x in 0..<source.widthPixels / size where x < target.widthPixels && y < target.heightPixels {
          var sum = 0
          for v in 0..<size { for u in 0..<size { sum += Int(source[x * size + u, y * size + v]) } }
          #expect(abs(Int(target[x, y]) - sum / (size * size)) <= 2, "\(index) \(x), \(y)")
        }
      }
    }
  }

  /// A grey picture may state any sampling factor: with one component it means nothing.
  @Test func greyWithSamplingFactorsIsGrey() throws {
    let frame = try PictureBuilding.noise(37, 29, .grey, in: pool, seed: 2)
    let bytes = try ImageEncoder().jpeg(frame)
    let plain = try PictureBuilding.samples(decode(bytes).frame)
    for factors in [UInt8(0x22), 0x21, 0x12, 0x41, 0x44] {
      let changed = JPEGWriting.changing(bytes) { segments in
        segments.map { segment in
          var segment = segment
          if segment[1] == 0xC0 { segment[11] = factors }
          return segment
        }
      }
      for scale in DecodeScale.allCases {
        let image = try decode(changed, scale: scale)
        #expect(image.frame.format == image.info.frameFormat(scale: scale))
        if scale == .full { #expect(PictureBuilding.samples(image.frame) == plain, "\(factors)") }
      }
    }
  }

  /// Files that store R, G, B are converted with the coefficients of libjpeg.
  @Test func redGreenBlueIsConverted() throws {
    let frame = try PictureBuilding.noise(24, 19, .ycbcr444, in: pool, seed: 3)
    let bytes = try ImageEncoder(quality: 90).jpeg(frame)
    let coded = try decode(bytes).frame
    // Without JFIF's header Adobe's word counts.
    let changed = JPEGWriting.changing(bytes) { segments in
      [JPEGWriting.adobe(transform: 0)] + segments.filter { $0[1] != 0xE0 }
    }
    let image = try decode(changed)
    #expect(image.info.chroma == .ycbcr444)
    for y in 0..<19 {
      for x in 0..<24 {
        let stored = PictureBuilding.pixel(coded, x, y)
        let color = RGBColor(red: stored[0], green: stored[1], blue: stored[2])
        #expect(PictureBuilding.pixel(image.frame, x, y) == color.samples, "\(x), \(y)")
      }
    }
  }

  @Test func formsThatAreNotReadAreNamed() throws {
    let tables =
      JPEGWriting.flatQuantisation + JPEGWriting.huffman(tableClass: 0, 0, 1)
      + JPEGWriting.huffman(tableClass: 1, 0, 1)
    func file(_ header: [UInt8], components: Int, adobe: UInt8? = nil) -> [UInt8] {
      let marker = adobe.map { JPEGWriting.adobe(transform: $0) } ?? []
      return JPEGWriting.startOfImage + marker + tables + header
        + JPEGWriting.scanHeader(components: components)
        + [UInt8](repeating: 0, count: 100) + JPEGWriting.endOfImage
    }
    func header(marker: UInt8 = 0xC0, precision: UInt8 = 8, _ factors: UInt8...) -> [UInt8] {
      JPEGWriting.frameHeader(marker, width: 32, height: 32, precision: precision, factors: factors)
    }
    for (bytes, word) in [
      (file(header(0x11, 0x11, 0x11, 0x11), components: 4), "CMYK"),
      (file(header(0x11, 0x11, 0x11, 0x11), components: 4, adobe: 0), "CMYK"),
      (file(header(0x22, 0x11, 0x11, 0x22), components: 4, adobe: 2), "YCCK"),
      (file(header(0x11, 0x11), components: 2), "2 colour components"),
      (file(header(marker: 0xC1, precision: 12, 0x11), components: 1), "precision"),
      (file(header(marker: 0xC3, 0x11), components: 1), "SOF"),
      (file(header(marker: 0xC5, 0x11), components: 1), "SOF"),
      (file(header(marker: 0xC9, 0x11), components: 1), "rithmetic"),
      (file(header(marker: 0xCA, 0x11), components: 1), "rithmetic"),
      (file(header(0x11, 0x22, 0x22), components: 3), "sampling"),
      (file(header(0x22, 0x11, 0x21), components: 3), "sampling"),
      (file(header(0x31, 0x11, 0x11), components: 3), "sampling"),
      (file(header(0x22, 0x11, 0x11), components: 3, adobe: 0), "RGB"),
    ] {
      let error = #expect(throws: ImageError.self, "\(word)") { try decoder.decode(bytes, into: pool) }
      #expect(error?.code == .unsupported, "\(word): \(String(describing: error))")
      #expect(error?.message.contains(word) == true, "\(word): \(error?.message ?? "")")
    }
    #expect(pool.allocatedCount == 0)
  }

  /// Wrong codes inside the data are warnings: the rows stay, and the caller can count a fault.
  @Test func damagedDataKeepItsRowsAndSaySo() throws {
    let frame = try PictureBuilding.noise(160, 160, .ycbcr420, in: pool, seed: 9)
    let bytes = try ImageEncoder(quality: 80, restartRows: 1).jpeg(frame)
    let start = bytes.count - JPEGWriting.parts(of: bytes).scans.count
    var damaged = bytes
    for place in stride(from: start + 1000, to: start + 1400, by: 2) { damaged[place] = 0x55 }
    let image = try decoder.decode(damaged, into: pool)
    #expect(image.warningCount > 0 && !image.isTruncated && image.completeRows == 160)
    let fault = try #require(image.fault(subject: "a.jpg"))
    #expect(fault.code == "frame_damaged" && fault.place != nil && !fault.message.isEmpty)
    #expect(image.firstWarning!.byteOffset > start && image.firstWarning!.byteOffset <= bytes.count)
  }

  /// A decoder that is used again owes nothing to the picture before: same bytes, same result.
  @Test func tablesOfAnEarlierPictureDoNotCompleteALaterOne() throws {
    let frame = try PictureBuilding.noise(48, 48, .grey, in: pool, seed: 6)
    let bytes = try ImageEncoder().jpeg(frame)
    let whole = try PictureBuilding.samples(decode(bytes).frame)
    func without(_ marker: UInt8) -> [UInt8] { JPEGWriting.changing(bytes) { $0.filter { $0[1] != marker } } }
    let fresh = #expect(throws: ImageError.self) { try ImageDecoder().decode(without(0xDB), into: pool) }
    // A progressive file has tables of its own, unlike the standard ones.
    _ = try decode(ImageEncoder(quality: 40, isProgressive: true).jpeg(frame))
    let used = #expect(throws: ImageError.self) { try decoder.decode(without(0xDB), into: pool) }
    #expect(fresh == used && fresh?.code == .corrupt)
    // Motion JPEG leaves out the Huffman tables where they are the standard's.
    #expect(try PictureBuilding.samples(decode(without(0xC4)).frame) == whole)
  }

  @Test func metadataSegmentsAreWrittenAndDoNotDisturb() throws {
    let frame = try PictureBuilding.noise(16, 16, .ycbcr420, in: pool, seed: 6)
    let tiff = TIFFBuilding(main: [(0x0112, .short([6]))]).bytes()
    let bytes = try ImageEncoder().jpeg(frame, segments: [.exif(tiff: tiff), .xmp("<x/>")])
    let segments = JPEGWriting.parts(of: bytes).segments
    #expect(segments[0][1] == 0xE0)
    #expect(segments[1] == JPEGWriting.exif(tiff) && segments[2] == JPEGWriting.xmp("<x/>"))
    let plain = try decode(ImageEncoder().jpeg(frame))
    #expect(try PictureBuilding.samples(decode(bytes).frame) == PictureBuilding.samples(plain.frame))
    // The orientation is not applied.
    #expect(try decoder.probe(bytes).widthPixels == 16)
  }
}
