import FrameMemory
import ImageCodecs
import InspectionModel
import TestSupport
import Testing

/// The eight orientations against the words of the EXIF standard: which side of the scene the stored row 0 and
/// column 0 show.
@Suite struct FrameOrientationTests {
  enum Side { case top, bottom, left, right }

  /// CIPA DC-008, tag 0x0112: value → what the 0th row and the 0th column are.
  static let standard: [Int: (row: Side, column: Side)] = [
    1: (.top, .left), 2: (.top, .right), 3: (.bottom, .right), 4: (.bottom, .left),
    5: (.left, .top), 6: (.right, .top), 7: (.right, .bottom), 8: (.left, .bottom),
  ]

  /// Where a stored pixel is seen, straight from those words.
  static func seen(_ value: Int, x: Int, y: Int, width: Int, height: Int) -> (x: Int, y: Int) {
    let (row, column) = standard[value]!
    let shownWidth = row == .top || row == .bottom ? width : height
    let shownHeight = row == .top || row == .bottom ? height : width
    var place = (x: -1, y: -1)
    for (side, distance) in [(row, y), (column, x)] {
      switch side {
      case .top: place.y = distance
      case .bottom: place.y = shownHeight - 1 - distance
      case .left: place.x = distance
      case .right: place.x = shownWidth - 1 - distance
      }
    }
    return place
  }

  @Test(arguments: FrameOrientation.allCases)
  func everyPixelGoesWhereTheStandardSays(orientation: FrameOrientation) {
    for (width, height) in [(1, 1), (1, 4), (5, 3), (4, 4)] {
      for y in 0..<height {
        for x in 0..<width {
          let place = orientation.place(x: x, y: y, width: width, height: height)
          #expect(
            place == Self.seen(orientation.rawValue, x: x, y: y, width: width, height: height),
            "\(orientation) \(width) x \(height): \(x), \(y)")
        }
      }
    }
  }

  /// A box around one pixel has to end up around that pixel.
  @Test(arguments: FrameOrientation.allCases)
  func boxesGoWithTheirPixels(orientation: FrameOrientation) {
    let (width, height) = (8, 4)
    let (shownWidth, shownHeight) = orientation.swapsSides ? (height, width) : (width, height)
    for y in 0..<height {
      for x in 0..<width {
        let box = orientation.box(
          NormalizedBox(
            x: Double(x) / 8, y: Double(y) / 4, width: 1.0 / 8, height: 1.0 / 4))
        let place = Self.seen(orientation.rawValue, x: x, y: y, width: width, height: height)
        #expect(box.x * Double(shownWidth) == Double(place.x))
        #expect(box.y * Double(shownHeight) == Double(place.y))
        #expect(box.width == 1 / Double(shownWidth) && box.height == 1 / Double(shownHeight))
      }
    }
  }

  @Test(arguments: FrameOrientation.allCases)
  func halfTurnTurnsWhatIsShown(orientation: FrameOrientation) {
    #expect(orientation.turnedHalf.turnedHalf == orientation)
    #expect(orientation.turnedHalf.swapsSides == orientation.swapsSides)
    let (width, height) = (5, 3)
    let (shownWidth, shownHeight) = orientation.swapsSides ? (height, width) : (width, height)
    for y in 0..<height {
      for x in 0..<width {
        let place = orientation.place(x: x, y: y, width: width, height: height)
        let turned = orientation.turnedHalf.place(x: x, y: y, width: width, height: height)
        #expect(turned == (shownWidth - 1 - place.x, shownHeight - 1 - place.y))
      }
    }
  }

  @Test func tagsThatSayNothingMeanUpright() {
    for value in [nil, 0, 9, -1, 65_535] { #expect(FrameOrientation(exif: value) == .up) }
    #expect(FrameOrientation(exif: 6) == .right)
  }
}
