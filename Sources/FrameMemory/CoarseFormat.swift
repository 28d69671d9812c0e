/// Size and layout of a coarse frame: one sample for each 8x8 block that a JPEG codes.
///
/// A 1920 x 1080 picture with 4:2:0 chroma has 240 x 135 luma samples and 120 x 68 of each chroma.
package struct CoarseFormat: Sendable, Hashable {
  /// Size of the picture, not of its blocks.
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

  /// Side of a block, pixels of its plane.
  package static let blockPixels = 8

  /// 1 for grey, else 3.
  package var planeCount: Int { chroma == .grey ? 1 : 3 }

  /// Where the samples of one colour component lie in the frame's memory.
  package struct Plane: Sendable, Hashable {
    package let widthBlocks: Int
    package let heightBlocks: Int
    /// Samples from row to row: a multiple of 64, with room for the blocks that fill up a JPEG's last unit.
    package let strideBlocks: Int
    /// Rows with the same room: a multiple of 4, the largest sampling factor.
    package let roomRows: Int
    /// `Int16` DC values.
    package let dcOffsetBytes: Int
    /// `UInt16` bits of AC code.
    package let textureOffsetBytes: Int
    /// `UInt8` levels.
    package let levelsOffsetBytes: Int
    /// The first byte after the component.
    package let endOffsetBytes: Int
  }

  /// The place of a component; `nil` for the chroma of a grey frame.
  package func plane(_ index: PlaneIndex) -> Plane? {
    let luma = Self.place(width: widthPixels, height: heightPixels, offset: 0)
    guard index != .luma else { return luma }
    guard case .ycbcr(let horizontal, let vertical) = chroma else { return nil }
    let width = (widthPixels + horizontal - 1) / horizontal
    let height = (heightPixels + vertical - 1) / vertical
    let blue = Self.place(width: width, height: height, offset: luma.endOffsetBytes)
    guard index == .chromaRed else { return blue }
    return Self.place(width: width, height: height, offset: blue.endOffsetBytes)
  }

  /// Bytes that a coarse frame of this format occupies.
  package var byteCount: Int { plane(planeCount == 1 ? .luma : .chromaRed)!.endOffsetBytes }

  private static func place(width: Int, height: Int, offset: Int) -> Plane {
    let across = (width + blockPixels - 1) / blockPixels
    let down = (height + blockPixels - 1) / blockPixels
    let stride = (across + 63) / 64 * 64
    let rows = (down + 3) / 4 * 4
    let samples = stride * rows
    return Plane(
      widthBlocks: across, heightBlocks: down, strideBlocks: stride, roomRows: rows, dcOffsetBytes: offset,
      textureOffsetBytes: offset + 2 * samples, levelsOffsetBytes: offset + 4 * samples,
      endOffsetBytes: offset + 5 * samples)
  }
}
