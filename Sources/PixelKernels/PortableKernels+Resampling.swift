internal import FrameMemory

extension PortableKernels {
  static func boxBlur(_ plane: PlaneView, into out: inout PixelPlane) {
    let samples = samples(plane), stride = out.strideBytes
    for y in 0..<plane.heightPixels {
      for x in 0..<plane.widthPixels {
        var sum = 0
        for dy in -1...1 {
          for dx in -1...1 {
            let nearY = min(max(y + dy, 0), plane.heightPixels - 1)
            let nearX = min(max(x + dx, 0), plane.widthPixels - 1)
            sum += Int(samples[nearY * plane.strideBytes + nearX])
          }
        }
        out.samples[y * stride + x] = UInt8((sum + 4) / 9)
      }
    }
  }

  static func shrink(_ plane: PlaneView, by factor: Int, into out: inout PixelPlane) {
    let samples = samples(plane), stride = out.strideBytes
    for y in 0..<out.heightPixels {
      for x in 0..<out.widthPixels {
        let rows = y * factor..<min((y + 1) * factor, plane.heightPixels)
        let columns = x * factor..<min((x + 1) * factor, plane.widthPixels)
        var sum = 0
        for boxY in rows {
          for boxX in columns { sum += Int(samples[boxY * plane.strideBytes + boxX]) }
        }
        let count = rows.count * columns.count
        out.samples[y * stride + x] = UInt8((sum + count / 2) / count)
      }
    }
  }

  static func integral(_ plane: PlaneView, _ sums: inout [UInt32]) {
    let samples = samples(plane), stride = plane.widthPixels + 1
    for x in 0..<stride { sums[x] = 0 }
    for y in 0..<plane.heightPixels {
      sums[(y + 1) * stride] = 0
      for x in 0..<plane.widthPixels {
        sums[(y + 1) * stride + x + 1] =
          UInt32(samples[y * plane.strideBytes + x]) &+ sums[y * stride + x + 1]
          &+ sums[(y + 1) * stride + x] &- sums[y * stride + x]
      }
    }
  }
}
