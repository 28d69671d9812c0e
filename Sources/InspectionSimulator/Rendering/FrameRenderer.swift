/// Draws what a camera sees: one ray for each pixel.
struct FrameRenderer: Sendable {
  let scene: GroundScene

  /// - Parameter frameIndex: number of the picture in its flight.
  func picture(_ view: CameraView, frameIndex: Int, showsHazards: Bool) -> RenderedPicture {
    let camera = view.camera
    var picture = RenderedPicture(widthPixels: camera.widthPixels, heightPixels: camera.heightPixels)
    let painter = GroundPainter(scene: scene, showsHazards: showsHazards)
    for row in 0..<camera.heightPixels {
      for column in 0..<camera.widthPixels {
        let ray = view.ray(u: Double(column) + 0.5, v: Double(row) + 0.5)
        let sample = groundOrSky(view, ray, painter)
        picture.set(column, row, sample)
      }
    }
    return picture
  }

  private func groundOrSky(
    _ view: CameraView, _ ray: CameraView.Vector, _ painter: GroundPainter
  ) -> GroundPainter.Sample {
    guard ray.down > 1e-3 else { return GroundPainter.Sample(color: PaintColor(196, 208, 220)) }
    let scale = view.heightMeters / ray.down
    return painter.sample(
      x: view.point.x + scale * ray.x, y: view.point.y + scale * ray.y,
      pixelMeters: scale / view.camera.focalLengthPixels)
  }
}

extension RenderedPicture {
  /// Sets one pixel; a colour is rounded to whole levels and clamped.
  mutating func set(_ x: Int, _ y: Int, _ sample: GroundPainter.Sample) {
    func level(_ value: Double) -> UInt8 { UInt8(min(255, max(0, value)).rounded()) }
    let index = y * widthPixels + x
    colors[index * 3] = level(sample.color.red)
    colors[index * 3 + 1] = level(sample.color.green)
    colors[index * 3 + 2] = level(sample.color.blue)
    parts[index] = sample.part
  }
}
