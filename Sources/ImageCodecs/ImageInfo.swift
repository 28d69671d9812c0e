package import FrameMemory

/// The two formats that are read; told apart by their first bytes, never by a file's name.
package enum ImageFormat: String, Sendable, Hashable, CaseIterable {
  case jpeg
  case png
}

/// How much smaller a picture is decoded: each side divided, rounded up.
///
/// JPEG takes the smaller inverse transform (a box mean of the picture, in the DCT sense); PNG takes the mean of
/// each box.
package enum DecodeScale: Int, Sendable, Hashable, CaseIterable {
  case full = 1
  case half = 2
  case quarter = 4
  case eighth = 8

  /// What a side of `pixels` becomes.
  package func reduced(_ pixels: Int) -> Int { (pixels + rawValue - 1) / rawValue }
}

/// What a picture's header says.
package struct ImageInfo: Sendable, Hashable {
  package var format: ImageFormat
  /// As stored, before any turning that the EXIF orientation asks for.
  package var widthPixels: Int
  package var heightPixels: Int
  /// Layout of the frame that full-scale decoding gives.
  package var chroma: ChromaLayout
  /// Bits per sample as stored: 8 for JPEG, 1…16 for PNG.
  package var bitDepth: Int
  /// Progressive JPEG or interlaced PNG: decoding needs memory for the whole picture.
  package var isProgressive: Bool
  /// Alpha channel or transparent colours.
  package var hasAlpha: Bool

  /// The frame that decoding at `scale` gives: size a pool's slabs by its `byteCount`.
  package func frameFormat(scale: DecodeScale = .full) -> FrameFormat {
    FrameFormat(
      widthPixels: scale.reduced(widthPixels), heightPixels: scale.reduced(heightPixels), chroma: chroma)
  }
}
