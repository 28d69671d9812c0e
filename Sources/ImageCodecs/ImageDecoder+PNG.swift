internal import CLibPNG
internal import FrameMemory

extension ImageDecoder {
  func probePNG(_ bytes: RawSpan) throws(ImageError) -> ImageInfo {
    try stock.withPNG { (session) throws(ImageError) in
      // SAFETY: the picture is ended below, before `bytes` ends.
      try unsafe bytes.withUnsafeBytes { (buffer) throws(ImageError) -> ImageInfo in
        var info = jx_png_info()
        var report = jx_png_report()
        try unsafe begin(session, buffer, scale: .full, &info, &report)
        // SAFETY: the session's state is ours until withPNG returns.
        unsafe jx_png_end(session.state)
        return Self.imageInfo(info)
      }
    }
  }

  func decodePNG(
    _ bytes: RawSpan, into pool: FramePool, scale: DecodeScale
  ) throws(ImageError) -> DecodedImage {
    try stock.withPNG { (session) throws(ImageError) in
      // SAFETY: the bytes outlive the closure, and the decoder forgets them in jx_png_end at the latest.
      try unsafe bytes.withUnsafeBytes { (buffer) throws(ImageError) -> DecodedImage in
        var info = jx_png_info()
        var report = jx_png_report()
        try unsafe begin(session, buffer, scale: scale, &info, &report)
        defer {
          // SAFETY: the session's state is ours until withPNG returns; ending twice is allowed.
          unsafe jx_png_end(session.state)
        }
        let imageInfo = Self.imageInfo(info)
        var writer = try pool.imageWriter(imageInfo.frameFormat(scale: scale))
        try decodePlanes(session, &writer, &report)
        let isTruncated = report.reached_end != 0
        let warning =
          report.warning_count == 0
          ? nil : DecodedImage.Warning(byteOffset: report.byte_offset, message: text(report.message))
        return DecodedImage(
          frame: writer.seal(), info: imageInfo, completeRows: Int(report.complete_rows),
          isTruncated: isTruncated, warningCount: Int(report.warning_count), firstWarning: warning)
      }
    }
  }

  private func begin(
    _ session: PNGSession, _ buffer: UnsafeRawBufferPointer, scale: DecodeScale, _ info: inout jx_png_info,
    _ report: inout jx_png_report
  ) throws(ImageError) {
    var limits = jx_png_limits(
      max_pixels: limits.maximumPixels, max_side: UInt32(limits.maximumSidePixels),
      max_warnings: UInt32(limits.maximumWarnings), max_working_bytes: limits.maximumWorkingBytes)
    // SAFETY: the buffer is valid for its count; info and report are plain structs that the call fills.
    let status = unsafe jx_png_begin(
      session.state, buffer.baseAddress?.assumingMemoryBound(to: UInt8.self), buffer.count, &limits,
      UInt32(scale.rawValue), &info, &report)
    try Self.check(status, report)
  }

  private func decodePlanes(
    _ session: PNGSession, _ writer: inout FrameWriter, _ report: inout jx_png_report
  ) throws(ImageError) {
    let format = writer.format
    let luma = format.plane(.luma)!
    let (blue, red) = (format.plane(.chromaBlue), format.plane(.chromaRed))
    let under = [background.red, background.green, background.blue]
    // SAFETY: the planes lie inside the frame's memory at the offsets and strides that its format states.
    let status = unsafe writer.withBytes { bytes in
      let base = unsafe bytes.baseAddress!.assumingMemoryBound(to: UInt8.self)
      return unsafe jx_png_decode(
        session.state, under, base, luma.strideBytes, blue.map { unsafe base + $0.offsetBytes },
        red.map { unsafe base + $0.offsetBytes }, blue?.strideBytes ?? 0, &report)
    }
    try Self.check(status, report)
  }

  private static func imageInfo(_ info: jx_png_info) -> ImageInfo {
    ImageInfo(
      format: .png, widthPixels: Int(info.width), heightPixels: Int(info.height),
      chroma: info.is_grey != 0 ? .grey : .ycbcr444, bitDepth: Int(info.bit_depth),
      isProgressive: info.is_interlaced != 0, hasAlpha: info.has_alpha != 0)
  }

  private static func check(_ status: jx_png_status, _ report: jx_png_report) throws(ImageError) {
    let code: ImageError.Code
    switch status {
    case JX_PNG_OK: return
    case JX_PNG_NOT_AN_IMAGE: code = .notAnImage
    case JX_PNG_TRUNCATED: code = .truncated
    case JX_PNG_TOO_LARGE: code = .tooLarge
    case JX_PNG_UNSUPPORTED: code = .unsupported
    default: code = .corrupt
    }
    throw ImageError(code, byteOffset: report.byte_offset, text(report.message))
  }
}
