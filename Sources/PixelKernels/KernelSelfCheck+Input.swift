internal import FrameMemory

extension KernelSelfCheck {
  /// What all kernels are given for one width: planes of noise, and settings drawn with them.
  struct Input {
    let first: NoisyPlane
    let second: NoisyPlane
    let third: NoisyPlane
    let grid: TileGrid
    let step: Int
    let threshold: UInt8
    let quantizer: UInt16
    /// Noise for whatever else a kernel reads.
    let seed: UInt64

    init(widthPixels: Int, heightPixels: Int, tile: Int, step: Int, seed: UInt64) {
      var noise = Noise(state: seed)
      first = NoisyPlane(widthPixels, heightPixels, &noise)
      second = NoisyPlane(widthPixels, heightPixels, &noise)
      third = NoisyPlane(widthPixels, heightPixels, &noise)
      self.step = step
      self.seed = noise.next()
      grid = TileGrid(widthPixels: widthPixels, heightPixels: heightPixels, tile: tile)
      threshold = [0, 1, 254, 255, UInt8(truncatingIfNeeded: noise.next())][Int(noise.next() % 5)]
      quantizer = [1, 16, 255, 65_535, UInt16(truncatingIfNeeded: noise.next())][Int(noise.next() % 5)]
    }
  }

  /// A plane of noise with any stride. The padding is noise too, and the last row has none: a kernel that reads
  /// beyond a row gives itself away.
  struct NoisyPlane {
    private let samples: [UInt8]
    private let widthPixels: Int
    private let heightPixels: Int
    private let strideBytes: Int

    init(_ widthPixels: Int, _ heightPixels: Int, _ noise: inout Noise) {
      (self.widthPixels, self.heightPixels) = (widthPixels, heightPixels)
      strideBytes = widthPixels + Int(noise.next() % 67)
      let kind = noise.next() % 4
      let value: (inout Noise) -> UInt8 = { noise in
        let bits = noise.next()
        switch kind {
        // Extremes only: sums and differences reach their bounds.
        case 0: return bits & 1 == 0 ? 0 : 255
        // Neighbouring values only: equality and differences of one are as frequent as others.
        case 1: return 126 + UInt8(bits & 3)
        default: return UInt8(truncatingIfNeeded: bits)
        }
      }
      let count = heightPixels == 0 ? 0 : (heightPixels - 1) * strideBytes + widthPixels
      samples = (0..<count).map { _ in value(&noise) }
    }

    var view: PlaneView {
      @_lifetime(borrow self)
      get {
        // SAFETY: bytes of initialised UInt8 values have no padding.
        let view = PlaneView(
          bytes: unsafe samples.span.bytes, widthPixels: widthPixels, heightPixels: heightPixels,
          strideBytes: strideBytes)
        return view
      }
    }
  }

  /// SplitMix64.
  struct Noise {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }

    /// A number from 0 to below the bound.
    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
  }
}
