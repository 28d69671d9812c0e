import FrameMemory
import ImageCodecs
import InspectionModel
import TestSupport
import Testing

/// Limits are checked before memory is taken, and every refusal says which limit it was.
@Suite struct DecodeLimitsTests {
  private let pool = FramePool(slabCount: 2, slabBytes: 60 << 20)

  /// The error of decoding, after which neither pixels nor working memory worth naming were taken.
  private func refusal(_ bytes: [UInt8], _ limits: DecodeLimits = .live, workingBytes: Int = 1 << 20) throws
    -> ImageError
  {
    let decoder = ImageDecoder(limits: limits)
    let error = #expect(throws: ImageError.self) { try decoder.decode(bytes, into: pool) }
    #expect(pool.allocatedCount == 0 && pool.outstandingCount == 0)
    #expect(decoder.stock.workingBytes <= workingBytes)
    return try #require(error)
  }

  private func limits(_ change: (inout DecodeLimits) -> Void) -> DecodeLimits {
    var limits = DecodeLimits.live
    change(&limits)
    return limits
  }

  /// A JPEG whose header promises a size and whose data are zeros.
  private func jpeg(_ width: Int, _ height: Int, marker: UInt8 = 0xC0, dataBytes: Int) -> [UInt8] {
    JPEGWriting.startOfImage + JPEGWriting.flatQuantisation
      + JPEGWriting.huffman(tableClass: 0, 0, 1) + JPEGWriting.huffman(tableClass: 1, 0, 1)
      + JPEGWriting.frameHeader(marker, width: width, height: height)
      + JPEGWriting.scanHeader(components: 1, spectral: marker == 0xC2 ? 0...0 : 0...63)
      + [UInt8](repeating: 0, count: dataBytes) + JPEGWriting.endOfImage
  }

  private func png(_ width: Int, _ height: Int, depth: Int = 8, _ type: PNGWriting.ColourType = .grey)
    -> PNGWriting
  {
    PNGWriting(width: width, height: height, depth: depth, colourType: type)
  }

  @Test func bytesAreCounted() throws {
    let error = try refusal(jpeg(8, 8, dataBytes: 1000), limits { $0.maximumBytes = 1000 })
    #expect(error.code == .tooLarge && error.message.contains("1000"))
  }

  @Test func dimensionBombsAreRefusedByTheirHeader() throws {
    for (width, height) in [(65_500, 65_500), (8193, 1), (1, 8193), (8192, 8192), (4097, 4097)] {
      let error = try refusal(jpeg(width, height, dataBytes: 100_000))
      #expect(error.code == .tooLarge && error.message.contains("\(width) x \(height)"))
      let other = try refusal(png(width, height).bytes(stream: ZlibWriting.zeros(10_000_000)))
      #expect(other.code == .tooLarge)
    }
    for (width, height) in [(1_000_000, 1_000_000), (0x7FFF_FFFF, 1), (0xFFFF_FFFF, 1)] {
      let code = try refusal(png(width, height).bytes(stream: ZlibWriting.zeros(1000))).code
      #expect(code == .tooLarge || code == .corrupt)
    }
    // A side of 0 is no size.
    #expect(try refusal(jpeg(0, 8, dataBytes: 100)).code == .corrupt)
    #expect(try refusal(jpeg(8, 0, dataBytes: 100)).code == .corrupt)
    #expect(try refusal(png(0, 8).bytes(stream: [])).code == .corrupt)
  }

  /// Within the limits, but more pixels than so few bytes can hold: the work of a large picture is not done.
  @Test func headersThatTheirBytesCannotHold() throws {
    let error = try refusal(jpeg(4096, 4096, dataBytes: 2000))
    #expect(error.code == .truncated && error.message.contains("cannot hold"))
    let other = try refusal(png(8000, 2000, depth: 1).bytes(stream: ZlibWriting.zeros(100)))
    #expect(other.code == .truncated && other.message.contains("cannot hold"))
  }

  @Test func probingNeedsNoPixels() throws {
    let decoder = ImageDecoder(limits: .live)
    #expect(try decoder.probe(jpeg(4096, 4096, dataBytes: 40_000)).widthPixels == 4096)
    #expect(throws: ImageError.self) { try decoder.probe(jpeg(9000, 16, dataBytes: 40_000)) }
  }

  @Test func sidesAndPixelsHaveTheirOwnLimits() throws {
    let tight = limits { ($0.maximumSidePixels, $0.maximumPixels) = (64, 1000) }
    for (width, height, isAllowed) in [
      (64, 15, true), (65, 1, false), (1, 65, false), (32, 32, false), (40, 25, true),
    ] {
      let files = [jpeg(width, height, dataBytes: 100), png(width, height).bytes { _, _, _ in 7 }]
      for bytes in files {
        let decoder = ImageDecoder(limits: tight)
        if isAllowed {
          #expect(try decoder.decode(bytes, into: pool).frame.widthPixels == width)
        } else {
          #expect(throws: ImageError.self) { try decoder.decode(bytes, into: pool) }
        }
      }
    }
  }

