/// A colour as people state it: 8 bits each of red, green and blue (sRGB values, no gamma arithmetic).
package struct RGBColor: Sendable, Hashable {
  package var red: UInt8
  package var green: UInt8
  package var blue: UInt8

  package init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  package static let white = RGBColor(red: 255, green: 255, blue: 255)
  package static let black = RGBColor(red: 0, green: 0, blue: 0)

  /// BT.601 full range with libjpeg's integer coefficients (jccolor.c).
  package var ycbcr: (luma: UInt8, blue: UInt8, red: UInt8) {
    let (r, g, b) = (Int32(red), Int32(green), Int32(blue))
    let luma = (19_595 * r + 38_470 * g + 7_471 * b + 32_768) >> 16
    let chromaBlue = (-11_059 * r - 21_709 * g + 32_768 * b + (128 << 16) + 32_767) >> 16
    let chromaRed = (32_768 * r - 27_439 * g - 5_329 * b + (128 << 16) + 32_767) >> 16
    return (UInt8(luma), UInt8(chromaBlue), UInt8(chromaRed))
  }

  /// The inverse: libjpeg's jdcolor.c, clamped to 0…255.
  package init(luma: UInt8, chromaBlue: UInt8, chromaRed: UInt8) {
    let y = Int32(luma)
    let (cb, cr) = (Int32(chromaBlue) - 128, Int32(chromaRed) - 128)
    red = Self.clamped(y + ((91_881 * cr + 32_768) >> 16))
    green = Self.clamped(y + ((-22_554 * cb - 46_802 * cr + 32_768) >> 16))
    blue = Self.clamped(y + ((116_130 * cb + 32_768) >> 16))
  }

  private static func clamped(_ value: Int32) -> UInt8 { UInt8(min(255, max(0, value))) }
}
