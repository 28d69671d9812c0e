internal import FrameMemory

extension PortableKernels {
  static func countChanges(
    _ plane: PlaneView, _ other: PlaneView, _ threshold: UInt8, _ grid: TileGrid, _ counts: inout [UInt16]
  ) {
    let first = samples(plane), second = samples(other)
    for row in 0..<grid.rows {
      for column in 0..<grid.columns {
        var count: UInt16 = 0
        for y in grid.rowRange(row) {
          for x in grid.columnRange(column) {
            let difference =
              Int(first[y * plane.strideBytes + x]) - Int(second[y * other.strideBytes + x])
            if abs(difference) > Int(threshold) { count += 1 }
          }
        }
        counts[row * grid.columns + column] = count
      }
    }
  }

  static func moveBackground(_ plane: PlaneView, _ background: inout PixelPlane) {
    let samples = samples(plane), stride = background.strideBytes
    for y in 0..<plane.heightPixels {
      for x in 0..<plane.widthPixels {
        let difference =
          Int(samples[y * plane.strideBytes + x]) - Int(background.samples[y * stride + x])
        background.samples[y * stride + x] = UInt8(
          Int(background.samples[y * stride + x]) + difference.signum())
      }
    }
  }
}
