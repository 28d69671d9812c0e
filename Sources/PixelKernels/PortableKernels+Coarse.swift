internal import FrameMemory

extension PortableKernels {
  static func textureSums(_ texture: BlockView<UInt16>, _ grid: TileGrid, _ sums: inout [UInt32]) {
    for row in 0..<grid.rows {
      for column in 0..<grid.columns {
        var sum: UInt32 = 0
        for y in grid.rowRange(row) {
          for x in grid.columnRange(column) { sum += UInt32(texture.values[y * texture.strideBlocks + x]) }
        }
        sums[row * grid.columns + column] = sum
      }
    }
  }

  static func dcLevels(
    _ dc: UnsafeBufferPointer<Int16>, quantizer: UInt16, into levels: UnsafeMutableBufferPointer<UInt8>
  ) {
    // SAFETY: the caller made sure that both buffers have `dc.count` elements.
    for index in dc.indices {
      unsafe levels[index] = UInt8(min(max((Int(dc[index]) * Int(quantizer) + 4) >> 3 + 128, 0), 255))
    }
  }
}
