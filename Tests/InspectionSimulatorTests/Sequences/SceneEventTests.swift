import FrameMemory
import InspectionSimulator
import Testing

/// What stands in the scene or moves through it is where the truth says, and nowhere else.
@Suite struct SceneEventTests {
  @Test func aCarChangesItsBlocksAndNoOthers() {
    let quiet = SequenceSamples()
    let samples = SequenceSamples { script in
      script.events = [
        MovingObject(
          "car", EventSpan(from: 400, until: 4400), start: script.street.carAtLeftEdge,
          speedXPixelsPerSecond: 200, look: .whiteCar)
      ]
    }
    for index in stride(from: 0, to: 120, by: 7) {
      let changed = SequenceSamples.changes(quiet.coarse(index), samples.coarse(index), threshold: 0)
      let places = samples.blocks(index, "car")
      #expect(changed.allSatisfy { places.contain($0) }, "frame \(index)")
      #expect((10..<110).contains(index) || places.isEmpty, "frame \(index)")
      if let place = places.first {
        // At least the blocks that it covers as a whole are brighter than the road.
        #expect(changed.count * 2 > place.width * place.height, "frame \(index)")
      }
    }
    #expect(samples.blocks(60, "car").first?.left == (200 * 2 - 44) / 8)
  }

  @Test func whatAppearsStaysAsItIs() {
    let samples = SequenceSamples { script in
      script.noiseSigmaHundredths = 0
      script.events = [
        AppearingObject(
          "heap", EventSpan(from: 1000, until: 3000), rect: PictureRect(x: 96, y: 176, width: 48, height: 32))
      ]
    }
    let before = samples.coarse(24)
    let there = samples.coarse(25)
    let changed = SequenceSamples.changes(before, there, threshold: 8)
    #expect(changed.count > 12 && changed.allSatisfy { samples.blocks(25, "heap").contain($0) })
    #expect(SequenceSamples.content(there) == SequenceSamples.content(samples.coarse(74)))
    #expect(SequenceSamples.content(before) == SequenceSamples.content(samples.coarse(75)))
    #expect(samples.sequence.truth(ofFrame: 24).sightings.isEmpty)
    #expect(samples.sequence.truth(ofFrame: 74).sightings.map(\.sinceFrame) == [25])
    #expect(samples.sequence.truth(ofFrame: 75).sightings.isEmpty)
  }

  @Test func flamesAreOfFireColourFlickerAndGrow() throws {
    let samples = SequenceSamples { script in
      script.events = [
        Flames(
          "fire", EventSpan(from: 1000), footX: 200, footY: 208, startSize: (24, 24), fullSize: (72, 72),
          growthMilliseconds: 8000)
      ]
    }
    let (early, late) = (samples.blocks(30, "fire")[0], samples.blocks(240, "fire")[0])
    #expect(late.width > 2 * early.width && late.height > 2 * early.height)
    let core = PictureRect(left: 24, top: 25, right: 26, bottom: 26)
    let burning = samples.coarse(240)
    #expect(SequenceSamples.mean(burning, blocks: core) > 200)
    let chroma = PictureRect(left: 12, top: 11, right: 13, bottom: 12)
    #expect(SequenceSamples.mean(burning, .chromaBlue, blocks: chroma) < 105)
    #expect(SequenceSamples.mean(burning, .chromaRed, blocks: chroma) > 145)

    // Each block of a grown fire's upper half goes up and down, several times a second, unevenly.
    let levels = (250..<500).map { index in
      let frame = samples.coarse(index)
      return (23...26).map { Int(frame.luma[$0, 21]) }
    }
    for block in 0..<4 { try checkFlicker(levels.map { $0[block] }) }
    // Its foot burns brightly all the time, and not evenly either.
    let feet = (250..<300).map { SequenceSamples.mean(samples.coarse($0), blocks: core) }
    #expect(feet.min()! > 190 && feet.max()! - feet.min()! > 6, "\(feet.min()!) … \(feet.max()!)")
  }

  /// Ten seconds of one block.
  private func checkFlicker(_ levels: [Int]) throws {
    let middle = levels.reduce(0, +) / levels.count
    let crossings = levels.indices.dropFirst().filter { (levels[$0] > middle) != (levels[$0 - 1] > middle) }
    let hertz = Double(crossings.count) / 2 / 10
    #expect((2.0...12).contains(hertz), "\(hertz) Hz around the middle")
    let gaps = Set(zip(crossings, crossings.dropFirst()).map { $1 - $0 })
    #expect(gaps.count >= 5, "irregular: \(gaps.sorted())")
    #expect(levels.max()! - levels.min()! > 40, "\(levels.min()!) … \(levels.max()!)")
  }
}