  /// Tens of thousands of tiny scans over one picture.
  @Test func scanBombsAreRefused() throws {
    let head = jpeg(64, 64, marker: 0xC2, dataBytes: 8).dropLast(2)
    let scan = JPEGWriting.scanHeader(components: 1, spectral: 0...0) + [UInt8](repeating: 0, count: 8)
    let bomb = head + [[UInt8]](repeating: scan, count: 20_000).joined() + JPEGWriting.endOfImage
    let decoder = ImageDecoder(limits: .live)
    let error = #expect(throws: ImageError.self) { try decoder.decode(Array(bomb), into: pool) }
    #expect(error?.code == .tooLarge && error?.message.contains("scans") == true)
    // Few enough scans, but too much work for their number.
    let some = head + [[UInt8]](repeating: scan, count: 20).joined() + JPEGWriting.endOfImage
    let busy = ImageDecoder(limits: limits { $0.maximumBlockVisits = 64 * 10 })
    let other = #expect(throws: ImageError.self) { try busy.decode(Array(some), into: pool) }
    #expect(other?.code == .tooLarge && other?.message.contains("work") == true)
    #expect(try decoder.decode(Array(some), into: pool).completeRows == 64)
    #expect(pool.outstandingCount == 0)
  }

  @Test func warningsAreCounted() throws {
    let source = FramePool(slabCount: 1, slabBytes: 1 << 20)
    let noise = try PictureBuilding.noise(256, 256, .grey, in: source, seed: 1)
    var bytes = try ImageEncoder(restartRows: 1).jpeg(noise)
    for place in stride(from: 1000, to: bytes.count - 2, by: 23)
    where bytes[place] != 0xFF && bytes[place - 1] != 0xFF {
      bytes[place] ^= 0x5A
    }
    let count = try ImageDecoder(limits: limits { $0.maximumWarnings = 100_000 }).decode(bytes, into: pool)
      .warningCount
    #expect(count > 5)
    let error = #expect(throws: ImageError.self) {
      try ImageDecoder(limits: limits { $0.maximumWarnings = 3 }).decode(bytes, into: pool)
    }
    #expect(error?.code == .corrupt, "\(String(describing: error))")
    #expect(error?.message.contains("warnings") == true)
  }

  /// A progressive picture and an interlaced one need memory for all of it: bounded, too.
  @Test func workingMemoryIsBounded() throws {
    let tight = limits { $0.maximumWorkingBytes = 2 << 20 }
    let coefficients = jpeg(2048, 2048, marker: 0xC2, dataBytes: 20_000)
    let decoder = ImageDecoder(limits: tight)
    let error = #expect(throws: ImageError.self) { try decoder.decode(coefficients, into: pool) }
    #expect(error?.code == .tooLarge && decoder.stock.workingBytes <= 2 << 20)
    var interlaced = png(2048, 2048)
    interlaced.isInterlaced = true
    let other = #expect(throws: ImageError.self) {
      try decoder.decode(interlaced.bytes(stream: ZlibWriting.zeros(4_300_000)), into: pool)
    }
    #expect(other?.code == .tooLarge && other?.message.contains("interlaced") == true)
    // The same sizes without the need for it are fine.
    let plain = png(2048, 2048).bytes(stream: ZlibWriting.zeros(2049 * 2048))
    #expect(try decoder.decode(plain, into: pool).completeRows == 2048)
    #expect(pool.outstandingCount == 0)
  }

  /// Image data that swell far beyond the picture are cut off; a little too much is a warning.
  @Test(arguments: [false, true])
  func swellingDataAreCutOff(isInterlaced: Bool) throws {
    let decoder = ImageDecoder(limits: .live)
    for height in [1, 2, 16] {
      var picture = png(16, height)
      picture.isInterlaced = isInterlaced
      let error = #expect(throws: ImageError.self) {
        try decoder.decode(picture.bytes(stream: ZlibWriting.zeros(300_000_000)), into: pool)
      }
      #expect(error?.code == .tooLarge && error?.message.contains("last row") == true)
      let image = try decoder.decode(picture.bytes(stream: ZlibWriting.zeros(5000)), into: pool)
      #expect(image.completeRows == height && image.warningCount > 0)
      #expect(PictureBuilding.samples(image.frame, .luma).allSatisfy { $0 == 0 })
    }
    #expect(pool.outstandingCount == 0)
  }

  /// A chunk for every byte is odd, and allowed.
  @Test(arguments: [false, true])
  func chunksOfOneByteAreRead(isInterlaced: Bool) throws {
    var picture = png(9, 7)
    (picture.isInterlaced, picture.dataChunkBytes) = (isInterlaced, 1)
    let image = try ImageDecoder(limits: .live).decode(picture.bytes { x, y, _ in x + y }, into: pool)
    #expect(image.completeRows == 7 && image.warningCount == 0 && !image.isTruncated)
  }

  @Test func framesLargerThanASlabAreRefused() throws {
    let small = FramePool(slabCount: 1, slabBytes: 64 * 64)
    let decoder = ImageDecoder(limits: .live)
    let bytes = jpeg(65, 64, dataBytes: 100)
    let error = #expect(throws: ImageError.self) { try decoder.decode(bytes, into: small) }
    #expect(error?.code == .tooLarge && error?.message.contains("slabs") == true)
    #expect(small.allocatedCount == 0)
    #expect(try decoder.decode(bytes, into: small, scale: .half).frame.widthPixels == 33)
  }
}
