internal import ImageCodecs

/// The colour of a thing in a simulated scene as the camera codes it: Y, Cb, Cr, 0…255 each.
package struct SceneColor: Sendable, Hashable {
  package var luma: Int
  package var chromaBlue: Int
  package var chromaRed: Int

  package init(luma: Int, chromaBlue: Int = 128, chromaRed: Int = 128) {
    (self.luma, self.chromaBlue, self.chromaRed) = (luma, chromaBlue, chromaRed)
  }

  package init(red: UInt8, green: UInt8, blue: UInt8) {
    let color = RGBColor(red: red, green: green, blue: blue).ycbcr
    self.init(luma: Int(color.luma), chromaBlue: Int(color.blue), chromaRed: Int(color.red))
  }
}
