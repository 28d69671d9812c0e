package import InspectionModel

/// Where the lines and texts of an evidence picture go, all in whole pixels of the output.
package struct MarkLayout {
  let bounds: PixelRect
  /// Coloured line, 2…4 pixels by the picture's longer side.
  let lineWidth: Int
  /// Dark line on both sides of the coloured one.
  let rim = 1
  /// Pixels of the output for one of the font, 1…4 by the picture's longer side.
  package let textScale: Int

  /// Sizes that fit a picture of these bounds.
  package init(_ bounds: PixelRect) {
    self.bounds = bounds
    let longer = max(bounds.width, bounds.height)
    lineWidth = min(4, max(2, longer / 320))
    textScale = min(4, max(1, (longer + 210) / 420))
  }

  /// Dark, coloured and dark line together.
  package var frameWidth: Int { lineWidth + 2 * rim }
  /// From a bar's edge to its text.
  package var textInset: Int { rim + 2 * textScale }
  /// The most characters of a text that fit the picture's width.
  package var characterLimit: Int {
    max(0, bounds.width - 2 * textInset + textScale) / (BitmapFont.advancePixels * textScale)
  }

  /// The characters of a text, cut at the picture's width.
  package func glyphs(_ text: String) -> [BitmapFont.Glyph] {
    text.unicodeScalars.prefix(characterLimit).map(BitmapFont.Glyph.init)
  }

  /// The outer edge of the lines around a box: the lines lie outside the box, so that they hide nothing of it,
  /// except at the picture's edge. `nil` for a box that lies outside the picture.
  package func frame(around box: NormalizedBox) -> PixelRect? {
    PixelRect(box, width: bounds.width, height: bounds.height).map {
      $0.expanded(by: frameWidth).intersection(bounds)
    }
  }

  /// The bar for a box's text: above the frame, else below it, else inside it; the first place that is free of
  /// other bars, else the first that lies inside the picture. `nil` where there is no text or no room.
  package func bar(characters: Int, at frame: PixelRect, avoiding taken: [PixelRect]) -> PixelRect? {
    guard let (width, height) = barSize(characters: characters) else { return nil }
    let left = min(frame.left, bounds.right - width)
    let inside = min(frame.top + frameWidth, bounds.bottom - height)
    let tops = [frame.top - height, frame.bottom, inside, max(inside, frame.bottom - frameWidth - height)]
    let places = tops.map { PixelRect(left: left, top: $0, right: left + width, bottom: $0 + height) }
      .filter { $0.intersection(bounds) == $0 }
    return places.first { place in !taken.contains { $0.overlaps(place) } } ?? places.first
  }

  /// The bar for the picture's own text, in the lower left corner; `nil` where there is no text or no room.
  package func captionBar(characters: Int) -> PixelRect? {
    barSize(characters: characters).map {
      PixelRect(left: 0, top: bounds.bottom - $0.height, right: $0.width, bottom: bounds.bottom)
    }
  }

  private func barSize(characters: Int) -> (width: Int, height: Int)? {
    let width = (characters * BitmapFont.advancePixels - 1) * textScale + 2 * textInset
    let height = BitmapFont.heightPixels * textScale + 2 * textInset
    return characters > 0 && width <= bounds.width && height <= bounds.height ? (width, height) : nil
  }
}
