internal import FrameMemory
internal import ImageCodecs
internal import InspectionModel

/// A drawn picture with the hazard part that each pixel shows.
struct RenderedPicture: Sendable {
  let widthPixels: Int
  let heightPixels: Int
  /// Red, green and blue of each pixel, rows top down.
  var colors: [UInt8]
  /// Number of the hazard part of each pixel; 0 for none.
  var parts: [UInt8]

  init(widthPixels: Int, heightPixels: Int) {
    (self.widthPixels, self.heightPixels) = (widthPixels, heightPixels)
    colors = [UInt8](repeating: 0, count: widthPixels * heightPixels * 3)
    parts = [UInt8](repeating: 0, count: widthPixels * heightPixels)
  }

  /// The picture turned by 180 degrees.
  var turned: RenderedPicture {
    var result = self
    let count = widthPixels * heightPixels
    for index in 0..<count {
      let other = count - 1 - index
      result.parts[index] = parts[other]
      for channel in 0..<3 { result.colors[index * 3 + channel] = colors[other * 3 + channel] }
    }
    return result
  }

  /// The box around the pixels of each part, by part number, and how many they are.
  func partBoxes() -> [(part: Int, box: NormalizedBox, pixelCount: Int)] {
    struct Extent {
      var left = Int.max, top = Int.max, right = -1, bottom = -1, count = 0
    }
    var extents: [UInt8: Extent] = [:]
    for y in 0..<heightPixels {
      for x in 0..<widthPixels {
        let part = parts[y * widthPixels + x]
        guard part > 0 else { continue }
        var extent = extents[part] ?? Extent()
        (extent.left, extent.right) = (min(extent.left, x), max(extent.right, x))
        (extent.top, extent.bottom) = (min(extent.top, y), max(extent.bottom, y))
        extent.count += 1
        extents[part] = extent
      }
    }
    let (width, height) = (Double(widthPixels), Double(heightPixels))
    return extents.sorted { $0.key < $1.key }.map { part, extent in
      let box = NormalizedBox(
        x: Double(extent.left) / width, y: Double(extent.top) / height,
        width: Double(extent.right + 1 - extent.left) / width,
        height: Double(extent.bottom + 1 - extent.top) / height)
      return (Int(part), box, extent.count)
    }
  }

  /// The picture as a frame with chroma of half the size in both directions, each the mean of its four
  /// pixels.
  func frame(in pool: FramePool) throws(ImageError) -> Frame {
    let format = FrameFormat(widthPixels: widthPixels, heightPixels: heightPixels, chroma: .ycbcr420)
    guard var writer = pool.makeWriter(format) else {
      throw ImageError(.poolExhausted, "every slab of the simulator's pool is in use")
    }
    let converted = (0..<widthPixels * heightPixels).map { index in
      RGBColor(red: colors[index * 3], green: colors[index * 3 + 1], blue: colors[index * 3 + 2]).ycbcr
    }
    writer.fill(.luma) { x, y in converted[y * widthPixels + x].luma }
    func mean(_ x: Int, _ y: Int, _ value: ((luma: UInt8, blue: UInt8, red: UInt8)) -> UInt8) -> UInt8 {
      let (left, right) = (2 * x, min(2 * x + 1, widthPixels - 1))
      let (top, bottom) = (2 * y * widthPixels, min(2 * y + 1, heightPixels - 1) * widthPixels)
      let sum =
        Int(value(converted[top + left])) + Int(value(converted[top + right]))
        + Int(value(converted[bottom + left])) + Int(value(converted[bottom + right]))
      return UInt8((sum + 2) / 4)
    }
    writer.fill(.chromaBlue) { x, y in mean(x, y) { $0.blue } }
    writer.fill(.chromaRed) { x, y in mean(x, y) { $0.red } }
    return writer.seal()
  }
}
