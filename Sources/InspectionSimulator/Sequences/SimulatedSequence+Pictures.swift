package import FrameMemory
package import ImageCodecs

extension SimulatedSequence {
  /// The same moment as `coarseFrame` by pixels: slow, for tests from end to end and for folders of pictures.
  package func frame(_ index: Int, into pool: FramePool) -> Frame? {
    let format = FrameFormat(
      widthPixels: script.widthPixels, heightPixels: script.heightPixels, chroma: script.chroma)
    guard var writer = pool.makeWriter(format) else { return nil }
    let drawing = drawing(ofFrame: index)
    for component in PlaneIndex.allCases {
      guard let sampling = PlaneSampling.pixels(format, component) else { continue }
      var plane = ScenePlane(backdrop, sampling, shift: drawing.shift)
      plane.paint(drawing, backdrop)
      let samples = developed(
        plane, drawing, noise: noise(.cameraNoise, ofFrame: index, component))
      writer.fill(component) { x, y in samples[y * sampling.columns + x] }
    }
    return writer.seal()
  }

  /// Whole levels with the sensor's noise.
  private func developed(
    _ plane: ScenePlane, _ drawing: SceneDrawing, noise: SimulatorRandom
  ) -> [UInt8] {
    var noise = noise
    let sigma = plane.sampling.noiseSigma256ths(drawing.noiseSigmaHundredths)
    var samples = [UInt8](repeating: 0, count: plane.sampling.count)
    var sample = 0
    while sample < samples.count {
      let level = (plane.levels[sample] + (SensorNoise.normal256ths(noise.next()) * sigma) >> 8 + 128) >> 8
      samples[sample] = level < 0 ? 0 : level > 255 ? 255 : UInt8(truncatingIfNeeded: level)
      sample += 1
    }
    return samples
  }

  /// The frame as the camera's JPEG.
  package func jpeg(_ index: Int, into pool: FramePool) throws(ImageError) -> [UInt8] {
    guard let frame = frame(index, into: pool) else {
      throw ImageError(.poolExhausted, "every slab of the simulator's pool is in use")
    }
    return try ImageEncoder(quality: quality(ofFrame: index)).jpeg(frame)
  }
}
