import FrameMemory
import ImageCodecs
import TestSupport

/// What tests compare of coarse frames, copied out of their memory.
struct CoarsePlanes: Equatable {
  var dc: [[Int16]] = []
  var texture: [[UInt16]] = []
  var levels: [[UInt8]] = []
  var quantizers: DCQuantizers
  var completeRows: Int

  init(_ frame: CoarseFrame) {
    quantizers = frame.quantizers
    completeRows = frame.completeRows
    for index in PlaneIndex.allCases.prefix(frame.format.planeCount) {
      let values = frame.dc(index)!, bits = frame.texture(index)!, levels = frame.levels(index)!
      var plane = (dc: [Int16](), texture: [UInt16](), levels: [UInt8]())
      for y in 0..<values.heightBlocks {
        for x in 0..<values.widthBlocks {
          plane.dc.append(values[x, y])
          plane.texture.append(bits[x, y])
          plane.levels.append(levels[x, y])
        }
      }
      dc.append(plane.dc)
      texture.append(plane.texture)
      self.levels.append(plane.levels)
    }
  }
}
