internal import FrameMemory

extension KernelSelfCheck {
  /// All that a kernel gives for an input, as numbers to compare.
  static func digest(_ kernel: Kernel, _ kernels: PixelKernels, _ input: Input) -> [UInt32] {
    switch kernel {
    case .tileMoments, .tileGradients, .tileColours, .tileDifferences, .tileExtremes:
      tileDigest(kernel, kernels, input)
    case .countChanges, .updateBackground: backgroundDigest(kernel, kernels, input)
    case .textureSums, .dcLevels: coarseDigest(kernel, kernels, input)
    case .boxBlur, .shrink, .halve, .integral, .histogram: planeDigest(kernel, kernels, input)
    }
  }

  private static func tileDigest(_ kernel: Kernel, _ kernels: PixelKernels, _ input: Input) -> [UInt32] {
    var first: [UInt32] = [], second: [UInt32] = []
    let one = input.first, two = input.second, three = input.third, grid = input.grid
    switch kernel {
    case .tileMoments: kernels.tileMoments(one.view, grid: grid, sums: &first, squares: &second)
    case .tileGradients:
      kernels.tileGradients(one.view, grid: grid, step: input.step, horizontal: &first, vertical: &second)
    case .tileColours:
      var counts: [UInt16] = []
      kernels.tileColours(
        luma: one.view, blue: two.view, red: three.view, grid: grid, counts: &counts)
      first = counts.map(UInt32.init)
    case .tileDifferences: kernels.tileDifferences(one.view, two.view, grid: grid, sums: &first)
    default:
      var lowest: [UInt8] = [], highest: [UInt8] = []
      kernels.tileExtremes(one.view, grid: grid, lowest: &lowest, highest: &highest)
      first = lowest.map(UInt32.init)
      second = highest.map(UInt32.init)
    }
    return first + second
  }

  private static func backgroundDigest(
    _ kernel: Kernel, _ kernels: PixelKernels, _ input: Input
  ) -> [UInt32] {
    var counts: [UInt16] = []
    guard kernel == .updateBackground else {
      kernels.countChanges(
        input.first.view, input.second.view, threshold: input.threshold, grid: input.grid,
        counts: &counts)
      return counts.map(UInt32.init)
    }
    var noise = Noise(state: input.seed), background = PixelPlane()
    background.resize(widthPixels: input.grid.widthPixels, heightPixels: input.grid.heightPixels)
    for index in background.samples.indices {
      background.samples[index] = UInt8(truncatingIfNeeded: noise.next())
    }
    background.copy(input.second.view)
    kernels.updateBackground(
      input.first.view, background: &background, threshold: input.threshold,
      step: UInt8(input.seed & 1), grid: input.grid, counts: &counts)
    // The background's padding, too: a kernel keeps to its rows.
    return counts.map(UInt32.init) + background.samples.map(UInt32.init)
  }

  private static func coarseDigest(_ kernel: Kernel, _ kernels: PixelKernels, _ input: Input) -> [UInt32] {
    var noise = Noise(state: input.seed)
    let width = input.grid.widthPixels, height = input.grid.heightPixels
    guard kernel == .textureSums else {
      let dc = (0..<width * height).map { _ in Int16(truncatingIfNeeded: noise.next()) }
      var levels = [UInt8](repeating: 7, count: dc.count)
      var span = levels.mutableSpan
      kernels.dcLevels(dc.span, quantizer: input.quantizer, into: &span)
      return levels.map(UInt32.init)
    }
    let stride = width + Int(noise.next() % 67), mask: UInt64 = noise.next() & 1 == 0 ? 0xFFFF : 0x7FF
    let values = (0..<stride * height).map { _ in UInt16(noise.next() & mask) }
    var sums: [UInt32] = []
    kernels.textureSums(
      BlockView(values: values.span, widthBlocks: width, heightBlocks: height, strideBlocks: stride),
      grid: input.grid, sums: &sums)
    return sums
  }

  private static func planeDigest(_ kernel: Kernel, _ kernels: PixelKernels, _ input: Input) -> [UInt32] {
    let plane = input.first
    var out = PixelPlane(), numbers: [UInt32] = []
    switch kernel {
    case .boxBlur: kernels.boxBlur(plane.view, into: &out)
    case .halve: kernels.halve(plane.view, into: &out)
    case .shrink:
      for factor in [2, 4, 8] {
        kernels.shrink(plane.view, by: factor, into: &out)
        numbers += visible(out)
      }
      return numbers
    case .integral:
      kernels.integral(plane.view, into: &numbers)
      return numbers
    default:
      kernels.histogram(plane.view, counts: &numbers)
      return numbers
    }
    return visible(out)
  }

  /// The samples of a plane without its padding.
  private static func visible(_ plane: PixelPlane) -> [UInt32] {
    (0..<plane.heightPixels).flatMap { y in
      (0..<plane.widthPixels).map { x in UInt32(plane.samples[y * plane.strideBytes + x]) }
    }
  }
}
