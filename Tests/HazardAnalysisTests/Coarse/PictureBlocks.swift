import Foundation
import FrameMemory
import ImageCodecs
import PixelKernels
import TestSupport

/// Coarse frames of decoded pictures: the mean of each 8x8 block as its DC coefficient, and how far its samples lie
/// from the mean in place of the bits of its AC code.
struct PictureBlocks {
  private let decoder = ImageDecoder()
  private let pool = FramePool(slabCount: 1, slabBytes: 64 << 20)
  private let coarsePool = FramePool(slabCount: 4, slabBytes: 8 << 20)
  private let kernels = PixelKernels()

  /// With this quantiser a DC coefficient is the distance of a block's mean from 128.
  static let quantizer: UInt16 = 8

  /// The coarse frame of a JPEG or PNG file.
  func frame(of file: URL) throws -> CoarseFrame {
    let bytes = [UInt8](try Data(contentsOf: file))
    return frame(of: try decoder.decode(bytes, into: pool).frame, encodedBytes: bytes.count)
  }

  func frame(of picture: Frame, encodedBytes: Int) -> CoarseFrame {
    let format = CoarseFormat(
      widthPixels: picture.widthPixels, heightPixels: picture.heightPixels, chroma: picture.format.chroma)
    guard var writer = coarsePool.makeWriter(format) else { preconditionFailure("the pool has a slab") }
    for index in PlaneIndex.allCases {
      guard let plane = picture.plane(index), let blocks = format.plane(index) else { continue }
      let grid = TileGrid(
        widthPixels: (plane.widthPixels + 7) / 8 * 8, heightPixels: (plane.heightPixels + 7) / 8 * 8, tile: 8)
      // A JPEG repeats the last samples to fill its last blocks.
      let padded = PixelPlane(widthPixels: grid.widthPixels, heightPixels: grid.heightPixels) { x, y in
        plane[min(x, plane.widthPixels - 1), min(y, plane.heightPixels - 1)]
      }
      var sums: [UInt32] = [], squares: [UInt32] = []
      kernels.tileMoments(padded, grid: grid, sums: &sums, squares: &squares)
      writer.fill(index, quantizer: Self.quantizer) { x, y in
        let sum = Int(sums[y * blocks.widthBlocks + x]), square = Int(squares[y * blocks.widthBlocks + x])
        let variance = max(0, 64 * square - sum * sum) / 4096
        return (Int16((sum + 32) / 64 - 128), UInt16(min(12 * Double(variance).squareRoot(), 1953)))
      }
    }
    let step = Self.quantizer
    return writer.seal(
      quantizers: DCQuantizers(luma: step, chromaBlue: step, chromaRed: step), encodedBytes: encodedBytes)
  }
}

/// The coarse frames of the picture sequences beside the repository.
enum RealSequence {
  /// The frames of a sequence in order. Only where `exists`.
  static func frames(_ name: String) throws -> [CoarseFrame] {
    let folder = SharedData.item("sequences/\(name)")!
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    return try names.filter { $0.hasSuffix(".jpg") }.map {
      try PictureBlocks().frame(of: folder.appending(path: $0))
    }
  }

  static func exists(_ name: String) -> Bool { SharedData.item("sequences/\(name)") != nil }
}
