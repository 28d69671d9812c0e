internal import CCoarseScan
internal import CLibJPEG
package import FrameMemory
internal import PixelKernels

extension CoarseScanner {
  /// Which AC code the texture is counted in where libjpeg gives the coefficients.
  package enum TextureCode: Sendable {
    /// The example code of the standard, annex K.3: for files that have no sequential AC code of their own.
    case standard
    /// The file's own tables: what the house's scanner reports. Only for sequential Huffman coding.
    case ownTables
  }

  /// Scans one picture through libjpeg's coefficients, whatever its coding: for the kinds that the house's scanner
  /// does not read, and the reference for those that it does.
  ///
  /// - Throws: as `scan`.
  package func readCoefficients(
    _ picture: [UInt8], into pool: FramePool, texture: TextureCode = .standard
  ) throws(ImageError) -> CoarseImage {
    try decoders.withJPEG { (session) throws(ImageError) in
      // SAFETY: the bytes outlive the closure, and libjpeg forgets them in jx_jpeg_end at the latest.
      try unsafe picture.span.bytes.withUnsafeBytes { (buffer) throws(ImageError) -> CoarseImage in
        var info = jx_jpeg_info(), report = jx_jpeg_report()
        var limits = limits.forLibJPEG(allowsArithmetic: true)
        // SAFETY: the buffer is valid for its count; info and report are plain structs that the call fills.
        try ImageDecoder.check(
          unsafe jx_jpeg_begin(
            session.state, buffer.baseAddress?.assumingMemoryBound(to: UInt8.self), buffer.count, &limits,
            1, &info, &report), report)
        defer {
          // SAFETY: the session's state is ours until withJPEG returns; ending twice is allowed.
          unsafe jx_jpeg_end(session.state)
        }
        guard info.is_rgb == 0 else { throw ImageError(.unsupported, "RGB colour") }
        let imageInfo = ImageDecoder.imageInfo(info)
        var writer = try pool.coarseWriter(
          CoarseFormat(
            widthPixels: imageInfo.widthPixels, heightPixels: imageInfo.heightPixels,
            chroma: imageInfo.chroma))
        try Self.read(session, &writer, texture, &report)
        return try seal(writer, imageInfo, report, byteCount: buffer.count)
      }
    }
  }

  private static func read(
    _ session: JPEGSession, _ writer: inout CoarseFrameWriter, _ texture: TextureCode,
    _ report: inout jx_jpeg_report
  ) throws(ImageError) {
    let format = writer.format
    // SAFETY: the parts are used while the writer and the codes are held.
    let status = unsafe writer.withBytes { bytes in
      unsafe bytes.initializeMemory(as: UInt8.self, repeating: 0)
      var parts = unsafe blocks(of: format, at: bytes.baseAddress!)
      return unsafe withUnsafeBytes(of: &parts) { parts -> jx_jpeg_status in
        let parts = unsafe parts.baseAddress!.assumingMemoryBound(to: jx_jpeg_blocks.self)
        // SAFETY: three parts, of which libjpeg fills as many as the picture has components.
        guard texture == .standard else {
          return unsafe jx_jpeg_read_blocks(session.state, parts, nil, &report)
        }
        return unsafe withStandardCodes { unsafe jx_jpeg_read_blocks(session.state, parts, $0, &report) }
      }
    }
    try ImageDecoder.check(status, report)
  }

  /// Where libjpeg puts the blocks of each component.
  private static func blocks(
    of format: CoarseFormat, at base: UnsafeMutableRawPointer
  ) -> [3 of jx_jpeg_blocks] {
    // SAFETY: the planes lie inside the frame's memory at the offsets and strides that its format states.
    var parts = unsafe [3 of jx_jpeg_blocks](repeating: jx_jpeg_blocks())
    for index in PlaneIndex.allCases.prefix(format.planeCount) {
      let plane = format.plane(index)!
      // SAFETY: as above.
      unsafe parts[index.rawValue] = jx_jpeg_blocks(
        dc: (base + plane.dcOffsetBytes).assumingMemoryBound(to: Int16.self),
        ac_bits: (base + plane.textureOffsetBytes).assumingMemoryBound(to: UInt16.self),
        stride: plane.strideBlocks, width: plane.widthBlocks, height: plane.heightBlocks)
    }
    return unsafe parts
  }

  /// Gives the standard's AC codes of luma and, twice, of chroma.
  private static func withStandardCodes(
    _ body: (UnsafePointer<jx_jpeg_ac_code>) -> jx_jpeg_status
  ) -> jx_jpeg_status {
    // SAFETY: the codes are used inside the closures only, while both arrays are held.
    unsafe StandardHuffman.ac[0].withUnsafeBufferPointer { luma in
      unsafe StandardHuffman.ac[1].withUnsafeBufferPointer { chroma in
        let first = unsafe jx_jpeg_ac_code(counts: luma.baseAddress!, symbols: luma.baseAddress! + 16)
        let other = unsafe jx_jpeg_ac_code(counts: chroma.baseAddress!, symbols: chroma.baseAddress! + 16)
        // SAFETY: used inside the closure only, while both arrays are held.
        return unsafe withUnsafeBytes(of: (first, other, other)) {
          unsafe body($0.baseAddress!.assumingMemoryBound(to: jx_jpeg_ac_code.self))
        }
      }
    }
  }

  private func seal(
    _ writer: consuming CoarseFrameWriter, _ info: ImageInfo, _ report: jx_jpeg_report, byteCount: Int
  ) throws(ImageError) -> CoarseImage {
    var writer = writer
    let rows = Int(report.complete_rows), all = writer.format.plane(.luma)!.heightBlocks
    let completeRows = rows >= info.heightPixels ? all : rows / CoarseFormat.blockPixels
    guard completeRows > 0 else {
      throw ImageError(
        .truncated, byteOffset: report.byte_offset, "the file ends before its first row of blocks")
    }
    var quantizers = DCQuantizers(luma: 1)
    let values = [
      report.dc_quantizers.0, report.dc_quantizers.1, report.dc_quantizers.2,
    ]
    for index in PlaneIndex.allCases.prefix(writer.format.planeCount) {
      guard let value = UInt16(exactly: values[index.rawValue]), value > 0 else {
        throw ImageError(.corrupt, "the quantiser table of component \(index.rawValue) is not defined")
      }
      quantizers[index] = value
    }
    writer.fillLevels(quantizers, kernels)
    let isTruncated = report.reached_end != 0
    let damage =
      isTruncated || report.warning_count > 0
      ? CoarseImage.Damage(
        isTruncated: isTruncated, byteOffset: Int(report.byte_offset),
        message: report.warning_count > 0 ? text(report.message) : "the data end early") : nil
    return CoarseImage(
      frame: writer.seal(quantizers: quantizers, completeRows: completeRows, encodedBytes: byteCount),
      info: info, damage: damage)
  }
}
