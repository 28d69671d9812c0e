internal import CPixelKernels

/// A map that is added to a layer's sums.
package struct LayerResidual: Sendable, Hashable {
  package var place: MapPlace
  /// Whether it has half the size (rounded up) and each value serves two by two pixels.
  package var isUpsampled: Bool

  package init(_ place: MapPlace, isUpsampled: Bool = false) {
    self.place = place
    self.isUpsampled = isUpsampled
  }
}

extension PixelKernels {
  /// Bytes of scratch memory that a layer needs for a map of this size.
  package static func scratchBytes(_ layer: NetworkLayer, widthPixels: Int, heightPixels: Int) -> Int {
    switch layer.operation {
    case .pointwise: return 0
    case .convolution: return layer.outSide(widthPixels) * patchBytes(layer) + 16
    case .depthwise:
      let reach = layer.reach(widthPixels), groups = (layer.kernel + 3) / 4
      // As `jx_depthwise` asks for it.
      return max(reach * groups * 256, layer.kernel * reach * MapPlace.padded(layer.outChannels)) + 64
    }
  }

  /// Runs a layer that was packed for this tier.
  ///
  /// A convolution's input brings its padding: `layer.reach` rows and columns.
  ///
  /// - Precondition: places of the right sizes inside the arena, apart from one another.
  package func run(
    _ layer: NetworkLayer, from input: MapPlace, to output: MapPlace, residual: LayerResidual? = nil,
    scratchOffset: Int, arena: inout LayerArena
  ) {
    Self.check(layer, input, output, residual, scratchOffset, arena)
    switch layer.packed.kernels {
    case .portable: PortableKernels.run(layer, input, output, residual, &arena)
    case .avx2, .vnni:
      // SAFETY: all places lie inside the arena, and the weights have the layer's shape, as checked.
      unsafe arena.bytes.withMutableBytes { base in
        // SAFETY: the same.
        unsafe Self.run(layer, input, output, residual, base, base + scratchOffset)
      }
    }
  }

  private static func patchBytes(_ layer: NetworkLayer) -> Int { (layer.tapCount + 3) / 4 * 4 }

  private static func check(
    _ layer: NetworkLayer, _ input: MapPlace, _ output: MapPlace, _ residual: LayerResidual?, _ scratch: Int,
    _ arena: LayerArena
  ) {
    precondition(input.channels == layer.inChannels && output.channels == layer.outChannels, "channels")
    precondition(!input.isFloat && output.isFloat == layer.requantization.isLogit, "kinds of values")
    if case .convolution = layer.operation {
      precondition(
        (input.widthPixels - layer.kernel) / layer.stride + 1 == output.widthPixels
          && (input.heightPixels - layer.kernel) / layer.stride + 1 == output.heightPixels
          && residual == nil && input.channelStride == input.channels
          && input.byteOffset + input.byteCount <= scratch, "a padded input and its output")
    } else {
      precondition(input.channelStride >= MapPlace.padded(input.channels), "padded channels")
      precondition(
        layer.outSide(input.widthPixels) == output.widthPixels
          && layer.outSide(input.heightPixels) == output.heightPixels, "sizes of input and output")
    }
    if let residual {
      let divisor = residual.isUpsampled ? 2 : 1
      precondition(
        residual.place.byteOffset + residual.place.byteCount <= arena.byteCount, "inside the arena")
      precondition(
        (output.widthPixels + divisor - 1) / divisor == residual.place.widthPixels
          && (output.heightPixels + divisor - 1) / divisor == residual.place.heightPixels
          && residual.place.channels == output.channels && !residual.place.isFloat
          && layer.operation == .pointwise, "a residual of a pointwise layer's size")
    }
    precondition(
      input.byteOffset + input.byteCount <= arena.byteCount
        && output.byteOffset + output.byteCount <= arena.byteCount, "maps inside the arena")
    let needed = scratchBytes(layer, widthPixels: input.widthPixels, heightPixels: input.heightPixels)
    precondition(scratch >= 0 && scratch + needed <= arena.byteCount, "scratch inside the arena")
  }

  /// SAFETY: `base` is the arena's begin, `scratch` lies inside it; places and weights were checked.
  @unsafe private static func run(
    _ layer: NetworkLayer, _ input: MapPlace, _ output: MapPlace, _ residual: LayerResidual?,
    _ base: UnsafeMutablePointer<UInt8>, _ scratch: UnsafeMutablePointer<UInt8>
  ) {
    let packed = layer.packed
    // SAFETY: the packed arrays outlive the calls inside.
    unsafe packed.weights.withBytes { weights in
      unsafe packed.bias.withBytes { bias in
        unsafe packed.scales.withBytes { scales in
          // SAFETY: bias and scales are aligned arrays of 32-bit values.
          var requantize = unsafe requantization(layer, UnsafeRawPointer(bias), UnsafeRawPointer(scales))
          switch layer.operation {
          case .depthwise:
            unsafe depthwise(layer, input, output, base, scratch, weights, &requantize)
          case .convolution:
            unsafe convolution(layer, input, output, base, scratch, weights, &requantize)
          case .pointwise:
            unsafe pointwise(layer, input, output, residual, base, weights, &requantize)
          }
        }
      }
    }
  }

