import FrameMemory
import ImageCodecs
import TestSupport
import Testing

/// The reduction of evidence pictures against an oracle that counts every crumb of area one by one.
@Suite struct AreaAverageTests {
  private let pool = FramePool(slabCount: 4, slabBytes: 1 << 20)

  static let layouts: [ChromaLayout] = [
    .grey, .ycbcr420, .ycbcr422, .ycbcr444, .ycbcr(horizontal: 1, vertical: 2),
    .ycbcr(horizontal: 4, vertical: 1), .ycbcr(horizontal: 4, vertical: 2),
  ]

  /// Cuts each source pixel into target-width x target-height crumbs and adds up those that lie under a target pixel.
  private func oracle(_ frame: Frame, _ index: PlaneIndex, width: Int, height: Int) -> [UInt8] {
    guard let plane = frame.plane(index) else { return [UInt8](repeating: 128, count: width * height) }
    var cell = (across: 1, down: 1)
    if index != .luma, case .ycbcr(let across, let down) = frame.format.chroma { cell = (across, down) }
    let (sourceWidth, sourceHeight) = (frame.widthPixels, frame.heightPixels)
    var means: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        var sum = 0
        for v in y * sourceHeight..<(y + 1) * sourceHeight {
          for u in x * sourceWidth..<(x + 1) * sourceWidth {
            sum += Int(plane[u / width / cell.across, v / height / cell.down])
          }
        }
        let crumbs = Double(sourceWidth * sourceHeight)
        means.append(UInt8((Double(sum) / crumbs).rounded(.toNearestOrAwayFromZero)))
      }
    }
    return means
  }

  @Test(arguments: layouts)
  func everyPixelIsTheMeanOfTheAreaUnderIt(chroma: ChromaLayout) throws {
    var generator = SeededGenerator(seed: 7)
    for round in 0..<30 {
      let (width, height) = (
        Int.random(in: 1...23, using: &generator), Int.random(in: 1...23, using: &generator)
      )
      let frame = try PictureBuilding.noise(width, height, chroma, in: pool, seed: UInt64(round))
      let painter = EvidencePainter(maximumSidePixels: Int.random(in: 1...24, using: &generator))
      let painted = try painter.paint(frame, marks: [], into: pool)
      #expect(painted.format == painter.outputFormat(of: frame.format))
      for index in PlaneIndex.allCases {
        let expected = oracle(frame, index, width: painted.widthPixels, height: painted.heightPixels)
        #expect(
          PictureBuilding.samples(painted, index) == expected,
          "round \(round): \(chroma) \(width) x \(height) to \(painted.widthPixels) x \(painted.heightPixels)"
        )
      }
    }
  }

  @Test func sizesKeepTheShapeAndNeverGrow() {
    func size(_ width: Int, _ height: Int, _ limit: Int, _ orientation: FrameOrientation = .up) -> [Int] {
      let format = EvidencePainter(maximumSidePixels: limit).outputFormat(
        of: FrameFormat(widthPixels: width, heightPixels: height, chroma: .ycbcr420), orientation: orientation
      )
      return [format.widthPixels, format.heightPixels]
    }
    #expect(size(4000, 2250, 1280) == [1280, 720])
    #expect(size(3000, 4000, 1280) == [960, 1280])
    #expect(size(4000, 3000, 1280, .right) == [960, 1280])
    #expect(size(640, 480, 1280) == [640, 480])
    #expect(size(1280, 720, 1280, .down) == [1280, 720])
    #expect(size(65_535, 1, 64) == [64, 1])
    #expect(size(5, 3, 1) == [1, 1])
  }

  /// Sums of the largest frame still fit: all white stays white.
  @Test func extremeFrameDoesNotOverflow() throws {
    let pool = FramePool(slabCount: 2, slabBytes: 8 << 20)
    let frame = try PictureBuilding.frame(65_535, 64, .grey, in: pool) { _, _, _ in 255 }
    let painted = try EvidencePainter(maximumSidePixels: 640).paint(frame, marks: [], into: pool)
    #expect(PictureBuilding.samples(painted, .luma).allSatisfy { $0 == 255 })
  }
}
