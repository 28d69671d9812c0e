internal import CLibJPEG
internal import FrameMemory

extension ImageDecoder {
  func probeJPEG(_ bytes: RawSpan) throws(ImageError) -> ImageInfo {
    try stock.withJPEG { (session) throws(ImageError) in
      var info = jx_jpeg_info()
      var report = jx_jpeg_report()
      try begin(session, bytes, scale: .full, &info, &report)
      // SAFETY: the session's state is ours until withJPEG returns.
      unsafe jx_jpeg_end(session.state)
      return Self.imageInfo(info)
    }
  }

  func decodeJPEG(
    _ bytes: RawSpan, into pool: FramePool, scale: DecodeScale
  ) throws(ImageError) -> DecodedImage {
    try stock.withJPEG { (session) throws(ImageError) in
      // SAFETY: the bytes outlive the closure, and the decoder forgets them in jx_jpeg_end at the latest.
      try unsafe bytes.withUnsafeBytes { (buffer) throws(ImageError) -> DecodedImage in
        var info = jx_jpeg_info()
        var report = jx_jpeg_report()
        try unsafe begin(session, buffer, scale: scale, &info, &report)
        defer {
          // SAFETY: the session's state is ours until withJPEG returns; ending twice is allowed.
          unsafe jx_jpeg_end(session.state)
        }
        let imageInfo = Self.imageInfo(info)
        var writer = try pool.imageWriter(imageInfo.frameFormat(scale: scale))
        try decodePlanes(session, &writer, &report)
        if info.is_rgb != 0 { Self.convertRGB(&writer) }
        return try Self.result(writer.seal(), imageInfo, report)
      }
    }
  }

  private func begin(
    _ session: JPEGSession, _ bytes: RawSpan, scale: DecodeScale, _ info: inout jx_jpeg_info,
    _ report: inout jx_jpeg_report
  ) throws(ImageError) {
    // SAFETY: the caller ends the picture before `bytes` ends.
    try unsafe bytes.withUnsafeBytes { (buffer) throws(ImageError) in
      try unsafe begin(session, buffer, scale: scale, &info, &report)
    }
  }

  private func begin(
    _ session: JPEGSession, _ buffer: UnsafeRawBufferPointer, scale: DecodeScale,
    _ info: inout jx_jpeg_info, _ report: inout jx_jpeg_report
  ) throws(ImageError) {
    var limits = limits.forLibJPEG(allowsArithmetic: false)
    // SAFETY: the buffer is valid for its count; info and report are plain structs that the call fills.
    let status = unsafe jx_jpeg_begin(
      session.state, buffer.baseAddress?.assumingMemoryBound(to: UInt8.self), buffer.count, &limits,
      UInt32(scale.rawValue), &info, &report)
    try Self.check(status, report)
  }

  private func decodePlanes(
    _ session: JPEGSession, _ writer: inout FrameWriter, _ report: inout jx_jpeg_report
  ) throws(ImageError) {
    let format = writer.format
    let luma = format.plane(.luma)!
    let (blue, red) = (format.plane(.chromaBlue), format.plane(.chromaRed))
    // SAFETY: the planes lie inside the frame's memory at the offsets and strides that its format states, and
    // jx_jpeg_decode writes rows of at most the stride.
    let status = unsafe writer.withBytes { bytes in
      let base = unsafe bytes.baseAddress!.assumingMemoryBound(to: UInt8.self)
      return unsafe jx_jpeg_decode(
        session.state, base, luma.strideBytes, blue.map { unsafe base + $0.offsetBytes },
        red.map { unsafe base + $0.offsetBytes }, blue?.strideBytes ?? 0, &report)
    }
    try Self.check(status, report)
  }

  private static func convertRGB(_ writer: inout FrameWriter) {
    let format = writer.format
    guard let blue = format.plane(.chromaBlue), let red = format.plane(.chromaRed) else { return }
    let luma = format.plane(.luma)!
    // SAFETY: three planes of one size (the C side refuses other RGB layouts) inside the frame's memory.
    unsafe writer.withBytes { bytes in
      let base = unsafe bytes.baseAddress!.assumingMemoryBound(to: UInt8.self)
      unsafe jx_jpeg_rgb_to_ycbcr(
        base, base + blue.offsetBytes, base + red.offsetBytes, luma.widthPixels, luma.heightPixels,
        luma.strideBytes)
    }
  }

  private static func result(
    _ frame: Frame, _ info: ImageInfo, _ report: jx_jpeg_report
  ) throws(ImageError) -> DecodedImage {
    let isTruncated = report.reached_end != 0
    guard !isTruncated || report.complete_rows > 0 else {
      throw ImageError(
        .truncated, byteOffset: report.byte_offset, "the file ends before its first row of blocks")
    }
    let warning =
      report.warning_count == 0
      ? nil : DecodedImage.Warning(byteOffset: report.byte_offset, message: text(report.message))
    return DecodedImage(
      frame: frame, info: info, completeRows: Int(report.complete_rows), isTruncated: isTruncated,
      warningCount: Int(report.warning_count), firstWarning: warning)
  }

  static func imageInfo(_ info: jx_jpeg_info) -> ImageInfo {
    ImageInfo(
      format: .jpeg, widthPixels: Int(info.width), heightPixels: Int(info.height),
      chroma: info.components == 1
        ? .grey : .ycbcr(horizontal: Int(info.chroma_horizontal), vertical: Int(info.chroma_vertical)),
      bitDepth: 8, isProgressive: info.is_progressive != 0, hasAlpha: false)
  }

  static func check(_ status: jx_jpeg_status, _ report: jx_jpeg_report) throws(ImageError) {
    let code: ImageError.Code
    switch status {
    case JX_JPEG_OK: return
    case JX_JPEG_NOT_AN_IMAGE: code = .notAnImage
    case JX_JPEG_TRUNCATED: code = .truncated
    case JX_JPEG_TOO_LARGE: code = .tooLarge
    case JX_JPEG_UNSUPPORTED: code = .unsupported
    default: code = .corrupt
    }
    throw ImageError(code, byteOffset: report.byte_offset, text(report.message))
  }
}
