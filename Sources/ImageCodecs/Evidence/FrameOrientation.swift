package import InspectionModel

/// How a stored picture has to be turned before people look at it: EXIF orientation 1…8 (CIPA DC-008, tag 0x0112).
///
/// The names say how the pixels are turned for showing: `right` clockwise by 90 degrees, `left` counter-clockwise;
/// a mirrored case is stored mirrored left to right on top of that.
package enum FrameOrientation: Int, Sendable, Hashable, CaseIterable {
  case up = 1
  case upMirrored = 2
  /// Turned by 180 degrees.
  case down = 3
  case downMirrored = 4
  case leftMirrored = 5
  /// Shown after a quarter turn clockwise: what a camera held upright writes.
  case right = 6
  case rightMirrored = 7
  case left = 8

  /// The orientation of an EXIF tag; `up` where the tag is missing or says nothing valid.
  package init(exif value: Int?) { self = value.flatMap(Self.init(rawValue:)) ?? .up }

  /// This orientation and a half turn on top of it: for pictures that were saved upside down with their tag kept.
  package var turnedHalf: FrameOrientation {
    switch self {
    case .up: .down
    case .upMirrored: .downMirrored
    case .down: .up
    case .downMirrored: .upMirrored
    case .leftMirrored: .rightMirrored
    case .right: .left
    case .rightMirrored: .leftMirrored
    case .left: .right
    }
  }

  /// Whether rows become columns, so that width and height change places.
  package var swapsSides: Bool { rawValue >= 5 }

  /// Where a pixel of the stored picture of `width` x `height` pixels lies after turning.
  package func place(x: Int, y: Int, width: Int, height: Int) -> (x: Int, y: Int) {
    switch self {
    case .up: (x, y)
    case .upMirrored: (width - 1 - x, y)
    case .down: (width - 1 - x, height - 1 - y)
    case .downMirrored: (x, height - 1 - y)
    case .leftMirrored: (y, x)
    case .right: (height - 1 - y, x)
    case .rightMirrored: (height - 1 - y, width - 1 - x)
    case .left: (y, width - 1 - x)
    }
  }

  /// Where a box of the stored picture lies after turning.
  package func box(_ box: NormalizedBox) -> NormalizedBox {
    let (right, bottom) = (1 - box.x - box.width, 1 - box.y - box.height)
    let (x, y) =
      switch self {
      case .up: (box.x, box.y)
      case .upMirrored: (right, box.y)
      case .down: (right, bottom)
      case .downMirrored: (box.x, bottom)
      case .leftMirrored: (box.y, box.x)
      case .right: (bottom, box.x)
      case .rightMirrored: (bottom, right)
      case .left: (box.y, right)
      }
    return swapsSides
      ? NormalizedBox(x: x, y: y, width: box.height, height: box.width)
      : NormalizedBox(x: x, y: y, width: box.width, height: box.height)
  }
}
