extension PortableKernels {
  /// Pixel by pixel: the reference for the kernels of the other tiers.
  static func run(
    _ layer: NetworkLayer, _ input: MapPlace, _ output: MapPlace, _ residual: LayerResidual?,
    _ arena: inout LayerArena
  ) {
    let values = arena.values(of: input)
    let added = residual.map { arena.values(of: $0.place) } ?? []
    var sums = [Int32](repeating: 0, count: layer.outChannels)
    var taps = [UInt8](repeating: 0, count: layer.tapCount)
    for y in 0..<output.heightPixels {
      for x in 0..<output.widthPixels {
        if case .depthwise = layer.operation {
          sumUpChannels(layer, input, values, x, y, &sums)
        } else {
          gather(layer, input, values, x, y, &taps)
          sumUp(layer, taps, &sums)
        }
        for channel in 0..<layer.outChannels {
          var t = Float(sums[channel]) * layer.requantization.scales[channel]
          if let residual {
            let divisor = residual.isUpsampled ? 2 : 1, place = residual.place
            let pixel = y / divisor * place.widthPixels + x / divisor
            let value = Int32(added[pixel * place.channelStride + channel])
            let product =
              Float(value - Int32(layer.requantization.residualZero)) * layer.requantization.residualScale
            t += product
          }
          set(t, layer, output, x, y, channel, &arena)
        }
      }
    }
  }

  /// The values under the kernel, row by row; for a pointwise layer those of the pixel. A convolution's input brings
  /// its padding.
  private static func gather(
    _ layer: NetworkLayer, _ input: MapPlace, _ values: [UInt8], _ x: Int, _ y: Int, _ taps: inout [UInt8]
  ) {
    var tap = 0
    for row in 0..<layer.kernel {
      for column in 0..<layer.kernel {
        let pixel = (y * layer.stride + row) * input.widthPixels + x * layer.stride + column
        let first = pixel * input.channelStride
        for channel in 0..<layer.inChannels { taps[tap + channel] = values[first + channel] }
        tap += layer.inChannels
      }
    }
  }

  private static func sumUp(_ layer: NetworkLayer, _ taps: [UInt8], _ sums: inout [Int32]) {
    let count = taps.count
    for channel in sums.indices {
      sums[channel] =
        layer.requantization.bias[channel]
        + dot(layer.weights.span.extracting(channel * count..<(channel + 1) * count), taps.span)
    }
  }

  private static func dot(_ weights: Span<Int8>, _ values: Span<UInt8>) -> Int32 {
    let count = weights.count
    precondition(count == values.count, "a value for each weight")
    // Without any check inside, the loop is compiled to vector code.
    var sum: Int32 = 0, index = 0
    while index < count {
      sum &+= Int32(weights[index]) &* Int32(values[index])
      index &+= 1
    }
    return sum
  }

  private static func sumUpChannels(
    _ layer: NetworkLayer, _ input: MapPlace, _ values: [UInt8], _ x: Int, _ y: Int, _ sums: inout [Int32]
  ) {
    let count = layer.outChannels
    for channel in 0..<count { sums[channel] = layer.requantization.bias[channel] }
    let outside = [UInt8](repeating: layer.inZero, count: count)
    for row in 0..<layer.kernel {
      let sourceY = y * layer.stride + row - layer.padding(input.heightPixels)
      for column in 0..<layer.kernel {
        let sourceX = x * layer.stride + column - layer.padding(input.widthPixels)
        let place = (row * layer.kernel + column) * count
        let weights = layer.weights.span.extracting(place..<place + count)
        if sourceX >= 0, sourceX < input.widthPixels, sourceY >= 0, sourceY < input.heightPixels {
          let first = (sourceY * input.widthPixels + sourceX) * input.channelStride
          add(weights, values.span.extracting(first..<first + count), to: &sums)
        } else {
          add(weights, outside.span, to: &sums)
        }
      }
    }
  }

  /// Adds products, channel by channel.
  private static func add(_ weights: Span<Int8>, _ values: Span<UInt8>, to sums: inout [Int32]) {
    var sums = sums.mutableSpan
    let count = weights.count
    precondition(count == values.count && count == sums.count, "a value and a sum for each weight")
    var channel = 0
    while channel < count {
      sums[channel] &+= Int32(weights[channel]) &* Int32(values[channel])
      channel &+= 1
    }
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
  /// A map's values with the padding of their channels.
  fileprivate func values(of place: MapPlace) -> [UInt8] {
    // SAFETY: the map lies inside the arena, as `PixelKernels` checked; the bytes are copied.
    unsafe bytes.withBytes { base in
      // SAFETY: the same.
      unsafe Array(UnsafeBufferPointer(start: base + place.byteOffset, count: place.byteCount))
    }
  }

  /// Sets a value of a map of floats, little endian.
  fileprivate mutating func set(_ value: Float, _ place: MapPlace, _ x: Int, _ y: Int, _ channel: Int) {
    let index = place.byteOffset + 4 * ((y * place.widthPixels + x) * place.channelStride + channel)
    for byte in 0..<4 { bytes[index + byte] = UInt8(truncatingIfNeeded: value.bitPattern >> (8 * byte)) }
  }
}
