package import FrameMemory

/// A fixed camera's scripted sequence, any frame of which can be made alone: as a coarse frame in a blink, as
/// pixels or as a JPEG in a fraction of a second.
package struct SimulatedSequence: Sendable {
  package let script: CameraScript
  package let coarseFormat: CoarseFormat
  let backdrop: StreetBackdrop
  private let stillStreet: StillStreet
  /// What each block's own pattern adds to its bits in every frame.
  private let ownDraws: [[Int]]

  /// - Precondition: sides of 64 to 4,096 pixels.
  package init(script: CameraScript) {
    precondition(
      (64...4096).contains(script.widthPixels) && (64...4096).contains(script.heightPixels),
      "a simulated camera has 64 to 4,096 pixels a side")
    precondition(script.frameIntervalMilliseconds > 0, "time goes on")
    self.script = script
    let format = CoarseFormat(
      widthPixels: script.widthPixels, heightPixels: script.heightPixels, chroma: script.chroma)
    let backdrop = StreetBackdrop(street: script.street, seed: script.seed)
    stillStreet = StillStreet(
      backdrop, PlaneIndex.allCases.compactMap { PlaneSampling.blocks(format, $0) })
    var random = SimulatorRandom(seed: script.seed, stream: .cameraTexture)
    ownDraws = stillStreet.samplings.map { sampling in
      (0..<sampling.count).map { _ in SensorNoise.normal256ths(random.next()) }
    }
    (self.backdrop, coarseFormat) = (backdrop, format)
  }

  // MARK: - Moments

  /// What a frame shows before noise; a frozen camera shows an old moment.
  package func drawing(ofFrame index: Int) -> SceneDrawing {
    var drawing = SceneDrawing(noiseSigmaHundredths: script.noiseSigmaHundredths)
    drawing.ambientLight256ths = script.ambientLight256ths
    for event in script.events {
      let moment = moment(of: event, atFrame: index)
      if event.span.contains(moment.milliseconds) { event.draw(on: &drawing, at: moment) }
    }
    let reach = StreetBackdrop.reachPixels
    precondition(
      abs(drawing.shift.x) <= reach && abs(drawing.shift.y) <= reach, "the camera still looks at the street")
    return drawing
  }

  /// The moment of an event that a frame shows.
  func moment(of event: any SequenceEvent, atFrame index: Int) -> SequenceMoment {
    let runsOn = event is CameraFreeze || event is ClockOverlay && freeze(atFrame: index)?.keepsClock == true
    return script.moment(ofFrame: runsOn ? index : shownFrame(index))
  }

  /// The frame whose picture a frame shows: itself, or the first one of a freeze.
  package func shownFrame(_ index: Int) -> Int {
    guard let freeze = freeze(atFrame: index) else { return index }
    return script.firstFrame(from: freeze.span.startMilliseconds)
  }

  func freeze(atFrame index: Int) -> CameraFreeze? {
    let milliseconds = script.moment(ofFrame: index).milliseconds
    for case let freeze as CameraFreeze in script.events where freeze.span.contains(milliseconds) {
      return freeze
    }
    return nil
  }

  /// JPEG quality of a frame.
  package func quality(ofFrame index: Int) -> Int {
    freeze(atFrame: index)?.quality(ofFrame: index) ?? script.quality
  }

  /// Draws of one frame's sensor for a component: the same for every picture of a frozen moment.
  func noise(_ stream: SimulatorRandom.Stream, ofFrame index: Int, _ component: PlaneIndex) -> SimulatorRandom
  {
    let salt = SimulatorRandom.hash(shownFrame(index), component.rawValue, salt: script.seed)
    return SimulatorRandom(seed: salt, stream: stream)
  }

  // MARK: - Coarse frames

  /// Draws one frame by blocks; `nil` where every slab of the pool is out.
  ///
  /// - Precondition: the pool's slabs hold `coarseFormat`.
  package func coarseFrame(_ index: Int, into pool: FramePool) -> CoarseFrame? {
    guard var writer = pool.makeWriter(coarseFormat) else { return nil }
    let drawing = drawing(ofFrame: index)
    let scale = JPEGScale(quality: quality(ofFrame: index))
    var bitCount = 0
    for (number, still) in stillStreet.planes(shift: drawing.shift).enumerated() {
      var plane = still
      let sampling = plane.sampling
      plane.paint(drawing, backdrop, noise: noise(.cameraNoise, ofFrame: index, sampling.component))
      let blocks = BlockCoding(sampling.component, scale).code(
        plane, draws: noise(.cameraTexture, ofFrame: index, sampling.component), ownDraws: ownDraws[number])
      bitCount += blocks.bitCount(columns: sampling.columns, isLuma: sampling.component == .luma)
      let (columns, dc, texture) = (sampling.columns, blocks.dc, blocks.texture)
      writer.fill(sampling.component, quantizer: scale.quantizers[sampling.component]) { x, y in
        let sample = y * columns + x
        return (
          Int16(truncatingIfNeeded: dc[sample]), UInt16(truncatingIfNeeded: texture[sample])
        )
      }
    }
    return writer.seal(quantizers: scale.quantizers, encodedBytes: headerBytes + bitCount / 8)
  }

  /// Markers and tables around the coded blocks of a JPEG.
  private var headerBytes: Int { script.chroma == .grey ? 330 : 623 }
}