  /// SAFETY: the pointers are kept in the result and must outlive it.
  @unsafe private static func requantization(
    _ layer: NetworkLayer, _ bias: UnsafeRawPointer, _ scales: UnsafeRawPointer
  ) -> jx_requantize {
    let rule = layer.requantization
    // SAFETY: both arrays hold 32-bit values of these types at multiples of 64.
    return unsafe jx_requantize(
      bias: bias.assumingMemoryBound(to: Int32.self), scales: scales.assumingMemoryBound(to: Float.self),
      residual: nil, residual_stride: 0, residual_shift: 0, residual_scale: rule.residualScale,
      residual_zero: Int32(rule.residualZero), zero: Int32(rule.zero), low: Int32(rule.low),
      high: Int32(rule.high))
  }

  /// SAFETY: see `run`.
  @unsafe private static func depthwise(
    _ layer: NetworkLayer, _ input: MapPlace, _ output: MapPlace, _ base: UnsafeMutablePointer<UInt8>,
    _ scratch: UnsafeMutablePointer<UInt8>, _ weights: UnsafePointer<UInt8>, _ requantize: inout jx_requantize
  ) {
    var shape = jx_depthwise(
      width: input.widthPixels, height: input.heightPixels, channels: input.channelStride,
      out_width: output.widthPixels, out_height: output.heightPixels, kernel: layer.kernel,
      stride: layer.stride, pad_left: layer.padding(input.widthPixels),
      pad_top: layer.padding(input.heightPixels), in_zero: layer.inZero)
    // SAFETY: both maps lie inside the arena, and the scratch memory has the size that the kernel asks for.
    if layer.packed.kernels == .vnni {
      unsafe jx_depthwise_avx512(
        base + input.byteOffset, &shape, weights, &requantize, scratch, base + output.byteOffset)
    } else {
      unsafe jx_depthwise_avx2(
        base + input.byteOffset, &shape, weights, &requantize, scratch, base + output.byteOffset)
    }
  }

  /// SAFETY: see `run`.
  @unsafe private static func convolution(
    _ layer: NetworkLayer, _ input: MapPlace, _ output: MapPlace, _ base: UnsafeMutablePointer<UInt8>,
    _ scratch: UnsafeMutablePointer<UInt8>, _ weights: UnsafePointer<UInt8>, _ requantize: inout jx_requantize
  ) {
    let patch = patchBytes(layer), stride = input.channelStride
    let row = input.widthPixels * stride
    for y in 0..<output.heightPixels {
      // SAFETY: the padded input holds all places of the kernel, and scratch memory lies behind it; scratch holds a
      // row's patches and 15 bytes.
      let from = unsafe base + input.byteOffset + y * layer.stride * row
      unsafe jx_gather_patches(
        from, row, layer.kernel, layer.kernel * stride, layer.stride * stride, output.widthPixels, patch,
        scratch)
      let to = unsafe base + output.byteOffset + y * output.widthPixels * output.channelStride
      // SAFETY: a row of the output lies inside it.
      unsafe multiply(
        layer, scratch, patch, output.widthPixels, (layer.tapCount + 3) / 4, weights, &requantize, to, nil,
        output.channelStride)
    }
  }

  /// SAFETY: see `run`.
  @unsafe private static func pointwise(
    _ layer: NetworkLayer, _ input: MapPlace, _ output: MapPlace, _ residual: LayerResidual?,
    _ base: UnsafeMutablePointer<UInt8>, _ weights: UnsafePointer<UInt8>, _ requantize: inout jx_requantize
  ) {
    let isUpsampled = residual?.isUpsampled ?? false
    // Only an upsampled residual ties the pixels to their rows.
    let rows = isUpsampled ? output.heightPixels : 1, pixels = output.pixelCount / rows
    for y in 0..<rows {
      if let residual {
        let place = residual.place
        let first = isUpsampled ? y / 2 * place.widthPixels * place.channelStride : 0
        // SAFETY: the residual's row lies inside the arena.
        unsafe requantize.residual = UnsafePointer(base + place.byteOffset + first)
        unsafe requantize.residual_stride = place.channelStride
        unsafe requantize.residual_shift = isUpsampled ? 1 : 0
      }
      let from = unsafe base + input.byteOffset + y * pixels * input.channelStride
      let values = y * pixels * output.channelStride
      // SAFETY: a map of floats begins at a multiple of 64 bytes; rows lie inside the output.
      let to = unsafe base + output.byteOffset + (output.isFloat ? 4 : 1) * values
      let logits = unsafe UnsafeMutableRawPointer(to).assumingMemoryBound(to: Float.self)
      unsafe multiply(
        layer, from, input.channelStride, pixels, (layer.inChannels + 3) / 4, weights, &requantize, to,
        output.isFloat ? logits : nil, output.channelStride)
    }
  }

  /// SAFETY: see `run`.
  @unsafe private static func multiply(
    _ layer: NetworkLayer, _ from: UnsafeMutablePointer<UInt8>, _ inStride: Int, _ pixels: Int, _ groups: Int,
    _ weights: UnsafePointer<UInt8>, _ requantize: inout jx_requantize, _ to: UnsafeMutablePointer<UInt8>,
    _ logits: UnsafeMutablePointer<Float>?, _ outStride: Int
  ) {
    let blocks = (layer.outChannels + 15) / 16
    // SAFETY: the kernel reads `groups` fours of each pixel and writes `blocks` sixteens; both lie inside.
    if layer.packed.kernels == .vnni {
      unsafe jx_pointwise_avx512(
        from, inStride, pixels, weights, groups, blocks, &requantize, to, outStride, logits)
    } else {
      unsafe jx_pointwise_avx2(
        from, inStride, pixels, weights, groups, blocks, &requantize, to, outStride, logits)
    }
  }
}
