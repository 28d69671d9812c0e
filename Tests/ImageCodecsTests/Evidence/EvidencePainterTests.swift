import FrameMemory
import ImageCodecs
import InspectionModel
import TestSupport
import Testing

/// What is drawn, where, and what stays as it was.
@Suite struct EvidencePainterTests {
  private let pool = FramePool(slabCount: 8, slabBytes: 4 << 20)
  private let painter = EvidencePainter(maximumSidePixels: 320)
  private let green = RGBColor(red: 0, green: 255, blue: 0)

  private func grey(_ width: Int, _ height: Int) throws -> Frame {
    try PictureBuilding.frame(width, height, .grey, in: pool) { _, _, _ in 90 }
  }

  private func mark(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ label: String = "")
    -> EvidenceMark
  {
    EvidenceMark(box: NormalizedBox(x: x, y: y, width: width, height: height), label: label, color: green)
  }

  private func paint(_ frame: Frame, _ marks: EvidenceMark...) throws -> Frame {
    try painter.paint(frame, marks: marks, into: pool)
  }

  /// In a picture of 320 pixels the line is two pixels wide between two dark ones, right outside the box.
  @Test func boxIsDarkColouredDarkAroundItsPixels() throws {
    let painted = try paint(grey(320, 240), mark(0.25, 0.25, 0.5, 0.5))
    let line = (70...84).map { PictureBuilding.pixel(painted, $0, 120) }
    let (dark, plain) = (RGBColor(red: 16, green: 16, blue: 16).samples, [UInt8](arrayLiteral: 90, 128, 128))
    let expected =
      Array(repeating: plain, count: 6) + [dark, green.samples, green.samples, dark]
      + Array(repeating: plain, count: 5)
    #expect(line == expected)
    // The box covers columns 80…239 and rows 60…179: nothing inside is touched, nothing beyond four pixels.
    for y in 0..<240 {
      for x in 0..<320 {
        let isInside = (80..<240).contains(x) && (60..<180).contains(y)
        let isNear = (76..<244).contains(x) && (56..<184).contains(y)
        let isPlain = PictureBuilding.pixel(painted, x, y) == plain
        #expect(isPlain == (isInside || !isNear), "\(x), \(y)")
      }
    }
  }

  @Test func boxAtTheEdgeIsDrawnInsideThePicture() throws {
    let painted = try paint(grey(320, 240), mark(0, 0, 1, 1))
    for (x, y) in [(1, 120), (2, 120), (317, 120), (318, 120), (160, 1), (160, 238)] {
      #expect(PictureBuilding.pixel(painted, x, y) == green.samples, "\(x), \(y)")
    }
    #expect(PictureBuilding.pixel(painted, 4, 120) == [90, 128, 128])
    let reaching = try paint(grey(320, 240), mark(-0.5, 0.5, 1, 3))
    #expect(PictureBuilding.pixel(reaching, 1, 200) == green.samples)
    #expect(PictureBuilding.pixel(reaching, 80, 238) == green.samples)
    #expect(PictureBuilding.pixel(reaching, 161, 200) == green.samples)
  }

  @Test func whatLiesOutsideOrIsNoBoxIsNotDrawn() throws {
    let frame = try grey(320, 240)
    let plain = try PictureBuilding.samples(paint(frame))
    for box in [
      mark(1, 0, 0.5, 0.5, "x"), mark(-0.5, 0, 0.5, 0.5, "x"), mark(0, 1.2, 1, 1), mark(0.5, 0.5, -0.2, 0.2),
      mark(.nan, 0, 1, 1), mark(0, 0, .infinity, 1), mark(-.infinity, 0, .infinity, 1),
      mark(0.5, 0.5, 0, 0.1),
    ] {
      let painted = try PictureBuilding.samples(paint(frame, box))
      #expect(painted == plain, "\(box.box)")
    }
    // Sizes that no integer holds are cut off, not trapped on.
    _ = try paint(frame, mark(-1e300, -1e300, 2e300, 2e300, "far"))
  }

