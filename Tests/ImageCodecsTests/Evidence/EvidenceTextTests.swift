import Foundation
import FrameMemory
import ImageCodecs
import InspectionModel
import TestSupport
import Testing

/// Texts on evidence pictures: read back from the pixels, placed beside their box, legible on their colour.
@Suite struct EvidenceTextTests {
  private let pool = FramePool(slabCount: 4, slabBytes: 8 << 20)

  private static let printable: [Unicode.Scalar] = (32...126).map { Unicode.Scalar(UInt8($0)) }

  private func paint(_ width: Int, _ height: Int, _ marks: [EvidenceMark]) throws -> Frame {
    let frame = try PictureBuilding.frame(width, height, .grey, in: pool) { _, _, _ in 200 }
    return try EvidencePainter(maximumSidePixels: 4096).paint(frame, marks: marks, into: pool)
  }

  private func mark(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ label: String)
    -> EvidenceMark
  {
    EvidenceMark(
      box: NormalizedBox(x: x, y: y, width: width, height: height), label: label,
      color: RGBColor(evidenceOf: .fireSmoke))
  }

  /// Reads black font pixels of the coloured bar whose text begins at `left`, `top`.
  private func read(_ frame: Frame, left: Int, top: Int, scale: Int, count: Int) -> String {
    var text = ""
    for position in 0..<count {
      let start = left + position * BitmapFont.advancePixels * scale
      let match = Self.printable.first { character in
        let glyph = BitmapFont.Glyph(character)
        for y in 0..<BitmapFont.heightPixels * scale {
          for x in 0..<BitmapFont.widthPixels * scale {
            let isBlack = PictureBuilding.pixel(frame, start + x, top + y) == RGBColor.black.samples
            if isBlack != glyph.isSet(column: x / scale, row: y / scale) { return false }
          }
        }
        return true
      }
      text.unicodeScalars.append(match ?? "\u{FFFD}")
    }
    return text
  }

  @Test func noTwoCharactersLookAlike() {
    let glyphs = Self.printable.map(BitmapFont.Glyph.init)
    #expect(Set(glyphs).count == 95)
    #expect(!glyphs.contains(BitmapFont.Glyph("中")))
    #expect(BitmapFont.Glyph("\u{7F}") == BitmapFont.Glyph("中"))
    #expect(BitmapFont.Glyph("\u{0}") == BitmapFont.Glyph("\u{10FFFF}"))
  }

  @Test(arguments: [(300, 1), (640, 2), (1280, 3), (2000, 4)])
  func textCanBeReadBackFromThePixels(width: Int, scale: Int) throws {
    let label = "fire_smoke 0.97 2026-11-24"
    let frame = try paint(width, 300, [mark(0.1, 0.5, 0.2, 0.2, label)])
    let layout = MarkLayout(PixelRect(left: 0, top: 0, right: width, bottom: 300))
    #expect(layout.textScale == scale)
    // The bar stands right above the lines around the box.
    let left = width / 10 - layout.frameWidth + layout.textInset
    let top = 150 - layout.frameWidth - layout.textInset - BitmapFont.heightPixels * scale
    #expect(read(frame, left: left, top: top, scale: scale, count: label.count) == label)
  }

  @Test func everyPrintableCharacterIsDrawnAsItself() throws {
    let label = String(String.UnicodeScalarView(Self.printable))
    let frame = try paint(1000, 100, [mark(0, 0.5, 1, 0.5, label)])
    let layout = MarkLayout(PixelRect(left: 0, top: 0, right: 1000, bottom: 100))
    let top = 50 - layout.frameWidth - layout.textInset - BitmapFont.heightPixels * layout.textScale
    let text = read(frame, left: layout.textInset, top: top, scale: layout.textScale, count: 80)
    #expect(text == String(label.prefix(80)))
  }

