extension ScenePlane {
  /// Paints a moment over the still street, all but what the electronics write into the finished picture.
  mutating func paint(_ drawing: SceneDrawing, _ backdrop: StreetBackdrop) {
    for displacement in drawing.displacements {
      var shift = displacement.shift
      (shift.x, shift.y) = (shift.x + drawing.shift.x, shift.y + drawing.shift.y)
      let rect = displacement.rect.moved(x: drawing.shift.x, y: drawing.shift.y)
      copy(rect.snappedTo16, from: ScenePlane(backdrop, sampling, shift: shift))
    }
    for shape in drawing.surfaces { paint(shape, shift: drawing.shift) }
    illuminate(ambient256ths: drawing.ambientLight256ths, drawing.lights, shift: drawing.shift)
    for shape in drawing.emitters { paint(shape, shift: drawing.shift) }
    for glow in drawing.glows { add(glow, shift: drawing.shift) }
    scale(by256ths: drawing.exposure256ths)
    if drawing.blurRadiusPixels > 0 { blur(radiusPixels: drawing.blurRadiusPixels) }
    for shape in drawing.covers { paint(shape, shift: .init()) }
  }
}

extension PictureRect {
  /// The same rectangle with its sides at the nearest multiples of 16.
  var snappedTo16: PictureRect {
    func snapped(_ pixels: Int) -> Int { (pixels + 8) & ~15 }
    return PictureRect(
      left: snapped(left), top: snapped(top), right: snapped(right), bottom: snapped(bottom))
  }
}
