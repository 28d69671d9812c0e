import FrameMemory
import ImageCodecs
import InspectionModel
import TestSupport

/// Frames that tests draw.
enum DrawnFrames {
  /// A frame of one colour with rectangles (pixels, half open) of others on it.
  static func make(
    _ width: Int, _ height: Int, chroma: ChromaLayout = .ycbcr444, background: RGBColor,
    boxes: [(x: Range<Int>, y: Range<Int>, color: RGBColor)] = []
  ) -> Frame {
    frame(width, height, chroma) { x, y in
      (boxes.last { $0.x.contains(x) && $0.y.contains(y) }?.color ?? background).ycbcr
    }
  }

  /// A frame of one grey.
  static func grey(_ width: Int, _ height: Int, luma: UInt8, chroma: ChromaLayout = .grey) -> Frame {
    frame(width, height, chroma) { _, _ in (luma, 128, 128) }
  }

  /// Patches of random colours and textures: every colour class, flat parts, black parts, hard edges.
  static func patches(_ width: Int, _ height: Int, chroma: ChromaLayout, seed: UInt64) -> Frame {
    var generator = SeededGenerator(seed: seed)
    let side = Int.random(in: 5...40, using: &generator)
    let columns = (width + side - 1) / side, rows = (height + side - 1) / side
    let patches = (0..<columns * rows).map { _ in
      (
        luma: Int.random(in: 0...255, using: &generator), blue: Int.random(in: 60...200, using: &generator),
        red: Int.random(in: 60...220, using: &generator), noise: [0, 6, 60].randomElement(using: &generator)!
      )
    }
    return frame(width, height, chroma) { x, y in
      let patch = patches[y / side * columns + x / side]
      func sample(_ middle: Int) -> UInt8 {
        UInt8(clamping: middle + Int.random(in: -patch.noise...patch.noise, using: &generator))
      }
      return (sample(patch.luma), sample(patch.blue), sample(patch.red))
    }
  }

  /// A frame whose pixels are given at full size; each chroma sample takes the first pixel that it stands for.
  static func frame(
    _ width: Int, _ height: Int, _ chroma: ChromaLayout,
    _ pixel: (_ x: Int, _ y: Int) -> (luma: UInt8, blue: UInt8, red: UInt8)
  ) -> Frame {
    let format = FrameFormat(widthPixels: width, heightPixels: height, chroma: chroma)
    let pool = FramePool(slabCount: 1, slabBytes: format.byteCount)
    guard var writer = pool.makeWriter(format) else { preconditionFailure("a new pool has a slab") }
    writer.fill(.luma) { x, y in pixel(x, y).luma }
    if case .ycbcr(let horizontal, let vertical) = chroma {
      writer.fill(.chromaBlue) { x, y in pixel(x * horizontal, y * vertical).blue }
      writer.fill(.chromaRed) { x, y in pixel(x * horizontal, y * vertical).red }
    }
    return writer.seal()
  }
}
