extension PortableKernels {
  /// One value after the other: the reference for the kernels of the other tiers.
  static func run(
    _ layer: NetworkLayer, _ input: MapPlace, _ output: MapPlace, _ residual: LayerResidual?,
    _ arena: inout LayerArena
  ) {
    let isPadded = if case .convolution = layer.operation { true } else { false }
    let left = isPadded ? 0 : layer.padding(input.widthPixels)
    let top = isPadded ? 0 : layer.padding(input.heightPixels)
    for y in 0..<output.heightPixels {
      for x in 0..<output.widthPixels {
        for channel in 0..<output.channels {
          let sum = sum(
            layer, input, x: x * layer.stride - left, y: y * layer.stride - top, channel, arena)
          let t = scale(sum, layer, residual, x, y, channel, arena)
          set(t, layer, output, x, y, channel, &arena)
        }
      }
    }
  }

  private static func sum(
    _ layer: NetworkLayer, _ input: MapPlace, x left: Int, y top: Int, _ channel: Int, _ arena: LayerArena
  ) -> Int32 {
    var sum = layer.requantization.bias[channel]
    let isDepthwise = if case .depthwise = layer.operation { true } else { false }
    let taps = isDepthwise ? 1 : layer.inChannels
    for row in 0..<layer.kernel {
      for column in 0..<layer.kernel {
        let (x, y) = (left + column, top + row)
        let isInside = x >= 0 && x < input.widthPixels && y >= 0 && y < input.heightPixels
        let place = row * layer.kernel + column
        for tap in 0..<taps {
          let value = isInside ? arena[input, x, y, isDepthwise ? channel : tap] : layer.inZero
          let weight =
            isDepthwise
            ? layer.weights[place * layer.outChannels + channel]
            : layer.weights[(channel * layer.kernel * layer.kernel + place) * taps + tap]
          sum += Int32(value) * Int32(weight)
        }
      }
    }
    return sum
  }

  private static func scale(
    _ sum: Int32, _ layer: NetworkLayer, _ residual: LayerResidual?, _ x: Int, _ y: Int, _ channel: Int,
    _ arena: LayerArena
  ) -> Float {
    let rule = layer.requantization
    let t = Float(sum) * rule.scales[channel]
    guard let residual else { return t }
    let divisor = residual.isUpsampled ? 2 : 1
    let value = Int32(arena[residual.place, x / divisor, y / divisor, channel])
    let product = Float(value - Int32(rule.residualZero)) * rule.residualScale
    return t + product
  }

  private static func set(
    _ t: Float, _ layer: NetworkLayer, _ output: MapPlace, _ x: Int, _ y: Int, _ channel: Int,
    _ arena: inout LayerArena
  ) {
    let rule = layer.requantization
    guard !rule.isLogit else { return arena.set(t, output, x, y, channel) }
    let rounded = Int32(min(max(t.rounded(.toNearestOrEven), -1e9), 1e9)) + Int32(rule.zero)
    arena[output, x, y, channel] = UInt8(min(max(rounded, Int32(rule.low)), Int32(rule.high)))
  }
}

extension LayerArena {
  /// Sets a value of a map of floats, little endian.
  fileprivate mutating func set(_ value: Float, _ place: MapPlace, _ x: Int, _ y: Int, _ channel: Int) {
    let index = place.byteOffset + 4 * ((y * place.widthPixels + x) * place.channelStride + channel)
    for byte in 0..<4 { bytes[index + byte] = UInt8(truncatingIfNeeded: value.bitPattern >> (8 * byte)) }
  }
}
