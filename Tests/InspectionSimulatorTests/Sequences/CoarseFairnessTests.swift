import FrameMemory
import ImageCodecs
import InspectionSimulator
import Testing

/// The coarse frame drawn by blocks is a fair model of the JPEG drawn by pixels.
@Suite struct CoarseFairnessTests {
  /// Means of the 8x8 blocks of a decoded JPEG's plane that lie in the picture as a whole.
  private func blockMeans(_ plane: PlaneView) -> [[Double]] {
    (0..<plane.heightPixels / 8).map { row in
      (0..<plane.widthPixels / 8).map { column in
        var sum = 0
        for y in 0..<8 {
          for x in 0..<8 { sum += Int(plane[column * 8 + x, row * 8 + y]) }
        }
        return Double(sum) / 64
      }
    }
  }

  /// How far each block of a coarse plane lies from the mean of the decoded block.
  private func distances(_ levels: PlaneView, _ means: [[Double]]) -> [Double] {
    means.indices.flatMap { y in means[y].indices.map { x in Double(levels[x, y]) - means[y][x] } }
  }

  private func compare(_ samples: SequenceSamples, _ index: Int) throws {
    let bytes = try samples.sequence.jpeg(index, into: samples.pool)
    let decoded = try ImageDecoder().decode(bytes, into: samples.pool).frame
    let coarse = samples.coarse(index)
    for component in PlaneIndex.allCases {
      let found = distances(coarse.levels(component)!, blockMeans(decoded.plane(component)!))
      // Two roundings to the step, two draws of noise, levels of a block's mean and of its pixels.
      let step = Double(coarse.quantizers[component]) / 8
      let sigma = Double(samples.sequence.script.noiseSigmaHundredths) / 100 / 8
      let expected = (step * step / 6 + 2 * sigma * sigma + 1.0 / 12).squareRoot()
      // A few blocks lie under the borders of several things at once: their mean is not exact.
      let near = found.filter { abs($0) < 5 * expected }
      let mean = near.reduce(0, +) / Double(near.count)
      let root = (near.reduce(0) { $0 + $1 * $1 } / Double(near.count)).squareRoot()
      #expect(abs(mean) < 0.15 && root < 1.15 * expected, "\(component): mean \(mean), root \(root)")
      #expect((found.count - near.count) * 200 <= found.count, "\(component): \(near.count) near")
      #expect(found.allSatisfy { abs($0) < 25 }, "\(component)")
    }
    let ratio = Double(coarse.encodedBytes) / Double(bytes.count)
    #expect((0.8...1.25).contains(ratio), "\(coarse.encodedBytes) bytes drawn, \(bytes.count) encoded")
  }

  @Test(arguments: [60, 80, 92])
  func theStillStreetAgrees(quality: Int) throws {
    try compare(SequenceSamples { $0.quality = quality }, 2)
  }

  @Test func movingAndBurningThingsAgree() throws {
    try compare(
      SequenceSamples { script in
        let street = script.street
        for number in 0..<8 {
          script.events.append(
            MovingObject(
              "car-\(number)", EventSpan(),
              start: PictureRect(
                x: 81 * number, y: street.lane(number % 4).top + 3, width: 45, height: 19),
              speedXPixelsPerSecond: 37, look: ObjectLook.cars[number % 5]))
        }
        script.events += [
          Flames(
            "fire", EventSpan(), footX: 330, footY: 203, startSize: (20, 20), fullSize: (60, 60),
            growthMilliseconds: 1000),
          AppearingObject("heap", EventSpan(), rect: PictureRect(x: 101, y: 175, width: 50, height: 28)),
        ]
      }, 25)
  }

  @Test(arguments: [100, 180, 330])
  func lightAndExposureAgree(gain: Int) throws {
    try compare(
      SequenceSamples { $0.events = [LightCourse.step("step", atMilliseconds: 40, gain256ths: gain)] }, 3)
  }
}
