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
      plane.paint(drawing, backdrop, noise: noise(.cameraNoise, ofFrame: index, component))
      let samples = wholeLevels(plane)
      writer.fill(component) { x, y in samples[y * sampling.columns + x] }
    }
    return writer.seal()
  }

  private func wholeLevels(_ plane: ScenePlane) -> [UInt8] {
    var samples = [UInt8](repeating: 0, count: plane.sampling.count)
    var sample = 0
    while sample < samples.count {
      let level = (plane.levels[sample] + 128) >> 8
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
