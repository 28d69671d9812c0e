extension RenderedPicture {
  /// What a lens and a sensor make of the colours of a natural scene: darker corners and grain.
  init(colors drawn: [PaintColor], parts: [UInt8], view: CameraView, grain: Double, salt: UInt64) {
    self.init(widthPixels: view.camera.widthPixels, heightPixels: view.camera.heightPixels)
    self.parts = parts
    let (middleX, middleY) = (Double(widthPixels) / 2, Double(heightPixels) / 2)
    let corner = middleX * middleX + middleY * middleY
    for y in 0..<heightPixels {
      for x in 0..<widthPixels {
        let index = y * widthPixels + x
        var color = drawn[index]
        if grain > 0 {
          let (dx, dy) = (Double(x) - middleX, Double(y) - middleY)
          let bits = SimulatorRandom.hash(x, y, salt: salt)
          // Two equal draws added: most grains are small.
          let offset = Double(bits & 0xFFFF) + Double(bits >> 16 & 0xFFFF) - 65_535
          color = color * (1 - 0.14 * (dx * dx + dy * dy) / corner) + .grey(offset / 65_535 * grain)
        }
        self.colors[index * 3] = Self.level(color.red)
        self.colors[index * 3 + 1] = Self.level(color.green)
        self.colors[index * 3 + 2] = Self.level(color.blue)
      }
    }
  }

  /// Whole levels, clamped.
  private static func level(_ value: Double) -> UInt8 {
    value <= 0 ? 0 : value >= 255 ? 255 : UInt8(value.rounded())
  }
}
