import FrameMemory
import TestSupport

/// Coarse frames that tests draw block by block, in any size and chroma layout.
struct DrawnCoarseFrames {
  let format: CoarseFormat
  private let pool: FramePool

  /// With this quantiser a DC coefficient is the distance of a level from 128.
  static let quantizer: UInt16 = 8

  init(_ widthPixels: Int, _ heightPixels: Int, _ chroma: ChromaLayout = .ycbcr420) {
    format = CoarseFormat(widthPixels: widthPixels, heightPixels: heightPixels, chroma: chroma)
    pool = FramePool(slabCount: 4, slabBytes: format.byteCount)
  }

  /// A frame whose levels and bits of AC code are given for luma blocks; a chroma block takes those of the first
  /// luma block that it stands for.
  func frame(
    completeRows: Int? = nil,
    _ block: (_ x: Int, _ y: Int) -> (luma: Int, blue: Int, red: Int, texture: Int)
  ) -> CoarseFrame {
    guard var writer = pool.makeWriter(format) else { preconditionFailure("the pool has a slab") }
    func coded(_ level: Int, _ texture: Int) -> (dc: Int16, texture: UInt16) {
      (Int16(min(max(level, 0), 255) - 128), UInt16(texture))
    }
    writer.fill(.luma, quantizer: Self.quantizer) { x, y in
      let block = block(x, y)
      return coded(block.luma, block.texture)
    }
    if case .ycbcr(let horizontal, let vertical) = format.chroma {
      writer.fill(.chromaBlue, quantizer: Self.quantizer) { x, y in
        coded(block(x * horizontal, y * vertical).blue, 2)
      }
      writer.fill(.chromaRed, quantizer: Self.quantizer) { x, y in
        coded(block(x * horizontal, y * vertical).red, 2)
      }
    }
    let step = Self.quantizer
    return writer.seal(
      quantizers: DCQuantizers(luma: step, chromaBlue: step, chromaRed: step), completeRows: completeRows,
      encodedBytes: 10_000)
  }

  /// A grey picture with a pattern and a little noise that differs from frame to frame.
  func street(
    seed: UInt64, completeRows: Int? = nil, noise: Int = 1,
    _ change: (_ x: Int, _ y: Int) -> (luma: Int, blue: Int, red: Int)? = { _, _ in nil }
  ) -> CoarseFrame {
    var generator = SeededGenerator(seed: seed)
    return frame(completeRows: completeRows) { x, y in
      let draw = Int.random(in: -noise...noise, using: &generator)
      if let changed = change(x, y) { return (changed.luma + draw, changed.blue, changed.red, 90 + draw) }
      return (90 + 7 * (x % 5) + 5 * (y % 7) + draw, 128, 128, 60 + 10 * (x % 3) + draw)
    }
  }
}
