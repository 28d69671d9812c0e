/// An open fire that grows: tongues side by side, each flickering for itself, irregularly, at 2 to 12 Hz.
package struct Flames: SequenceEvent {
  package var name: String
  package var span: EventSpan
  package var kind: SequenceEventKind { .flames }
  /// Middle of the fire's foot, pixels.
  package var footX: Int
  package var footY: Int
  /// Largest extent at the start of the span and after `growthMilliseconds`.
  package var startSize: (widthPixels: Int, heightPixels: Int)
  package var fullSize: (widthPixels: Int, heightPixels: Int)
  package var growthMilliseconds: Int

  /// Width of a tongue.
  private static let tonguePixels = 4

  package init(
    _ name: String, _ span: EventSpan, footX: Int, footY: Int,
    startSize: (widthPixels: Int, heightPixels: Int), fullSize: (widthPixels: Int, heightPixels: Int),
    growthMilliseconds: Int
  ) {
    precondition(growthMilliseconds > 0, "a fire takes time to grow")
    (self.name, self.span, self.footX, self.footY) = (name, span, footX, footY)
    (self.startSize, self.fullSize) = (startSize, fullSize)
    self.growthMilliseconds = growthMilliseconds
  }

  package func draw(on drawing: inout SceneDrawing, at moment: SequenceMoment) {
    let size = size(at: moment)
    let count = max(1, size.widthPixels / Self.tonguePixels)
    var heat = 0
    var fire = SceneDrawing.Shape([])
    for tongue in 0..<count {
      let left = footX - count * Self.tonguePixels / 2 + tongue * Self.tonguePixels
      // Higher in the middle, by a parabola.
      let side = 2 * tongue + 1 - count
      let shape = 256 - side * side * 160 / (count * count)
      let flicker = flicker256ths(of: tongue, at: moment)
      let height = (size.heightPixels * shape * flicker) >> 16
      heat += flicker
      fire.parts += parts(left: left, height: max(2, height), heat256ths: flicker)
    }
    drawing.emitters.append(fire)
    // The fire lights what is around it, in its own rhythm.
    drawing.lights.append(
      SceneDrawing.Glow(
        centerX: footX, centerY: footY - size.heightPixels / 2, radiusX: 24 + 2 * size.widthPixels,
        radiusY: 24 + 2 * size.heightPixels, peak: (60 * heat / count) >> 8))
  }

  /// White-yellow below, brighter where it is hotter, orange, dark red at the tip.
  private func parts(left: Int, height: Int, heat256ths: Int) -> [SceneDrawing.Stroke] {
    func part(_ from: Int, _ to: Int, _ color: SceneColor) -> SceneDrawing.Stroke {
      let rect = PictureRect(
        left: left, top: footY - height * to / 8, right: left + Self.tonguePixels,
        bottom: footY - height * from / 8)
      return SceneDrawing.Stroke(rect, color, detailSixteenths: 96)
    }
    return [
      part(0, 3, SceneColor(luma: 196 + heat256ths * 48 / 256, chromaBlue: 84, chromaRed: 142)),
      part(3, 6, SceneColor(luma: 170, chromaBlue: 58, chromaRed: 178)),
      part(6, 8, SceneColor(luma: 104, chromaBlue: 84, chromaRed: 196)),
    ].filter { !$0.rect.isEmpty }
  }

  /// The extent that a tongue may reach, always.
  package func places(at moment: SequenceMoment) -> [PictureRect] {
    let size = size(at: moment)
    return [
      PictureRect(
        x: footX - size.widthPixels / 2, y: footY - size.heightPixels, width: size.widthPixels,
        height: size.heightPixels)
    ]
  }

  private func size(at moment: SequenceMoment) -> (widthPixels: Int, heightPixels: Int) {
    let passed = min(moment.milliseconds - span.startMilliseconds, growthMilliseconds)
    return (
      startSize.widthPixels + (fullSize.widthPixels - startSize.widthPixels) * passed / growthMilliseconds,
      startSize.heightPixels + (fullSize.heightPixels - startSize.heightPixels) * passed / growthMilliseconds
    )
  }

  /// 40…254: slow and fast wandering added, two thirds of it by the whole fire, one by each tongue for itself.
  private func flicker256ths(of tongue: Int, at moment: SequenceMoment) -> Int {
    let bits = SimulatorRandom.hash(tongue, footX, salt: moment.seed &+ 0xF1A3E)
    func wander(_ number: UInt64, _ stepMilliseconds: Int) -> Int {
      Wander(salt: moment.seed &+ number, stepMilliseconds: stepMilliseconds)
        .value(atMilliseconds: moment.milliseconds)
    }
    let whole = wander(1, 205) + wander(2, 65)
    let own = wander(bits, 125 + Int(bits & 127)) + wander(bits &+ 1, 42 + Int(bits >> 8 & 31))
    return 40 + (whole * 70 + own * 38) / 256
  }
}
