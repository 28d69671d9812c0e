internal import Foundation
internal import PixelKernels

/// A binary greymap of 8-bit samples (PGM, P5).
struct Greymap {
  let plane: PixelPlane

  init(contentsOf file: URL) throws {
    guard let data = try? Data(contentsOf: file) else {
      throw BenchmarkError("\(file.path): cannot be read")
    }
    let bytes = [UInt8](data)
    var at = 0
    // Four words and one white space, then the samples.
    let words = (0..<4).map { _ in
      while at < bytes.count && bytes[at] <= 0x20 { at += 1 }
      let start = at
      while at < bytes.count && bytes[at] > 0x20 { at += 1 }
      return String(decoding: bytes[start..<at], as: UTF8.self)
    }
    at += 1
    guard words[0] == "P5", words[3] == "255", let width = Int(words[1]), let height = Int(words[2]),
      (1...65_535).contains(width), (1...65_535).contains(height)
    else { throw BenchmarkError("\(file.path): no 8-bit greymap (P5 WIDTH HEIGHT 255)") }
    guard bytes.count - at == width * height else {
      throw BenchmarkError(
        "\(file.path): \(max(0, bytes.count - at)) samples, expected \(width * height)")
    }
    let start = at
    plane = PixelPlane(widthPixels: width, heightPixels: height) { x, y in bytes[start + y * width + x] }
  }
}
