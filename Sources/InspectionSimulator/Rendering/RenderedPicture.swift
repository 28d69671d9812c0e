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
  /// How much smoke or flames cover each pixel, 0…1; empty without any.
  var smoke: [Float] = []

  init(widthPixels: Int, heightPixels: Int) {
    (self.widthPixels, self.heightPixels) = (widthPixels, heightPixels)
    colors = [UInt8](repeating: 0, count: widthPixels * heightPixels * 3)
    parts = [UInt8](repeating: 0, count: widthPixels * heightPixels)
  }

  /// The picture turned by 180 degrees.
  var turned: RenderedPicture {
    var result = self
    let count = widthPixels * heightPixels
    result.parts.reverse()
    result.smoke.reverse()
    for index in 0..<count {
      let other = count - 1 - index
      for channel in 0..<3 { result.colors[index * 3 + channel] = colors[other * 3 + channel] }
    }
    return result
  }

  /// The smallest upright box around some pixels.
  private struct Extent {
    var left = Int.max, top = Int.max, right = -1, bottom = -1, count = 0

    mutating func add(_ x: Int, _ y: Int) {
      (left, right) = (min(left, x), max(right, x))
      (top, bottom) = (min(top, y), max(bottom, y))
      count += 1
    }
  }

  private func box(_ extent: Extent) -> NormalizedBox {
    let (width, height) = (Double(widthPixels), Double(heightPixels))
    return NormalizedBox(
      x: Double(extent.left) / width, y: Double(extent.top) / height,
      width: Double(extent.right + 1 - extent.left) / width,
      height: Double(extent.bottom + 1 - extent.top) / height)
  }

  /// The box around the pixels of each part, by part number, and how many they are.
  func partBoxes() -> [(part: Int, box: NormalizedBox, pixelCount: Int)] {
    var extents: [UInt8: Extent] = [:]
    for y in 0..<heightPixels {
      for x in 0..<widthPixels where parts[y * widthPixels + x] > 0 {
        extents[parts[y * widthPixels + x], default: Extent()].add(x, y)
      }
    }
    return extents.sorted { $0.key < $1.key }.map { (Int($0.key), box($0.value), $0.value.count) }
  }

  /// The box around the pixels that smoke or flames cover by a third or more; `nil` where none are.
  var smokeBox: NormalizedBox? {
    var extent = Extent()
    for index in smoke.indices where smoke[index] >= 1.0 / 3 {
      extent.add(index % widthPixels, index / widthPixels)
    }
    return extent.count > 0 ? box(extent) : nil
  }

  /// The picture as a frame with chroma of half the size in both directions, each the mean of its four
  /// pixels.
  func frame(in pool: FramePool) throws(ImageError) -> Frame {
    let format = FrameFormat(widthPixels: widthPixels, heightPixels: heightPixels, chroma: .ycbcr420)
    guard var writer = pool.makeWriter(format) else {
      throw ImageError(.poolExhausted, "every slab of the simulator's pool is in use")
    }
    var planes = (luma: [UInt8](), blue: [UInt8](), red: [UInt8]())
    for index in stride(from: 0, to: colors.count, by: 3) {
      let color = RGBColor(red: colors[index], green: colors[index + 1], blue: colors[index + 2]).ycbcr
      planes.luma.append(color.luma)
      planes.blue.append(color.blue)
      planes.red.append(color.red)
    }
    writer.fill(.luma) { x, y in planes.luma[y * widthPixels + x] }
    writer.fill(.chromaBlue) { x, y in mean(planes.blue, x, y) }
    writer.fill(.chromaRed) { x, y in mean(planes.red, x, y) }
    return writer.seal()
  }

  /// The mean of four pixels; of an odd size the last pixel counts twice.
  private func mean(_ plane: [UInt8], _ x: Int, _ y: Int) -> UInt8 {
    let left = 2 * x, top = 2 * y
    let right = left + 1 < widthPixels ? left + 1 : left, bottom = top + 1 < heightPixels ? top + 1 : top
    let sum =
      Int(plane[top * widthPixels + left]) + Int(plane[top * widthPixels + right])
      + Int(plane[bottom * widthPixels + left]) + Int(plane[bottom * widthPixels + right])
    return UInt8((sum + 2) / 4)
  }
}
