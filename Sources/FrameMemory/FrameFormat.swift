/// How the planes of a frame relate: 8 bits a sample, BT.601 full range as in JFIF.
package enum ChromaLayout: Sendable, Hashable {
  /// Luma only.
  case grey
  /// Y, Cb, Cr; each chroma sample stands for `horizontal` x `vertical` luma samples (1, 2 or 4 each).
  case ycbcr(horizontal: Int, vertical: Int)

  package static let ycbcr420 = ChromaLayout.ycbcr(horizontal: 2, vertical: 2)
  package static let ycbcr422 = ChromaLayout.ycbcr(horizontal: 2, vertical: 1)
  package static let ycbcr444 = ChromaLayout.ycbcr(horizontal: 1, vertical: 1)
}

/// A plane of a frame.
package enum PlaneIndex: Int, Sendable, CaseIterable {
  case luma = 0
  case chromaBlue = 1
  case chromaRed = 2
}

/// Size and layout of a frame's pixels.
package struct FrameFormat: Sendable, Hashable {
  package let widthPixels: Int
  package let heightPixels: Int
  package let chroma: ChromaLayout

  /// - Precondition: positive sides of at most 65,535 pixels.
  package init(widthPixels: Int, heightPixels: Int, chroma: ChromaLayout) {
    precondition(
      (1...65_535).contains(widthPixels) && (1...65_535).contains(heightPixels),
      "a frame has 1 to 65,535 pixels a side")
    self.widthPixels = widthPixels
    self.heightPixels = heightPixels
    self.chroma = chroma
  }

  /// Alignment of each plane's start and each row's start, bytes.
  package static let alignmentBytes = 64

  /// 1 for grey, else 3.
  package var planeCount: Int { chroma == .grey ? 1 : 3 }

  /// Where a plane lies in the frame's memory.
  package struct Plane: Sendable, Hashable {
    package let widthPixels: Int
    package let heightPixels: Int
    /// A multiple of 64; bytes past the width are padding and carry no meaning.
    package let strideBytes: Int
    package let offsetBytes: Int
  }

  /// The place of a plane; `nil` for the chroma of a grey frame.
  package func plane(_ index: PlaneIndex) -> Plane? {
    let luma = Self.place(width: widthPixels, height: heightPixels, offset: 0)
    guard index != .luma else { return luma }
    guard case .ycbcr(let horizontal, let vertical) = chroma else { return nil }
    let width = (widthPixels + horizontal - 1) / horizontal
    let height = (heightPixels + vertical - 1) / vertical
    let lumaBytes = luma.strideBytes * luma.heightPixels
    let blue = Self.place(width: width, height: height, offset: lumaBytes)
    guard index == .chromaRed else { return blue }
    return Self.place(width: width, height: height, offset: lumaBytes + blue.strideBytes * height)
  }

  /// Bytes that a frame of this format occupies.
  package var byteCount: Int {
    let last = plane(planeCount == 1 ? .luma : .chromaRed)!
    return last.offsetBytes + last.strideBytes * last.heightPixels
  }

  private static func place(width: Int, height: Int, offset: Int) -> Plane {
    let stride = (width + alignmentBytes - 1) / alignmentBytes * alignmentBytes
    return Plane(widthPixels: width, heightPixels: height, strideBytes: stride, offsetBytes: offset)
  }
}
