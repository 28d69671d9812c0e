package import InspectionModel

/// An upright rectangle of a picture in whole luma pixels, half open: `right` and `bottom` lie outside.
package struct PictureRect: Sendable, Hashable {
  package var left: Int
  package var top: Int
  package var right: Int
  package var bottom: Int

  package init(left: Int, top: Int, right: Int, bottom: Int) {
    (self.left, self.top, self.right, self.bottom) = (left, top, right, bottom)
  }

  package init(x: Int, y: Int, width: Int, height: Int) {
    self.init(left: x, top: y, right: x + width, bottom: y + height)
  }

  package var width: Int { right - left }
  package var height: Int { bottom - top }
  package var isEmpty: Bool { right <= left || bottom <= top }

  package func moved(x: Int, y: Int) -> PictureRect {
    PictureRect(left: left + x, top: top + y, right: right + x, bottom: bottom + y)
  }

  /// The part inside another rectangle; `nil` for none.
  package func clipped(to other: PictureRect) -> PictureRect? {
    let part = PictureRect(
      left: max(left, other.left), top: max(top, other.top), right: min(right, other.right),
      bottom: min(bottom, other.bottom))
    return part.isEmpty ? nil : part
  }

  /// The smallest rectangle around both.
  package func union(_ other: PictureRect) -> PictureRect {
    PictureRect(
      left: min(left, other.left), top: min(top, other.top), right: max(right, other.right),
      bottom: max(bottom, other.bottom))
  }

  /// The 8x8 blocks that it touches.
  ///
  /// - Precondition: not left of or above the picture.
  package var blocks: PictureRect {
    PictureRect(left: left / 8, top: top / 8, right: (right + 7) / 8, bottom: (bottom + 7) / 8)
  }

  /// As fractions of a picture, six decimals.
  package func normalized(widthPixels: Int, heightPixels: Int) -> NormalizedBox {
    NormalizedBox(
      x: Double(left) / Double(widthPixels), y: Double(top) / Double(heightPixels),
      width: Double(width) / Double(widthPixels), height: Double(height) / Double(heightPixels)
    ).roundedToMillionths
  }
}
