internal import FrameMemory

/// The reference of every kernel: plain Swift, tile by tile, written for being right.
///
/// It follows the formulas that open the kernel files in C, but not their order of work, so that it is an
/// oracle and not a copy.
enum PortableKernels {
  /// The samples of a plane as a checked span.
  @_lifetime(copy plane)
  static func samples(_ plane: PlaneView) -> Span<UInt8> {
    // SAFETY: bytes have no alignment and any pattern is a UInt8; the span keeps the view's lifetime.
    unsafe plane.bytes._unsafeView(as: UInt8.self)
  }

  static func tileMoments(
    _ plane: PlaneView, _ grid: TileGrid, _ sums: inout [UInt32], _ squares: inout [UInt32]
  ) {
    let samples = samples(plane), stride = plane.strideBytes
    for row in 0..<grid.rows {
      for column in 0..<grid.columns {
        var sum: UInt32 = 0, square: UInt32 = 0
        for y in grid.rowRange(row) {
          for x in grid.columnRange(column) {
            let value = UInt32(samples[y * stride + x])
            sum += value
            square += value * value
          }
        }
        sums[row * grid.columns + column] = sum
        squares[row * grid.columns + column] = square
      }
    }
  }

  static func tileGradients(
    _ plane: PlaneView, _ grid: TileGrid, step: Int, _ horizontal: inout [UInt32], _ vertical: inout [UInt32]
  ) {
    let samples = samples(plane), stride = plane.strideBytes
    for row in 0..<grid.rows {
      for column in 0..<grid.columns {
        var across: UInt32 = 0, down: UInt32 = 0
        for y in grid.rowRange(row) {
          for x in grid.columnRange(column) {
            let value = Int(samples[y * stride + x])
            if x + step < plane.widthPixels {
              across += UInt32(abs(Int(samples[y * stride + x + step]) - value))
            }
            if y + step < plane.heightPixels {
              down += UInt32(abs(Int(samples[(y + step) * stride + x]) - value))
            }
          }
        }
        horizontal[row * grid.columns + column] = across
        vertical[row * grid.columns + column] = down
      }
    }
  }

  /// The colour classes of one sample, bit `1 << class`.
  static func colourClasses(luma y: Int, blue b: Int, red r: Int) -> Int {
    let blueDistance = min(abs(b - 128), 127), redDistance = min(abs(r - 128), 127)
    let classes = [
      r > b + 20 && y > b && r > 140,
      blueDistance < 9 && redDistance < 9 && y > 70 && y < 235,
      b < 122 && r < 122,
      b > 138 && r < 122,
      blueDistance + redDistance > 48,
      y < 40,
      y > 225,
      b > 103 && b < 125 && r > 129 && r < 149 && y > 60 && y < 200,
    ]
    return classes.enumerated().reduce(0) { $0 | ($1.element ? 1 << $1.offset : 0) }
  }

  static func tileColours(
    luma: PlaneView, blue: PlaneView, red: PlaneView, _ grid: TileGrid, _ counts: inout [UInt16]
  ) {
    let lumaSamples = samples(luma), blueSamples = samples(blue), redSamples = samples(red)
    for row in 0..<grid.rows {
      for column in 0..<grid.columns {
        let base = (row * grid.columns + column) * ColourClass.allCases.count
        for index in 0..<ColourClass.allCases.count { counts[base + index] = 0 }
        for y in grid.rowRange(row) {
          for x in grid.columnRange(column) {
            let classes = colourClasses(
              luma: Int(lumaSamples[y * luma.strideBytes + x]),
              blue: Int(blueSamples[y * blue.strideBytes + x]),
              red: Int(redSamples[y * red.strideBytes + x]))
            for index in 0..<ColourClass.allCases.count where classes >> index & 1 == 1 {
              counts[base + index] += 1
            }
          }
        }
      }
    }
  }

  static func tileDifferences(
    _ plane: PlaneView, _ other: PlaneView, _ grid: TileGrid, _ sums: inout [UInt32]
  ) {
    let first = samples(plane), second = samples(other)
    for row in 0..<grid.rows {
      for column in 0..<grid.columns {
        var sum: UInt32 = 0
        for y in grid.rowRange(row) {
          for x in grid.columnRange(column) {
            sum += UInt32(abs(Int(first[y * plane.strideBytes + x]) - Int(second[y * other.strideBytes + x])))
          }
        }
        sums[row * grid.columns + column] = sum
      }
    }
  }

  static func tileExtremes(
    _ plane: PlaneView, _ grid: TileGrid, _ lowest: inout [UInt8], _ highest: inout [UInt8]
  ) {
    let samples = samples(plane), stride = plane.strideBytes
    for row in 0..<grid.rows {
      for column in 0..<grid.columns {
        var low: UInt8 = 255, high: UInt8 = 0
        for y in grid.rowRange(row) {
          for x in grid.columnRange(column) {
            low = min(low, samples[y * stride + x])
            high = max(high, samples[y * stride + x])
          }
        }
        lowest[row * grid.columns + column] = low
        highest[row * grid.columns + column] = high
      }
    }
  }

  static func halve(_ plane: PlaneView, into out: inout PixelPlane) {
    let samples = samples(plane), stride = plane.strideBytes, outStride = out.strideBytes
    for y in 0..<out.heightPixels {
      let top = 2 * y * stride, below = min(2 * y + 1, plane.heightPixels - 1) * stride
      for x in 0..<out.widthPixels {
        let left = 2 * x, right = min(2 * x + 1, plane.widthPixels - 1)
        let sum =
          Int(samples[top + left]) + Int(samples[top + right]) + Int(samples[below + left])
          + Int(samples[below + right])
        out.samples[y * outStride + x] = UInt8((sum + 2) >> 2)
      }
    }
  }

  static func histogram(_ plane: PlaneView, _ counts: inout [UInt32]) {
    let samples = samples(plane)
    for value in 0..<256 { counts[value] = 0 }
    for y in 0..<plane.heightPixels {
      for x in 0..<plane.widthPixels { counts[Int(samples[y * plane.strideBytes + x])] += 1 }
    }
  }
}