  @Test func barsStayInsideAndApart() throws {
    var generator = SeededGenerator(seed: 11)
    for round in 0..<200 {
      let (width, height) = (
        Int.random(in: 60...900, using: &generator), Int.random(in: 40...700, using: &generator)
      )
      let bounds = PixelRect(left: 0, top: 0, right: width, bottom: height)
      let layout = MarkLayout(bounds)
      let box = NormalizedBox(
        x: Double.random(in: -0.2...0.99, using: &generator),
        y: Double.random(in: -0.2...0.99, using: &generator),
        width: Double.random(in: 0.01...1, using: &generator),
        height: Double.random(in: 0.01...1, using: &generator))
      guard let frame = layout.frame(around: box) else { continue }
      #expect(frame.intersection(bounds) == frame)
      let first = layout.bar(characters: min(8, layout.characterLimit), at: frame, avoiding: [])
      guard let first else { continue }
      #expect(first.intersection(bounds) == first, "round \(round)")
      if let second = layout.bar(characters: min(8, layout.characterLimit), at: frame, avoiding: [first]) {
        #expect(second.intersection(bounds) == second, "round \(round)")
      }
    }
    // With room above, below and inside, three texts of one box do not cover each other.
    let layout = MarkLayout(PixelRect(left: 0, top: 0, right: 640, bottom: 480))
    let frame = try #require(
      layout.frame(around: NormalizedBox(x: 0.3, y: 0.3, width: 0.4, height: 0.4)))
    var placed: [PixelRect] = []
    for _ in 0..<4 {
      let bar = try #require(layout.bar(characters: 10, at: frame, avoiding: placed))
      #expect(!placed.contains { $0.overlaps(bar) })
      placed.append(bar)
    }
  }

  @Test func longTextIsCutAtThePicturesWidth() throws {
    let frame = try paint(120, 90, [mark(0.5, 0.5, 0.5, 0.5, String(repeating: "W", count: 1000))])
    #expect(frame.widthPixels == 120)
    let layout = MarkLayout(PixelRect(left: 0, top: 0, right: 120, bottom: 90))
    #expect(layout.characterLimit == 19)
    #expect(MarkLayout(PixelRect(left: 0, top: 0, right: 3, bottom: 3)).characterLimit == 0)
  }

  @Test func labelsNameHazardAndScore() {
    let almost = HazardRegion(hazard: .fireSmoke, score: HazardScore(millionths: 999_999), box: .whole)
    #expect(EvidenceMark(almost).label == "fire_smoke 0.99")
    let sure = HazardRegion(hazard: .water, score: HazardScore(millionths: 1_000_000), box: .whole)
    #expect(EvidenceMark(sure).label == "water 1.00")
  }

  @Test func captionStandsInTheCornerAndLabelsAvoidIt() throws {
    let caption = "2026-11-24T08:02:27.500+08:00"
    let layout = MarkLayout(PixelRect(left: 0, top: 0, right: 640, bottom: 360))
    let bar = try #require(layout.captionBar(characters: caption.count))
    #expect(bar.left == 0 && bar.bottom == 360)
    let plain = try paint(640, 360, [])
    let frame = try EvidencePainter().paint(plain, marks: [], caption: caption, into: pool)
    // White on dark: every pixel of the text is white, and nothing outside the bar has changed.
    var whitePixels = 0
    for y in 0..<360 {
      for x in 0..<640 {
        let pixel = PictureBuilding.pixel(frame, x, y)
        let isInside = bar.left..<bar.right ~= x && bar.top..<bar.bottom ~= y
        #expect((pixel == [200, 128, 128]) != isInside, "\(x), \(y)")
        if pixel == RGBColor.white.samples { whitePixels += 1 }
      }
    }
    var expected = 0
    for glyph in layout.glyphs(caption) {
      for row in 0..<7 { for column in 0..<5 where glyph.isSet(column: column, row: row) { expected += 1 } }
    }
    #expect(whitePixels == expected * layout.textScale * layout.textScale)
    let low = try #require(
      layout.frame(around: NormalizedBox(x: 0, y: 0.6, width: 0.1, height: 0.1)))
    let label = try #require(layout.bar(characters: 9, at: low, avoiding: [bar]))
    #expect(!label.overlaps(bar))
  }

  /// Black text on the colour, and the colour beside its dark line, differ enough to read (WCAG: 4.5 to 1).
  @Test(arguments: HazardKind.allCases)
  func coloursAreBrightAndDistinct(hazard: HazardKind) {
    let color = RGBColor(evidenceOf: hazard)
    func linear(_ value: UInt8) -> Double {
      let part = Double(value) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    let luminance = 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue)
    #expect((luminance + 0.05) / 0.05 >= 4.5)
    for other in HazardKind.allCases where other != hazard {
      let (a, b) = (color.samples, RGBColor(evidenceOf: other).samples)
      #expect(zip(a, b).map { abs(Int($0) - Int($1)) }.reduce(0, +) >= 40, "\(hazard) and \(other)")
    }
  }
}
