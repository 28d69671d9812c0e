extension ScenePlane {
  /// Paints a moment over the still street, as the encoder gets it.
  ///
  /// - Parameter noise: draws of the sensor.
  mutating func paint(_ drawing: SceneDrawing, _ backdrop: StreetBackdrop, noise: SimulatorRandom) {
    for displacement in drawing.displacements { displace(displacement, backdrop, shift: drawing.shift) }
    for shape in drawing.surfaces { paint(shape, shift: drawing.shift) }
    let lamps = drawing.burningLamps
    illuminate(
      ambient256ths: drawing.ambientLight256ths, drawing.lights + lamps.map(\.light), shift: drawing.shift)
    for lamp in lamps { paint(SceneDrawing.Shape(lamp.head), shift: drawing.shift) }
    for shape in drawing.emitters { paint(shape, shift: drawing.shift) }
    for glow in drawing.glows { add(glow, shift: drawing.shift) }
    scale(by256ths: drawing.exposure256ths)
    if drawing.blurRadiusPixels > 0 { blur(radiusPixels: drawing.blurRadiusPixels) }
    for shape in drawing.covers { paint(shape, shift: .init()) }
    sense(noiseSigmaHundredths: drawing.noiseSigmaHundredths, draws: noise)
    for shape in drawing.overlays { paint(shape, shift: .init()) }
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
