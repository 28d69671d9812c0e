package import InspectionModel

/// A rectangle of whole pixels, half open; empty where an upper bound is not above its lower one.
package struct PixelRect: Sendable, Hashable {
  package var left: Int
  package var top: Int
  package var right: Int
  package var bottom: Int

  package var width: Int { max(0, right - left) }
  package var height: Int { max(0, bottom - top) }
  package var isEmpty: Bool { right <= left || bottom <= top }

  /// The pixels that a box touches in a picture of `width` x `height` pixels; `nil` where it touches none.
  package init?(_ box: NormalizedBox, width: Int, height: Int) {
    func edges(_ start: Double, _ length: Double, _ pixels: Int) -> (Int, Int)? {
      guard start.isFinite, length.isFinite, length >= 0 else { return nil }
      let low = (start * Double(pixels)).rounded(.down)
      let high = ((start + length) * Double(pixels)).rounded(.up)
      let bounds = 0...Double(pixels)
      let clamped = (Int(low.clamped(to: bounds)), Int(high.clamped(to: bounds)))
      return clamped.0 < clamped.1 ? clamped : nil
    }
    guard let (left, right) = edges(box.x, box.width, width),
      let (top, bottom) = edges(box.y, box.height, height)
    else { return nil }
    self.init(left: left, top: top, right: right, bottom: bottom)
  }

  /// Right and bottom lie just outside.
  package init(left: Int, top: Int, right: Int, bottom: Int) {
    (self.left, self.top, self.right, self.bottom) = (left, top, right, bottom)
  }

  /// Every side moved outwards by a number of pixels.
  func expanded(by pixels: Int) -> PixelRect {
    PixelRect(left: left - pixels, top: top - pixels, right: right + pixels, bottom: bottom + pixels)
  }

  /// The part that both have.
  package func intersection(_ other: PixelRect) -> PixelRect {
    PixelRect(
      left: max(left, other.left), top: max(top, other.top), right: min(right, other.right),
      bottom: min(bottom, other.bottom))
  }

  /// Whether the two share a pixel.
  package func overlaps(_ other: PixelRect) -> Bool { !intersection(other).isEmpty }
}

extension Double {
  fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}
