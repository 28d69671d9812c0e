import Foundation
import HazardAnalysis
import InspectionModel
import PixelKernels
import TestSupport
import Testing

/// The integer arithmetic of the model against plain restatements of it.
@Suite struct TileModelTests {
  @Test func theLogisticIsMonotoneAndSymmetric() {
    var before = -1
    for argument in stride(from: -18 << 16, through: 18 << 16, by: 257) {
      let value = Logistic.millionths(argument)
      #expect(value >= before && (0...1_000_000).contains(value))
      #expect(abs(value + Logistic.millionths(-argument) - 1_000_000) <= 1, "\(argument)")
      let exact = 1e6 / (1 + exp(-Double(argument) / 65_536))
      #expect(abs(Double(value) - exact) < 200, "\(argument): \(value), exactly \(exact)")
      before = value
    }
    #expect(Logistic.millionths(0) == 500_000)
    #expect(Logistic.millionths(.min / 2) < 2 && Logistic.millionths(.max / 2) > 999_998)
  }

  static let plainScaling = TileModel.Scaling(
    centers: [Int16](repeating: 0, count: TileFeature.count),
    scales: [Int32](repeating: 256, count: TileFeature.count))

  @Test func standardisingClampsToTheLimits() {
    let scaling = TileModel.Scaling(
      centers: [Int16](repeating: 2000, count: TileFeature.count),
      scales: [Int32](repeating: 128, count: TileFeature.count))
    var inputs = [Int16](repeating: 7, count: TileContext.partCount * TileFeature.count)
    var features = [Int16](repeating: 2000, count: TileFeature.count)
    features[0...5] = [0, 4095, 2001, 1999, 2003, 1997]
    scaling.standardize(features, 0, into: &inputs)
    // Halves round up: 0.5 → 1, -0.5 → 0, 1.5 → 2, -1.5 → -1.
    #expect(inputs[0...6] == [-512, 511, 1, 0, 2, -1, 0])
    #expect(inputs[TileFeature.count...].allSatisfy { $0 == 7 })
  }

  @Test func contextIsTheMeanOfTheVisibleTilesAround() {
    var generator = SeededGenerator(seed: 11)
    for round in 0..<30 {
      let columns = Int.random(in: 1...12, using: &generator),
        rows = Int.random(in: 1...12, using: &generator)
      let grid = TileGrid(widthPixels: columns * 8 + round % 8, heightPixels: rows * 8 + round % 5, tile: 8)
      let features = (0..<grid.count * TileFeature.count).map { _ in
        Int16.random(in: 0...500, using: &generator)
      }
      let highest = (0..<grid.count).map { _ in UInt8.random(in: 0...60, using: &generator) }
      var context = TileContext()
      context.fill(grid, features: features, highest: highest, scaling: Self.plainScaling)
      func mean(_ radius: Int, _ column: Int, _ row: Int, _ feature: Int) -> Int {
        var values: [Int] = []
        for y in max(0, row - radius)...min(rows - 1, row + radius) {
          for x in max(0, column - radius)...min(columns - 1, column + radius)
          where highest[y * columns + x] >= 20 {
            values.append(Int(features[(y * columns + x) * TileFeature.count + feature]))
          }
        }
        return values.isEmpty ? 0 : (values.reduce(0, +) + values.count / 2) / values.count
      }
      #expect(context.visibleCount == highest.count { $0 >= 20 })
      for tile in 0..<grid.count where highest[tile] >= 20 {
        for feature in [0, 7, TileFeature.count - 1] {
          let base = tile * TileContext.partCount * TileFeature.count + feature
          let expected = [0, 1, 3].map { mean($0, tile % columns, tile / columns, feature) }
          let found = (0..<3).map { Int(context.inputs[base + $0 * TileFeature.count]) }
          #expect(found == expected, "seed 11, round \(round), tile \(tile), feature \(feature)")
        }
      }
      #expect(Int(context.picture[3]) == mean(20, 0, 0, 3), "seed 11, round \(round)")
    }
  }

  /// A head whose units see one input each.
  private static func head(_ units: [(input: Int, weight: Int16, bias: Int32, out: Int16)]) -> TileHead {
    var weights = [Int16](repeating: 0, count: units.count * TileHead.inputCount)
    for (unit, item) in units.enumerated() { weights[unit * TileHead.inputCount + item.input] = item.weight }
    return TileHead(
      hiddenWeights: weights, hiddenBiases: units.map(\.bias), outputWeights: units.map(\.out),
      outputBias: 3 << 20,
      tileCalibration: (factor: 512, offset: 1 << 16),
      pictureCalibration: (factors: [1024, 512, -256], offset: 100))
  }

