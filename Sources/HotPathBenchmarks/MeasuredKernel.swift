internal import FrameMemory
internal import PixelKernels

/// A kernel as the benchmark calls it, with the memory traffic that its speed is stated in.
enum MeasuredKernel: String, CaseIterable {
  case updateBackground = "update_background"
  case countChanges = "count_changes"
  case tileGradients = "tile_gradients"
  case tileColours = "tile_colours"
  case tileMoments = "tile_moments"
  case tileDifferences = "tile_differences"
  case tileExtremes = "tile_extremes"
  case textureSums = "texture_sums"
  case dcLevels = "dc_levels"
  case boxBlur = "box_blur"
  case halve
  case shrinkBy4 = "shrink_by_4"
  case shrinkBy8 = "shrink_by_8"
  case integral
  case histogram

  /// Bytes read and written for each sample; what a kernel reads twice counts once, sums of tiles do not count.
  var bytesPerSample: Double {
    switch self {
    case .tileGradients, .tileMoments, .tileExtremes, .histogram: 1
    case .countChanges, .tileDifferences, .textureSums, .boxBlur: 2
    case .updateBackground, .tileColours, .dcLevels: 3
    case .halve: 1 + 1 / 4.0
    case .shrinkBy4: 1 + 1 / 16.0
    case .shrinkBy8: 1 + 1 / 64.0
    case .integral: 5
    }
  }

  /// Runs the kernel once.
  func run(_ kernels: PixelKernels, _ input: Input, _ output: inout Output) {
    let plane = input.first, grid = input.grid
    switch self {
    case .updateBackground:
      kernels.updateBackground(
        plane, background: &output.background, threshold: 20, step: 1, grid: grid, counts: &output.counts)
    case .countChanges:
      kernels.countChanges(plane, input.second, threshold: 20, grid: grid, counts: &output.counts)
    case .tileGradients:
      kernels.tileGradients(plane, grid: grid, horizontal: &output.sums, vertical: &output.others)
    case .tileColours:
      kernels.tileColours(
        luma: plane, blue: input.second, red: input.third, grid: grid, counts: &output.counts)
    case .tileMoments: kernels.tileMoments(plane, grid: grid, sums: &output.sums, squares: &output.others)
    case .tileDifferences: kernels.tileDifferences(plane, input.second, grid: grid, sums: &output.sums)
    case .tileExtremes:
      kernels.tileExtremes(plane, grid: grid, lowest: &output.lowest, highest: &output.highest)
    case .textureSums: kernels.textureSums(input.texture, grid: grid, sums: &output.sums)
    case .dcLevels:
      var levels = output.levels.mutableSpan
      kernels.dcLevels(input.dc.span, quantizer: 16, into: &levels)
    case .boxBlur: kernels.boxBlur(plane, into: &output.plane)
    case .halve: kernels.halve(plane, into: &output.plane)
    case .shrinkBy4: kernels.shrink(plane, by: 4, into: &output.plane)
    case .shrinkBy8: kernels.shrink(plane, by: 8, into: &output.plane)
    case .integral: kernels.integral(plane, into: &output.sums)
    case .histogram: kernels.histogram(plane, counts: &output.sums)
    }
  }

  /// What the kernels read.
  struct Input {
    let first: PixelPlane
    let second: PixelPlane
    let third: PixelPlane
    let grid: TileGrid
    /// One DC value and one texture value for each sample of a plane, made of `first` and `second`.
    let dc: [Int16]
    private let textureValues: [UInt16]

    init(_ planes: BenchmarkPlanes) {
      (first, second, third) = (planes.first, planes.second, planes.third)
      grid = TileGrid(
        widthPixels: first.widthPixels, heightPixels: first.heightPixels, tile: planes.tile)
      let count = first.strideBytes * first.heightPixels
      let pairs = zip(first.samples[..<count], planes.second.samples[..<count])
      dc = pairs.map { (Int16($0) - 128) * 8 + Int16($1 & 7) }
      textureValues = pairs.map { UInt16($0) * 4 + UInt16($1 & 3) }
    }

    var texture: BlockView<UInt16> {
      @_lifetime(borrow self)
      get {
        BlockView(
          values: textureValues.span, widthBlocks: first.widthPixels, heightBlocks: first.heightPixels,
          strideBlocks: first.strideBytes)
      }
    }
  }

  /// What the kernels write, kept from call to call.
  struct Output {
    var background: PixelPlane
    var plane = PixelPlane()
    var counts: [UInt16] = []
    var sums: [UInt32] = []
    var others: [UInt32] = []
    var lowest: [UInt8] = []
    var highest: [UInt8] = []
    var levels: [UInt8]

    init(_ input: Input) {
      background = input.second
      levels = [UInt8](repeating: 0, count: input.dc.count)
    }
  }
}
