import FrameMemory
import InspectionSimulator
import Testing

/// What may befall a camera beside its freezing.
@Suite struct CameraFaultTests {
  @Test func aFrozenPictureMayKeepItsClock() {
    let samples = SequenceSamples { script in
      script.events = [
        ClockOverlay("clock", x: 16, y: 16, startSeconds: 34_199),
        MovingObject("car", EventSpan(), start: script.street.carAtLeftEdge, speedXPixelsPerSecond: 90),
        CameraFreeze("freeze", EventSpan(from: 1000), keepsClock: true),
      ]
    }
    let place = samples.blocks(30, "clock")
    let frames = [25, 49, 50, 75].map { samples.coarse($0) }
    #expect(SequenceSamples.changes(frames[0], frames[1], threshold: 0).isEmpty, "within a second")
    for frame in frames[2...] {
      let changed = SequenceSamples.changes(frames[0], frame, threshold: 0)
      #expect((1...8).contains(changed.count) && changed.allSatisfy { place.contain($0) })
    }
    // The digits have no noise of their own.
    let running = SequenceSamples { $0.events = [ClockOverlay("clock", x: 16, y: 16)] }
    let (first, second) = (running.coarse(0), running.coarse(1))
    for x in 3..<10 { #expect(first.luma[x, 3] == second.luma[x, 3]) }
  }

  @Test func aBlurTakesTextureAndEdgesAndKeepsTheMean() {
    let samples = SequenceSamples { script in
      script.events = [CameraBlur("blur", EventSpan(from: 400), radiusPixels: 5, driftMilliseconds: 2000)]
    }
    let (sharp, soft) = (samples.coarse(5), samples.coarse(70))
    let all = SequenceSamples.allBlocks
    #expect(abs(SequenceSamples.mean(sharp, blocks: all) - SequenceSamples.mean(soft, blocks: all)) < 0.5)
    #expect(
      SequenceSamples.meanTexture(soft, blocks: all) < 0.7 * SequenceSamples.meanTexture(sharp, blocks: all))
    let trees = PictureRect(left: 34, top: 14, right: 44, bottom: 18)
    #expect(
      SequenceSamples.meanTexture(soft, blocks: trees)
        < 0.4 * SequenceSamples.meanTexture(sharp, blocks: trees))
    let textures = stride(from: 5, through: 60, by: 5).map {
      SequenceSamples.meanTexture(samples.coarse($0), blocks: trees)
    }
    #expect(zip(textures, textures.dropFirst()).allSatisfy { $1 < $0 + 4 }, "gradually: \(textures)")
    #expect(edge(soft) < 0.8 * edge(sharp))
  }

  /// Sum of the level steps between blocks side by side.
  private func edge(_ frame: CoarseFrame) -> Double {
    var sum = 0
    for y in 0..<45 {
      for x in 1..<80 { sum += abs(Int(frame.luma[x, y]) - Int(frame.luma[x - 1, y])) }
    }
    return Double(sum)
  }

  @Test func aHandHidesWhatItCovers() {
    let samples = SequenceSamples { script in
      script.events = [
        CameraCover(
          "hand", EventSpan(from: 400), rect: PictureRect(x: 0, y: 0, width: 400, height: 360),
          material: .hand,
          arrivalMilliseconds: 400)
      ]
    }
    let quiet = SequenceSamples()
    let (open, covered) = (quiet.coarse(40), samples.coarse(40))
    let (left, right) = (
      PictureRect(left: 0, top: 0, right: 50, bottom: 45),
      PictureRect(left: 50, top: 0, right: 80, bottom: 45)
    )
    #expect(samples.blocks(40, "hand") == [left] && samples.blocks(15, "hand")[0].right == 25)
    for y in 0..<45 {
      for x in 0..<50 { #expect(abs(Int(covered.luma[x, y]) - 38) <= 2, "block \(x), \(y)") }
    }
    #expect(SequenceSamples.meanTexture(covered, blocks: left) < 24, "noise only")
    #expect(
      SequenceSamples.meanTexture(covered, blocks: right) == SequenceSamples.meanTexture(open, blocks: right))
    #expect(SequenceSamples.changes(open, covered, threshold: 0).allSatisfy { $0.x < 50 })
  }

  @Test func plasticLeavesASixthOfTheContrast() {
    func frame(_ events: [any SequenceEvent]) -> CoarseFrame {
      SequenceSamples { script in
        (script.noiseSigmaHundredths, script.quality, script.events) = (0, 100, events)
      }.coarse(0)
    }
    let open = frame([])
    let covered = frame([
      CameraCover("bag", EventSpan(), rect: open.format.whole, material: .plastic)
    ])
    #expect(abs(edge(covered) / edge(open) - 1.0 / 6) < 0.02, "\(edge(covered) / edge(open))")
    let all = SequenceSamples.allBlocks
    #expect(
      SequenceSamples.meanTexture(covered, blocks: all) < 0.6 * SequenceSamples.meanTexture(open, blocks: all)
    )
  }

  @Test func aTurnedCameraShowsTheSceneElsewhere() {
    func samples(_ events: [any SequenceEvent]) -> SequenceSamples {
      SequenceSamples { ($0.noiseSigmaHundredths, $0.events) = (0, events) }
    }
    let car = MovingObject(
      "car", EventSpan(), start: PictureRect(x: 200, y: 240, width: 48, height: 16), speedXPixelsPerSecond: 50
    )
    let still = samples([car])
    let turned = samples([car, CameraMoved("turn", EventSpan(from: 400), by: .init(x: 32, y: -16))])
    #expect(SequenceSamples.content(turned.coarse(9)) == SequenceSamples.content(still.coarse(9)))
    let (before, after) = (still.coarse(20), turned.coarse(20))
    for y in 0..<43 {
      for x in 4..<80 { #expect(after.luma[x, y] == before.luma[x - 4, y + 2], "block \(x), \(y)") }
    }
    let (place, moved) = (still.blocks(20, "car")[0], turned.blocks(20, "car")[0])
    #expect(moved == place.moved(x: 4, y: -2), "the truth moves with the picture")

    let slow = samples([
      CameraMoved("turn", EventSpan(from: 400), by: .init(x: 32, y: -16), turnMilliseconds: 1000)
    ])
    let shifts = (0..<50).map { slow.sequence.drawing(ofFrame: $0).shift.x }
    #expect(shifts[10] == 0 && shifts[22] == 15 && shifts[35] == 32 && shifts[49] == 32, "\(shifts)")
  }
}

extension CoarseFormat {
  /// The picture as a rectangle.
  var whole: PictureRect { PictureRect(x: 0, y: 0, width: widthPixels, height: heightPixels) }
}
