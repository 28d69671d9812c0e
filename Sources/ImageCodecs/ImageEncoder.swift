internal import CLibJPEG
internal import CLibPNG
package import FrameMemory

/// Frames → JPEG or PNG bytes. The same pixels and settings give the same bytes (with the same library version).
package struct ImageEncoder: Sendable, Hashable {
  /// JPEG quality, 1…100.
  package var quality: Int
  package var isProgressive: Bool
  /// A restart marker after so many rows of blocks; 0 for none.
  package var restartRows: Int

  package init(quality: Int = 85, isProgressive: Bool = false, restartRows: Int = 0) {
    precondition((1...100).contains(quality) && restartRows >= 0, "quality is 1 to 100")
    self.quality = quality
    self.isProgressive = isProgressive
    self.restartRows = restartRows
  }

  /// An application segment to write after the JFIF header: `payload` is what follows the length field.
  package struct Segment: Sendable, Hashable {
    /// The marker's second byte: 0xE1 for APP1.
    package var marker: UInt8
    /// At most 65,533 bytes.
    package var payload: [UInt8]

    package init(marker: UInt8, payload: [UInt8]) {
      precondition(payload.count <= 65_533, "a JPEG segment holds at most 65,533 bytes")
      self.marker = marker
      self.payload = payload
    }

    /// APP1 with EXIF: `tiff` begins with its byte order mark.
    package static func exif(tiff: [UInt8]) -> Segment {
      Segment(marker: 0xE1, payload: Array("Exif\0\0".utf8) + tiff)
    }

    /// APP1 with an XMP packet.
    package static func xmp(_ packet: String) -> Segment {
      Segment(marker: 0xE1, payload: Array("http://ns.adobe.com/xap/1.0/\0".utf8) + Array(packet.utf8))
    }
  }

  /// A JPEG with the frame's own sampling: the planes are coded as they are.
  package func jpeg(_ frame: Frame, segments: [Segment] = []) throws(ImageError) -> [UInt8] {
    var options = jx_jpeg_encode_options()
    options.width = UInt32(frame.widthPixels)
    options.height = UInt32(frame.heightPixels)
    (options.chroma_horizontal, options.chroma_vertical) = (1, 1)
    options.components = UInt32(frame.format.planeCount)
    if case .ycbcr(let horizontal, let vertical) = frame.format.chroma {
      (options.chroma_horizontal, options.chroma_vertical) = (UInt32(horizontal), UInt32(vertical))
    }
    options.quality = UInt32(quality)
    options.is_progressive = isProgressive ? 1 : 0
    options.restart_rows = UInt32(restartRows)
    return try encode(frame, options, segments)
  }

  private func encode(
    _ frame: Frame, _ options: jx_jpeg_encode_options, _ segments: [Segment]
  ) throws(ImageError) -> [UInt8] {
    var options = options
    var report = jx_jpeg_report()
    let payloads = segments.flatMap(\.payload)
    var written: [UInt8] = []
    let lumaStride = frame.luma.strideBytes
    // SAFETY: every pointer is used inside the closures that give it; the C side copies what it keeps.
    let status = unsafe payloads.withUnsafeBufferPointer { payloads in
      var offset = 0
      let list = unsafe segments.map { segment in
        defer { offset += segment.payload.count }
        return unsafe jx_jpeg_segment(
          marker: UInt32(segment.marker), bytes: payloads.baseAddress.map { unsafe $0 + offset },
          count: segment.payload.count)
      }
      // SAFETY: the list and the planes outlive the closures.
      return unsafe list.withUnsafeBufferPointer { list in
        unsafe withPlanePointers(frame) { luma, blue, red, chromaStride in
          var out: UnsafeMutablePointer<UInt8>?
          var count = 0
          // SAFETY: pointers and counts describe memory that outlives the call.
          let status = unsafe jx_jpeg_encode(
            &options, luma, lumaStride, blue, red, chromaStride, list.baseAddress, list.count, &out, &count,
            &report)
          // SAFETY: the C side gave `count` bytes that are ours to copy and free.
          if let bytes = unsafe out {
            written = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
            unsafe jx_jpeg_free(bytes)
          }
          return status
        }
      }
    }
    guard status == JX_JPEG_OK else {
      throw ImageError(status == JX_JPEG_TOO_LARGE ? .tooLarge : .unsupported, text(report.message))
    }
    return written
  }

  /// Calls `body` with the planes' first bytes; chroma is nil for a grey frame.
  private func withPlanePointers<Result>(
    _ frame: Frame,
    _ body: (UnsafePointer<UInt8>, UnsafePointer<UInt8>?, UnsafePointer<UInt8>?, Int) -> Result
  ) -> Result {
    // SAFETY: the frame outlives the call, and the pointers do not leave the closures.
    unsafe frame.luma.bytes.withUnsafeBytes { luma in
      let luma = unsafe luma.baseAddress!.assumingMemoryBound(to: UInt8.self)
      guard let blue = frame.plane(.chromaBlue), let red = frame.plane(.chromaRed) else {
        return unsafe body(luma, nil, nil, 0)
      }
      let stride = blue.strideBytes
      // SAFETY: both planes belong to the frame, which outlives the call.
      return unsafe blue.bytes.withUnsafeBytes { blue in
        unsafe red.bytes.withUnsafeBytes { red in
          unsafe body(
            luma, blue.baseAddress!.assumingMemoryBound(to: UInt8.self),
            red.baseAddress!.assumingMemoryBound(to: UInt8.self), stride)
        }
      }
    }
  }

  /// An 8-bit PNG: grey for a grey frame, else RGB.
  package func png(_ frame: Frame) throws(ImageError) -> [UInt8] {
    guard case .ycbcr(let horizontal, let vertical) = frame.format.chroma else {
      return try png(greyPlane: frame.luma)
    }
    let (width, height) = (frame.widthPixels, frame.heightPixels)
    let (luma, blue, red) = (frame.luma, frame.plane(.chromaBlue)!, frame.plane(.chromaRed)!)
    var samples: [UInt8] = []
    samples.reserveCapacity(width * height * 3)
    for y in 0..<height {
      for x in 0..<width {
        let color = RGBColor(
          luma: luma[x, y], chromaBlue: blue[x / horizontal, y / vertical],
          chromaRed: red[x / horizontal, y / vertical])
        samples.append(color.red)
        samples.append(color.green)
        samples.append(color.blue)
      }
    }
    // SAFETY: `bytes` of a span of UInt8 shows initialised memory only.
    return try unsafe png(
      samples.span.bytes, width: width, height: height, strideBytes: width * 3, components: 3)
  }

  /// An 8-bit grey PNG of one plane: heat maps, masks.
  package func png(greyPlane plane: PlaneView) throws(ImageError) -> [UInt8] {
    try png(
      plane.bytes, width: plane.widthPixels, height: plane.heightPixels, strideBytes: plane.strideBytes,
      components: 1)
  }

  /// An 8-bit grey PNG of samples row by row, `width` x `height` of them.
  package func png(grey samples: [UInt8], width: Int, height: Int) throws(ImageError) -> [UInt8] {
    precondition(samples.count == width * height, "one sample a pixel")
    // SAFETY: `bytes` of a span of UInt8 shows initialised memory only.
    return try unsafe png(samples.span.bytes, width: width, height: height, strideBytes: width, components: 1)
  }

  private func png(
    _ samples: RawSpan, width: Int, height: Int, strideBytes: Int, components: Int
  ) throws(ImageError) -> [UInt8] {
    precondition(width > 0 && height > 0, "a picture has pixels")
    var report = jx_png_report()
    var written: [UInt8] = []
    // SAFETY: the samples outlive the call and hold `height` rows of `strideBytes` (the last may lack padding).
    let status = unsafe samples.withUnsafeBytes { buffer in
      var out: UnsafeMutablePointer<UInt8>?
      var count = 0
      // SAFETY: pointers and counts describe memory that outlives the call.
      let status = unsafe jx_png_encode(
        buffer.baseAddress!.assumingMemoryBound(to: UInt8.self), strideBytes, UInt32(width), UInt32(height),
        UInt32(components), &out, &count, &report)
      // SAFETY: the C side gave `count` bytes that are ours to copy and free.
      if let bytes = unsafe out {
        written = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
        unsafe jx_png_free(bytes)
      }
      return status
    }
    guard status == JX_PNG_OK else { throw ImageError(.tooLarge, text(report.message)) }
    return written
  }
}
