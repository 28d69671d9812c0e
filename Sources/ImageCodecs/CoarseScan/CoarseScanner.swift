internal import CCoarseScan
package import FrameMemory
package import PixelKernels

/// JPEG bytes → coarse frames: DC coefficient, texture and level of every 8x8 block, without decoding the picture.
///
/// Baseline and extended sequential JPEGs of 8 bits are scanned by the house's own scanner, up to six pictures of one
/// geometry side by side (one alone takes about twice as long); progressive and arithmetic coding take libjpeg's
/// coefficients, with the same result for DC. Texture is the AC code's length in bits as the file spends it; for
/// progressive and arithmetic coding it is the length in the standard's example code (annex K.3). Grey and YCbCr in
/// the layouts of `ChromaLayout` are read; RGB, CMYK, 12 bits and lossless coding are refused as unsupported.
///
/// Not `Sendable`: each thread has its own scanner, with its own tables and buffers, which are used again from
/// picture to picture.
package final class CoarseScanner {
  package let limits: DecodeLimits
  /// Pictures that walk side by side at most: hand in so many for the best speed.
  package static let laneCount = Int(JX_SCAN_MAX_LANES)

  /// Which instructions are used.
  package var kernelTier: KernelTier { kernels.tier }

  /// Decoding tables that are kept now.
  package var tableCount: Int { tables.count }

  let kernels: PixelKernels
  private var tables = HuffmanTableCache()
  let decoders = DecoderStock()
  private let lanes: [CoarseLane]
  private let scanTier: Int32

  /// - Parameter tier: which instructions are used; changes no result.
  package init(limits: DecodeLimits = .live, tier: KernelTier = .best) {
    self.limits = limits
    kernels = PixelKernels(tier: tier)
    scanTier = tier == .portable ? 0 : jx_scan_supports_bmi2()
    let copyTier: Int32 = tier == .portable ? 0 : 1
    lanes = (0..<Self.laneCount).map { _ in CoarseLane(copyTier: copyTier) }
  }

  /// Scans one picture.
  ///
  /// - Throws: `poolExhausted` where no slab is free, `tooLarge` beyond the limits or the pool's slabs, and what is
  ///   wrong with a picture of which nothing can be read.
  package func scan(_ picture: [UInt8], into pool: FramePool) throws(ImageError) -> CoarseImage {
    try scan([picture], into: pool)[0].get()
  }

  /// Scans several pictures, those of equal geometry side by side; one result each, in their order.
  ///
  /// A picture's result does not depend on the others.
  package func scan(_ pictures: [[UInt8]], into pool: FramePool) -> [Result<CoarseImage, ImageError>] {
    var results = [Result<CoarseImage, ImageError>?](repeating: nil, count: pictures.count)
    var waiting: [(index: Int, header: JPEGHeader, dataOffset: Int, plan: ScanPlan)] = []
    for index in pictures.indices {
      do throws(ImageError) {
        let (header, dataOffset) = try readHeader(pictures[index])
        if header.coding == .sequential, let plan = ScanPlan(header, format: try format(header)) {
          waiting.append((index, header, dataOffset, plan))
        } else {
          results[index] = .success(try readCoefficients(pictures[index], into: pool))
        }
      } catch {
        results[index] = .failure(error)
      }
    }
    while let plan = waiting.first?.plan {
      var used = 0
      waiting.removeAll { picture in
        guard picture.plan == plan, used < Self.laneCount else { return false }
        do throws(ImageError) {
          try lanes[used].begin(
            pictures[picture.index], picture.header, dataOffset: picture.dataOffset,
            format: format(picture.header), index: picture.index, pool, &tables)
          used += 1
        } catch {
          results[picture.index] = .failure(error)
        }
        return true
      }
      scanLanes(used, plan)
      for lane in lanes[..<used] {
        let index = lane.index
        results[index] = Self.result { () throws(ImageError) in try finish(lane, pictures[index]) }
      }
    }
    return results.map { $0! }
  }

  private static func result(
    _ body: () throws(ImageError) -> CoarseImage
  ) -> Result<CoarseImage, ImageError> {
    do throws(ImageError) { return .success(try body()) } catch { return .failure(error) }
  }

  func readHeader(_ picture: [UInt8]) throws(ImageError) -> (JPEGHeader, dataOffset: Int) {
    guard picture.count <= limits.maximumBytes else {
      throw ImageError(
        .tooLarge, "\(picture.count) bytes exceed the limit of \(limits.maximumBytes) bytes")
    }
    // SAFETY: `bytes` of a span of UInt8 shows initialised memory only.
    guard ImageDecoder.format(of: unsafe picture.span.bytes) == .jpeg else {
      throw ImageError(
        .notAnImage, byteOffset: 0,
        picture.isEmpty ? "the file is empty" : "expected the first bytes of a JPEG")
    }
    var header = JPEGHeader()
    guard let dataOffset = try header.read(picture.span, from: 2) else {
      throw ImageError(.truncated, byteOffset: picture.count, "the file ends without a scan")
    }
    try check(header, byteCount: picture.count)
    return (header, dataOffset)
  }

  /// Refuses what the limits forbid, and sizes that the file's bytes cannot fill.
  private func check(_ header: JPEGHeader, byteCount: Int) throws(ImageError) {
    let (width, height) = (header.widthPixels, header.heightPixels)
    guard
      max(width, height) <= limits.maximumSidePixels, width * height <= limits.maximumPixels
    else {
      throw ImageError(
        .tooLarge,
        "\(width) x \(height) pixels exceed the limit of \(limits.maximumPixels) pixels and "
          + "\(limits.maximumSidePixels) a side")
    }
    guard header.coding == .sequential else { return }
    if header.isRGB { throw ImageError(.unsupported, "RGB colour") }
    let blocks = (0..<header.componentCount).reduce(0) { sum, index in
      let size = header.blocks(of: index)
      return sum + size.across * size.down
    }
    // Every block costs at least one bit for its DC and one for its AC coefficients; a picture whose rows are cut
    // may lack most of them, so this asks for an eighth.
    guard blocks <= byteCount * 32 else {
      throw ImageError(
        .truncated, byteOffset: byteCount,
        "\(byteCount) bytes cannot hold a picture of \(width) x \(height) pixels (\(blocks) blocks)")
    }
  }

  func format(_ header: JPEGHeader) throws(ImageError) -> CoarseFormat {
    guard let chroma = header.chroma else {
      let parts = (0..<header.componentCount).map {
        "\(header.components[$0].horizontal)x\(header.components[$0].vertical)"
      }
      throw ImageError(.unsupported, "sampling \(parts.joined(separator: " "))")
    }
    return CoarseFormat(widthPixels: header.widthPixels, heightPixels: header.heightPixels, chroma: chroma)
  }

  /// Runs the first lanes, which hold pictures of this plan.
  private func scanLanes(_ count: Int, _ plan: ScanPlan) {
    guard count > 0 else { return }
    var geometry = plan.geometry
    // SAFETY: each lane holds padded data and planes with room for the plan's rows and strides.
    var scans = unsafe [6 of jx_scan_lane](repeating: jx_scan_lane())
    for index in 0..<count { unsafe scans[index] = lanes[index].scan(plan) }
    unsafe withUnsafeMutableBytes(of: &scans) { bytes in
      unsafe jx_coarse_scan(
        bytes.baseAddress!.assumingMemoryBound(to: jx_scan_lane.self), count, &geometry, scanTier)
    }
    for index in 0..<count { unsafe lanes[index].take(scans[index], plan) }
  }

  /// Reads the scans that follow the first one, where a file has one for each component, and seals the frame.
  private func finish(_ lane: CoarseLane, _ picture: [UInt8]) throws(ImageError) -> CoarseImage {
    defer { lane.leave() }
    while lane.isMissingComponents, lane.damage == nil {
      guard let plan = try lane.beginNextScan(picture, &tables) else { break }
      var geometry = plan.geometry
      // SAFETY: as in scanLanes, for one lane.
      var scan = unsafe lane.scan(plan)
      unsafe jx_coarse_scan(&scan, 1, &geometry, scanTier)
      unsafe lane.take(scan, plan)
    }
    return try lane.seal(kernels)
  }
}
