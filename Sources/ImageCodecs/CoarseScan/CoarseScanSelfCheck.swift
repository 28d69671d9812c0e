internal import FrameMemory
package import PixelKernels

/// Compares the coarse scan of a tier with libjpeg's coefficients over seeded pictures, on the machine that runs it.
package struct CoarseScanSelfCheck: Sendable {
  /// Pictures that are compared on each tier.
  package static let pictureCount = layouts.count * sizes.count * encoders.count

  private static let layouts: [ChromaLayout] = [.grey, .ycbcr420, .ycbcr422, .ycbcr444]
  private static let sizes = [(16, 16), (61, 43), (130, 67)]
  private static let encoders = [
    ImageEncoder(quality: 30), ImageEncoder(quality: 80), ImageEncoder(quality: 100, restartRows: 1),
  ]

  package init() {}

  /// The first picture of which the tier gives another result, in words; `nil` when all are equal.
  ///
  /// - Precondition: the machine runs the tier.
  /// - Throws: `ImageError` where a picture of the product's own encoder is not read: that is a difference, too.
  package func firstDifference(on tier: KernelTier) throws(ImageError) -> String? {
    let pool = FramePool(slabCount: Self.encoders.count + 2, slabBytes: 1 << 18)
    let scanner = CoarseScanner(tier: tier)
    var state: UInt32 = 1
    for layout in Self.layouts {
      for (width, height) in Self.sizes {
        let format = FrameFormat(widthPixels: width, heightPixels: height, chroma: layout)
        var writer = try pool.imageWriter(format)
        for index in PlaneIndex.allCases.prefix(format.planeCount) {
          writer.fill(index) { x, y in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(truncatingIfNeeded: 2 * x + y + Int(state >> 26))
          }
        }
        let frame = writer.seal()
        var pictures: [[UInt8]] = []
        for encoder in Self.encoders { pictures.append(try encoder.jpeg(frame)) }
        for (number, result) in scanner.scan(pictures, into: pool).enumerated() {
          let reference = try scanner.readCoefficients(pictures[number], into: pool, texture: .ownTables)
          if try !Self.areEqual(result.get().frame, reference.frame) {
            return "\(width) x \(height), \(layout), encoder \(number)"
          }
        }
      }
    }
    return nil
  }

  private static func areEqual(_ one: CoarseFrame, _ other: CoarseFrame) -> Bool {
    guard one.format == other.format, one.quantizers == other.quantizers,
      one.completeRows == other.completeRows
    else { return false }
    for index in PlaneIndex.allCases.prefix(one.format.planeCount) {
      let (dc, texture, levels) = (one.dc(index)!, one.texture(index)!, one.levels(index)!)
      let (otherDC, otherTexture, otherLevels) = (
        other.dc(index)!, other.texture(index)!, other.levels(index)!
      )
      for y in 0..<dc.heightBlocks {
        for x in 0..<dc.widthBlocks {
          guard dc[x, y] == otherDC[x, y], texture[x, y] == otherTexture[x, y],
            levels[x, y] == otherLevels[x, y]
          else { return false }
        }
      }
    }
    return true
  }
}
