import FrameMemory
import InspectionSimulator
import Testing

/// The bits of AC code that a drawn coarse frame claims are about those of the encoded picture, area by area.
@Suite struct TextureFairnessTests {
  private struct Statistics {
    var mean: Double
    /// Deviation of one block from frame to frame.
    var frameDeviation: Double
  }

  private func statistics(_ first: [Int], _ second: [Int]) -> Statistics {
    let count = Double(first.count)
    let squares = zip(first, second).reduce(0.0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) / 2 }
    return Statistics(
      mean: Double(first.reduce(0, +)) / count, frameDeviation: (squares / count).squareRoot())
  }

  /// The bits of a component's blocks that lie in an area of the picture as a whole.
  private func bits(_ frame: CoarseFrame, _ component: PlaneIndex, _ area: PictureRect) -> [Int] {
    let (texture, side) = (frame.texture(component)!, component == .luma ? 8 : 16)
    var bits: [Int] = []
    for y in (area.top + side - 1) / side..<area.bottom / side {
      for x in (area.left + side - 1) / side..<area.right / side { bits.append(Int(texture[x, y])) }
    }
    return bits
  }

  private func bits(_ reader: JPEGBlockReader, _ component: PlaneIndex, _ area: PictureRect) -> [Int] {
    let (coded, side) = (reader.components[component.rawValue], component == .luma ? 8 : 16)
    var bits: [Int] = []
    for y in (area.top + side - 1) / side..<area.bottom / side {
      for x in (area.left + side - 1) / side..<area.right / side {
        bits.append(coded.bits[y * coded.columns + x])
      }
    }
    return bits
  }

  private func areas(_ street: StreetLayout) -> [(name: String, rect: PictureRect)] {
    var facades = street.facades
    facades.right = street.trees[0].left
    return [
      ("sky", street.sky), ("facades", facades), ("trees", street.trees[0]), ("pavement", street.pavement),
      ("road", street.road), ("verge", street.verge),
    ]
  }

  private func compare(_ samples: SequenceSamples, tolerance: Double) throws {
    let readers = try (0..<2).map { JPEGBlockReader(try samples.sequence.jpeg($0, into: samples.pool)) }
    let coarse = (0..<2).map { samples.coarse($0) }
    for (name, rect) in areas(samples.street) {
      for component in [PlaneIndex.luma, .chromaRed] {
        let coded = statistics(bits(readers[0], component, rect), bits(readers[1], component, rect))
        let drawn = statistics(bits(coarse[0], component, rect), bits(coarse[1], component, rect))
        #expect(
          abs(drawn.mean - coded.mean) <= tolerance * coded.mean + 2.5,
          "\(name), \(component): \(drawn), \(coded)")
        #expect(
          drawn.frameDeviation < 1.6 * coded.frameDeviation + 1.5
            && coded.frameDeviation < 1.6 * drawn.frameDeviation + 1.5,
          "\(name), \(component): \(drawn), coded \(coded)")
      }
    }
  }

  @Test(arguments: [(50, 80), (200, 60), (200, 80), (200, 92), (400, 80)])
  func noiseAndQualityGiveTheBitsOfTheEncoder(sigmaHundredths: Int, quality: Int) throws {
    try compare(
      SequenceSamples { ($0.noiseSigmaHundredths, $0.quality) = (sigmaHundredths, quality) }, tolerance: 0.12)
  }

  @Test func theDCCoefficientsAreThoseOfTheEncoderToo() throws {
    let samples = SequenceSamples { $0.noiseSigmaHundredths = 0 }
    let coarse = samples.coarse(0)
    let coded = JPEGBlockReader(try samples.sequence.jpeg(0, into: samples.pool)).components[0]
    let dc = coarse.dc(.luma)!
    var distances = [0: 0]
    for y in 0..<45 {
      for x in 0..<80 { distances[abs(Int(dc[x, y]) - coded.dc[y * coded.columns + x]), default: 0] += 1 }
    }
    // The rounding of pixels to levels may move a mean over the edge of a step.
    #expect(distances[0]! > 2880 && distances.keys.allSatisfy { $0 <= 1 }, "\(distances)")
  }
}
