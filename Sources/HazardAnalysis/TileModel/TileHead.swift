/// One output of the tile model.
package struct TileHead: Sendable {
  /// Values that a hidden unit sees: the parts of `TileContext`, then the picture's means.
  package static let inputCount = (TileContext.partCount + 1) * TileFeature.count
  /// Shares of the tiles whose strongest are averaged for the picture: one in each of these numbers.
  package static let pooledFractions = [32, 8, 1]
  /// The logit of a tile that shows nothing; below every other.
  package static let blankLogit = Int32.min
  /// Logits stay within ±32 in Q10.
  package static let logitLimit = 32 << 10

  /// Q10, unit by unit, `inputCount` each. Inputs are Q6, so that 96 products of 16 and 10 bits fit 32 bits.
  package let hiddenWeights: [Int16]
  /// Q16, one a unit.
  package let hiddenBiases: [Int32]
  /// Q10, one a unit.
  package let outputWeights: [Int16]
  /// Q20.
  let outputBias: Int
  /// Calibration of a tile's logit for regions and heat maps: Q10 factor and Q16 offset.
  package let tileCalibration: (factor: Int, offset: Int)
  /// Calibration of the picture: Q10 factors of the pooled means and Q16 offset.
  package let pictureCalibration: (factors: [Int], offset: Int)

  /// The parameters in the units of the properties.
  package init(
    hiddenWeights: [Int16], hiddenBiases: [Int32], outputWeights: [Int16], outputBias: Int,
    tileCalibration: (factor: Int, offset: Int), pictureCalibration: (factors: [Int], offset: Int)
  ) {
    (self.hiddenWeights, self.hiddenBiases) = (hiddenWeights, hiddenBiases)
    (self.outputWeights, self.outputBias) = (outputWeights, outputBias)
    (self.tileCalibration, self.pictureCalibration) = (tileCalibration, pictureCalibration)
  }

  /// Writes the logit of every tile, Q10.
  package func fillLogits(
    _ context: TileContext, tileCount: Int, into logits: inout [Int32], spare: inout [Int32]
  ) {
    let units = hiddenBiases.count, length = TileContext.partCount * TileFeature.count
    if logits.count < tileCount { logits = [Int32](repeating: 0, count: tileCount) }
    // What the picture's means add is the same for all tiles.
    spare.removeAll(keepingCapacity: true)
    for unit in 0..<units {
      let weights = hiddenWeights.span.extracting(
        (unit * Self.inputCount + length)..<((unit + 1) * Self.inputCount))
      spare.append(hiddenBiases[unit] &+ Self.product(context.picture.span, weights))
    }
    for tile in 0..<tileCount {
      guard !context.isBlank[tile] else {
        logits[tile] = Self.blankLogit
        continue
      }
      let inputs = context.inputs.span.extracting((tile * length)..<((tile + 1) * length))
      var sum = outputBias
      for unit in 0..<units {
        let start = unit * Self.inputCount
        let weights = hiddenWeights.span.extracting(start..<(start + length))
        let activation = max(0, spare[unit] &+ Self.product(inputs, weights)) >> 6
        sum += Int(min(activation, Int32(Int16.max))) * Int(outputWeights[unit])
      }
      logits[tile] = Int32(min(max(sum >> 10, -Self.logitLimit), Self.logitLimit))
    }
  }

  /// Σ a·b; integers, so that the order of work (vectors of any width) does not matter.
  private static func product(_ a: Span<Int16>, _ b: Span<Int16>) -> Int32 {
    var sum: Int32 = 0
    for index in a.indices { sum &+= Int32(a[index]) &* Int32(b[index]) }
    return sum
  }

  /// The score of one tile by its logit.
  package func tileScore(_ logit: Int32) -> Int {
    guard logit != Self.blankLogit else { return 0 }
    return Logistic.millionths(((Int(logit) * tileCalibration.factor) >> 4) + tileCalibration.offset)
  }

  /// The picture's logit in Q16; `nil` where every tile is blank.
  ///
  /// - Parameter ranked: memory for the logits in falling order.
  package func pictureLogit(_ logits: ArraySlice<Int32>, ranked: inout [Int32]) -> Int? {
    ranked.removeAll(keepingCapacity: true)
    for logit in logits where logit != Self.blankLogit { ranked.append(logit) }
    guard !ranked.isEmpty else { return nil }
    ranked.sort(by: >)
    var sum = 0, taken = 0, result = pictureCalibration.offset
    for (fraction, factor) in zip(Self.pooledFractions, pictureCalibration.factors) {
      let count = max(1, ranked.count / fraction)
      while taken < count {
        sum += Int(ranked[taken])
        taken += 1
      }
      result += (factor * (sum * 64 / count)) >> 10
    }
    return result
  }

  /// Adds all parameters to a hash.
  package func combine(into hash: inout FNV1a) {
    for value in hiddenWeights { hash.combine(Int(value)) }
    for value in hiddenBiases { hash.combine(Int(value)) }
    for value in outputWeights { hash.combine(Int(value)) }
    hash.combine(outputBias)
    hash.combine(tileCalibration.factor)
    hash.combine(tileCalibration.offset)
    for value in pictureCalibration.factors { hash.combine(value) }
    hash.combine(pictureCalibration.offset)
  }
}