  @Test func logitsByHand() {
    let head = Self.head([
      (input: 0, weight: 1024, bias: 0, out: 2048),  // 2·max(0, z₀)
      (input: 3 * TileFeature.count, weight: -512, bias: 1 << 16, out: -1024),  // -max(0, 1 - mean₀/2)
    ])
    let grid = TileGrid(widthPixels: 24, heightPixels: 8, tile: 8)
    var features = [Int16](repeating: 0, count: 3 * TileFeature.count)
    (features[0], features[TileFeature.count]) = (128, 64)  // z₀ of the tiles: 2 and 1; the third is blank
    var context = TileContext()
    context.fill(grid, features: features, highest: [200, 200, 3], scaling: Self.plainScaling)
    var logits: [Int32] = [], spare: [Int32] = []
    head.fillLogits(context, tileCount: 3, into: &logits, spare: &spare)
    // The picture's mean is 1.5: 3 + 2·2 - 0.25 and 3 + 2·1 - 0.25.
    #expect(logits == [6912, 4864, TileHead.blankLogit])
    #expect(head.tileScore(TileHead.blankLogit) == 0)
    #expect(head.tileScore(-2048) == 500_000)
    // Two visible tiles: the strongest, the strongest, the mean of both.
    let expected = 100 + 6912 * 64 + 6912 * 32 - (6912 + 4864) / 2 * 16
    #expect(head.pictureLogit(logits[...], ranked: &spare) == expected)
    #expect(head.pictureLogit([TileHead.blankLogit], ranked: &spare) == nil)
  }

  /// The largest weights and inputs that the types allow stay inside 32 bits and saturate where they should.
  @Test func theLargestProductsDoNotOverflow() {
    for (weight, expected) in [(Int16.max, TileHead.logitLimit), (-Int16.max, 3 << 10)] {
      let head = TileHead(
        hiddenWeights: [Int16](repeating: weight, count: TileHead.inputCount), hiddenBiases: [1 << 28],
        outputWeights: [.max], outputBias: 3 << 20, tileCalibration: (1024, 0),
        pictureCalibration: ([1024, 0, 0], 0))
      let grid = TileGrid(widthPixels: 8, heightPixels: 8, tile: 8)
      var context = TileContext()
      context.fill(
        grid, features: [Int16](repeating: 511, count: TileFeature.count), highest: [255],
        scaling: Self.plainScaling)
      var logits: [Int32] = [], spare: [Int32] = []
      head.fillLogits(context, tileCount: 1, into: &logits, spare: &spare)
      #expect(logits == [Int32(expected)])
    }
  }

  @Test func theFittedParametersHaveTheirShapes() {
    let model = TileModel.fitted
    #expect(model.heads.map(\.hazard) == [.fireSmoke, .garbage, .roadDamage, .water])
    #expect(model.scaling.centers.count == TileFeature.count)
    #expect(model.scaling.scales.count == TileFeature.count)
    #expect(model.scaling.scales.allSatisfy { (1...32_767).contains($0) })
    for head in model.heads.map(\.head) + [model.vehicles] {
      #expect(head.hiddenWeights.count == head.hiddenBiases.count * TileHead.inputCount)
      #expect(head.outputWeights.count == head.hiddenBiases.count)
      #expect(head.pictureCalibration.factors.count == TileHead.pooledFractions.count)
      #expect(head.hiddenBiases.allSatisfy { abs($0) < 1 << 28 })
      #expect(head.tileCalibration.factor > 0, "a hotter tile never has a lower score")
      #expect(
        head.pictureCalibration.factors.allSatisfy { $0 >= 0 }, "nor does a hotter tile cool the picture")
    }
    #expect(model.tilesPerVehicle > 1)
  }

  @Test func theHashKnowsEveryParameter() {
    let model = TileModel.fitted
    var changed: [TileModel] = [model]
    var centers = model.scaling.centers
    centers[5] += 1
    changed.append(model.with(scaling: .init(centers: centers, scales: model.scaling.scales)))
    changed.append(model.with(tilesPerVehicle: model.tilesPerVehicle + 1))
    changed.append(model.with(version: model.version + "x"))
    changed.append(model.with(vehicles: model.heads[0].head))
    #expect(Set(changed.map(\.hash)).count == changed.count)
    #expect(model.hash == TileModel.fitted.hash && model.hash.count == 16)
  }
}

extension TileModel {
  fileprivate func with(
    version: String? = nil, scaling: Scaling? = nil, vehicles: TileHead? = nil,
    tilesPerVehicle: Int? = nil
  ) -> TileModel {
    TileModel(
      version: version ?? self.version, scaling: scaling ?? self.scaling, heads: heads,
      vehicles: vehicles ?? self.vehicles,
      tilesPerVehicle: tilesPerVehicle ?? self.tilesPerVehicle)
  }
}
