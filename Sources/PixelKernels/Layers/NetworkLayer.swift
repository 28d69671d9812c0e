/// A convolution with 8-bit weights and values, as its kernels need it.
package struct NetworkLayer: Sendable {
  /// What is summed up.
  package enum Operation: Sendable, Hashable {
    /// All in channels under a square kernel.
    case convolution(kernel: Int, stride: Int)
    /// Each channel by itself under a square kernel of 3 or 5, stride 1 or 2.
    case depthwise(kernel: Int, stride: Int)
    /// All in channels of the pixel itself.
    case pointwise
  }

  /// How sums become values: t = sum * scale, plus (r - residualZero) * residualScale where a residual r is added,
  /// each float operation rounded by itself; the value is t rounded to nearest even, plus zero, clamped.
  package struct Requantization: Sendable {
    /// One for each out channel.
    package var bias: [Int32]
    package var scales: [Float]
    package var zero: UInt8
    package var low: UInt8
    package var high: UInt8
    package var residualScale: Float
    package var residualZero: UInt8
    /// t itself is the result, as a float.
    package var isLogit: Bool

    package init(
      bias: [Int32], scales: [Float], zero: UInt8 = 0, low: UInt8 = 0, high: UInt8 = 255,
      residualScale: Float = 0, residualZero: UInt8 = 0, isLogit: Bool = false
    ) {
      self.bias = bias
      self.scales = scales
      self.zero = zero
      self.low = low
      self.high = high
      self.residualScale = residualScale
      self.residualZero = residualZero
      self.isLogit = isLogit
    }
  }

  /// The most in channels of one sum, kernel places included: sums then stay in 32 bits.
  package static let mostTaps = 2048

  package let operation: Operation
  package let inChannels: Int
  package let outChannels: Int
  /// What lies outside of the in map; a convolution's input brings its own padding.
  package let inZero: UInt8
  package let requantization: Requantization
  /// [out][y][x][in], for depthwise [y][x][channel].
  let weights: [Int8]
  /// For the tier that it was packed for.
  let packed: PackedWeights

  /// - Precondition: `weights`, bias and scales have the sizes of the layer.
  package init(
    _ operation: Operation, inChannels: Int, outChannels: Int, inZero: UInt8, weights: [Int8],
    requantization: Requantization, tier: KernelTier
  ) {
    self.operation = operation
    self.inChannels = inChannels
    self.outChannels = outChannels
    self.inZero = inZero
    self.weights = weights
    self.requantization = requantization
    precondition(weights.count == Self.weightCount(operation, inChannels, outChannels), "all weights")
    precondition(
      requantization.bias.count == outChannels && requantization.scales.count == outChannels,
      "bias and scale of each out channel")
    packed = PackedWeights(
      operation, inChannels: inChannels, outChannels: outChannels, weights: weights,
      requantization: requantization, tier: tier)
    precondition(tapCount <= Self.mostTaps, "sums of 32 bits")
  }

  /// How many weights a layer of this shape has.
  package static func weightCount(_ operation: Operation, _ inChannels: Int, _ outChannels: Int) -> Int {
    switch operation {
    case .convolution(let kernel, _): outChannels * kernel * kernel * inChannels
    case .depthwise(let kernel, _): kernel * kernel * outChannels
    case .pointwise: outChannels * inChannels
    }
  }

  /// Products of one sum.
  package var tapCount: Int {
    switch operation {
    case .convolution(let kernel, _): kernel * kernel * inChannels
    case .depthwise(let kernel, _): kernel * kernel
    case .pointwise: inChannels
    }
  }

  package var kernel: Int {
    switch operation {
    case .convolution(let kernel, _), .depthwise(let kernel, _): kernel
    case .pointwise: 1
    }
  }

  package var stride: Int {
    switch operation {
    case .convolution(_, let stride), .depthwise(_, let stride): stride
    case .pointwise: 1
    }
  }

  /// Pixels of the out map along a side of the in map.
  package func outSide(_ side: Int) -> Int { (side + stride - 1) / stride }

  /// Rows or columns outside before the map: half of what the kernel reaches beyond, rounded down.
  package func padding(_ side: Int) -> Int { max((outSide(side) - 1) * stride + kernel - side, 0) / 2 }

  /// Rows or columns from the first to the last that the kernel reaches.
  package func reach(_ side: Int) -> Int { (outSide(side) - 1) * stride + kernel }
}