  @Test func tinyFramesAreDrawnWithoutTrouble() throws {
    for (width, height) in [(1, 1), (1, 9), (9, 1), (3, 2), (7, 7), (16, 9), (40, 12)] {
      for orientation in FrameOrientation.allCases {
        let painted = try painter.paint(
          grey(width, height), marks: [mark(0.2, 0.2, 0.5, 0.5, "fire_smoke 0.97"), mark(0, 0, 1, 1, "a")],
          orientation: orientation, into: pool)
        #expect(
          [painted.widthPixels, painted.heightPixels].sorted() == [width, height].sorted())
      }
    }
  }

  /// Painting a turned picture is the same as turning it by hand and painting the turned box.
  @Test(arguments: FrameOrientation.allCases)
  func pixelsAndMarksTurnTogether(orientation: FrameOrientation) throws {
    for chroma in AreaAverageTests.layouts {
      let frame = try PictureBuilding.noise(64, 48, chroma, in: pool, seed: 3)
      let box = mark(0.25, 0.125, 0.25, 0.5, "a1")
      let painted = try painter.paint(frame, marks: [box], orientation: orientation, into: pool)
      let upright = try painter.paint(frame, marks: [], into: pool)
      let (width, height) = orientation.swapsSides ? (48, 64) : (64, 48)
      var source: [[Int]: (Int, Int)] = [:]
      for y in 0..<48 {
        for x in 0..<64 {
          let seen = FrameOrientationTests.seen(orientation.rawValue, x: x, y: y, width: 64, height: 48)
          source[[seen.x, seen.y]] = (x, y)
        }
      }
      let turned = try PictureBuilding.frame(width, height, .ycbcr444, in: pool) { plane, x, y in
        let (u, v) = source[[x, y]]!
        return upright.plane(plane)![u, v]
      }
      var turnedMark = box
      turnedMark.box = orientation.box(box.box)
      let expected = try painter.paint(turned, marks: [turnedMark], into: pool)
      #expect(
        PictureBuilding.samples(painted) == PictureBuilding.samples(expected), "\(orientation) \(chroma)")
    }
  }

  @Test func sameInputSameBytesAndTheSourceStays() throws {
    let frame = try PictureBuilding.noise(200, 100, .ycbcr420, in: pool, seed: 5)
    let before = PictureBuilding.samples(frame)
    let encoder = ImageEncoder(quality: 85)
    let first = try encoder.jpeg(paint(frame, mark(0.1, 0.4, 0.3, 0.3, "water 0.88")))
    let second = try encoder.jpeg(paint(frame, mark(0.1, 0.4, 0.3, 0.3, "water 0.88")))
    #expect(first == second)
    #expect(PictureBuilding.samples(frame) == before)
  }

  @Test func poolIsTheOnlyPixelMemory() throws {
    let pool = FramePool(slabCount: 2, slabBytes: 1 << 20)
    let frame = try PictureBuilding.noise(400, 300, .ycbcr420, in: pool, seed: 1)
    for _ in 0..<5 { _ = try painter.paint(frame, marks: [mark(0, 0, 1, 1, "x")], into: pool) }
    #expect(pool.allocatedCount == 2 && pool.outstandingCount == 1)
    let first = try painter.paint(frame, marks: [], into: pool)
    let error = #expect(throws: ImageError.self) { try painter.paint(frame, marks: [], into: pool) }
    #expect(error?.code == .poolExhausted)
    #expect(first.widthPixels == 320)
    let small = FramePool(slabCount: 1, slabBytes: 320 * 240 * 3 - 1)
    let refusal = #expect(throws: ImageError.self) { try painter.paint(frame, marks: [], into: small) }
    #expect(refusal?.code == .tooLarge && small.allocatedCount == 0)
  }
}
