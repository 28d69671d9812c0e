package import FrameMemory

/// Makes the picture that shows people what was found: reduced, turned upright, boxes and short texts drawn in.
///
/// The output is always Y, Cb, Cr of full size (a grey frame gets neutral chroma, so that boxes have colour). The
/// reduction is the exact area average. Pixel memory comes from the pool only; the same input gives the same bytes.
package struct EvidencePainter: Sendable, Hashable {
  /// The longer side of the output; smaller pictures keep their size.
  package var maximumSidePixels: Int

  private static let outline = RGBColor(red: 16, green: 16, blue: 16)

  /// - Precondition: 1…65,535 pixels.
  package init(maximumSidePixels: Int = 1280) {
    precondition((1...65_535).contains(maximumSidePixels), "a frame has 1 to 65,535 pixels a side")
    self.maximumSidePixels = maximumSidePixels
  }

  /// The format of the output: size a pool's slabs by its `byteCount`.
  package func outputFormat(of source: FrameFormat, orientation: FrameOrientation = .up) -> FrameFormat {
    let (width, height) = reducedSize(source)
    return FrameFormat(
      widthPixels: orientation.swapsSides ? height : width,
      heightPixels: orientation.swapsSides ? width : height, chroma: .ycbcr444)
  }

  /// Paints a copy; the frame itself stays as it is.
  ///
  /// - Parameters:
  ///   - marks: in the coordinates of the frame as stored; later ones lie above earlier ones, texts above all boxes.
  ///   - caption: printable ASCII for the lower left corner, such as the time and its zone; empty for none.
  ///   - orientation: how the stored picture is turned for the output, marks included.
  ///   - pool: gives one slab while the frame keeps its own.
  /// - Throws: `poolExhausted` where no slab is free, `tooLarge` where the output does not fit a slab.
  package func paint(
    _ frame: Frame, marks: [EvidenceMark], caption: String = "", orientation: FrameOrientation = .up,
    into pool: FramePool
  ) throws(ImageError) -> Frame {
    let format = outputFormat(of: frame.format, orientation: orientation)
    var writer = try pool.imageWriter(format)
    copy(frame, orientation, to: &writer)
    var canvas = PixelCanvas(writer)
    let layout = MarkLayout(canvas.bounds)
    let boxes = marks.compactMap { mark in
      layout.frame(around: orientation.box(mark.box)).map { (mark: mark, frame: $0) }
    }
    for box in boxes {
      canvas.strokeInside(box.frame, width: layout.frameWidth, Self.outline)
      canvas.strokeInside(box.frame.expanded(by: -layout.rim), width: layout.lineWidth, box.mark.color)
    }
    var taken: [PixelRect] = []
    let captionGlyphs = layout.glyphs(caption)
    if let bar = layout.captionBar(characters: captionGlyphs.count) {
      taken.append(bar)
      draw(captionGlyphs, bar, layout, text: .white, ground: Self.outline, on: &canvas)
    }
    for box in boxes {
      let glyphs = layout.glyphs(box.mark.label)
      guard let bar = layout.bar(characters: glyphs.count, at: box.frame, avoiding: taken) else { continue }
      taken.append(bar)
      draw(glyphs, bar, layout, text: .black, ground: box.mark.color, on: &canvas)
    }
    return canvas.seal()
  }

  private func draw(
    _ glyphs: [BitmapFont.Glyph], _ bar: PixelRect, _ layout: MarkLayout, text: RGBColor, ground: RGBColor,
    on canvas: inout PixelCanvas
  ) {
    canvas.fill(bar, Self.outline)
    canvas.fill(bar.expanded(by: -layout.rim), ground)
    canvas.draw(
      glyphs, left: bar.left + layout.textInset, top: bar.top + layout.textInset, scale: layout.textScale,
      text)
  }

  private func reducedSize(_ source: FrameFormat) -> (width: Int, height: Int) {
    let (width, height) = (source.widthPixels, source.heightPixels)
    let longer = max(width, height)
    guard longer > maximumSidePixels else { return (width, height) }
    func reduced(_ pixels: Int) -> Int { max(1, (pixels * maximumSidePixels + longer / 2) / longer) }
    return (reduced(width), reduced(height))
  }

  private func copy(_ frame: Frame, _ orientation: FrameOrientation, to writer: inout FrameWriter) {
    let (width, height) = reducedSize(frame.format)
    func average(cell: (across: Int, down: Int)) -> AreaAverage {
      AreaAverage(
        horizontal: .init(source: frame.widthPixels, target: width, cell: cell.across),
        vertical: .init(source: frame.heightPixels, target: height, cell: cell.down))
    }
    average(cell: (1, 1)).write(frame.luma, orientation, to: .luma, of: &writer)
    guard case .ycbcr(let across, let down) = frame.format.chroma,
      let blue = frame.plane(.chromaBlue), let red = frame.plane(.chromaRed)
    else {
      for index in [PlaneIndex.chromaBlue, .chromaRed] { writer.fill(index) { _, _ in 128 } }
      return
    }
    let chroma = average(cell: (across, down))
    chroma.write(blue, orientation, to: .chromaBlue, of: &writer)
    chroma.write(red, orientation, to: .chromaRed, of: &writer)
  }
}
