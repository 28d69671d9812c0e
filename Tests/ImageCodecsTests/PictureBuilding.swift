import FrameMemory
import ImageCodecs
import TestSupport
import Testing

/// Frames made for a test, and the ways in which tests compare them.
enum PictureBuilding {
  /// A frame whose samples a closure gives.
  static func frame(
    _ width: Int, _ height: Int, _ chroma: ChromaLayout, in pool: FramePool,
    _ value: (_ plane: PlaneIndex, _ x: Int, _ y: Int) -> UInt8
  ) throws -> Frame {
    let format = FrameFormat(widthPixels: width, heightPixels: height, chroma: chroma)
    guard var writer = pool.makeWriter(format) else { throw ImageError(.poolExhausted, "no slab for a test") }
    for index in PlaneIndex.allCases.prefix(format.planeCount) {
      writer.fill(index) { x, y in value(index, x, y) }
    }
    return writer.seal()
  }

  /// Independent random samples.
  static func noise(
    _ width: Int, _ height: Int, _ chroma: ChromaLayout, in pool: FramePool, seed: UInt64
  ) throws -> Frame {
    var generator = SeededGenerator(seed: seed)
    return try frame(width, height, chroma, in: pool) { _, _, _ in
      UInt8(truncatingIfNeeded: generator.next())
    }
  }

  /// All samples of a plane row by row, without padding.
  static func samples(_ frame: Frame, _ index: PlaneIndex) -> [UInt8] {
    guard let plane = frame.plane(index) else { return [] }
    var samples: [UInt8] = []
    for y in 0..<plane.heightPixels {
      for x in 0..<plane.widthPixels { samples.append(plane[x, y]) }
    }
    return samples
  }

  /// All samples of all planes.
  static func samples(_ frame: Frame) -> [UInt8] {
    PlaneIndex.allCases.flatMap { samples(frame, $0) }
  }

  /// The colour of a pixel of a frame with planes of one size, as its three samples.
  static func pixel(_ frame: Frame, _ x: Int, _ y: Int) -> [UInt8] {
    PlaneIndex.allCases.prefix(frame.format.planeCount).map { frame.plane($0)![x, y] }
  }
}

extension RGBColor {
  /// Luma, blue and red difference as a pixel of a frame holds them.
  var samples: [UInt8] { [ycbcr.luma, ycbcr.blue, ycbcr.red] }
}
