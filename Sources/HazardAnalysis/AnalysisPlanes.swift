package import FrameMemory
package import PixelKernels

/// Brings a frame to the analysis scale: base and detail luma, and luma, Cb and Cr of half the base size.
package enum AnalysisPlanes {
  /// Fills `luma` and `detail`.
  static func fillLuma(_ luma: PlaneView, kernels: PixelKernels, workspace: inout AnalysisWorkspace) {
    let halvings = AnalysisScale.halvings(widthPixels: luma.widthPixels, heightPixels: luma.heightPixels)
    guard halvings > 0 else {
      workspace.detail.resize(widthPixels: 0, heightPixels: 0)
      workspace.luma.copy(luma)
      return
    }
    if halvings == 1 {
      workspace.detail.copy(luma)
    } else {
      kernels.halve(luma, into: &workspace.detail)
      for _ in 2..<halvings {
        kernels.halve(workspace.detail, into: &workspace.spare)
        swap(&workspace.detail, &workspace.spare)
      }
    }
    kernels.halve(workspace.detail, into: &workspace.luma)
  }

  /// Fills all planes.
  package static func fill(_ frame: Frame, kernels: PixelKernels, workspace: inout AnalysisWorkspace) {
    fillLuma(frame.luma, kernels: kernels, workspace: &workspace)
    kernels.halve(workspace.luma, into: &workspace.lumaHalf)
    let width = workspace.lumaHalf.widthPixels, height = workspace.lumaHalf.heightPixels
    guard let blue = frame.plane(.chromaBlue), let red = frame.plane(.chromaRed) else {
      fillNeutral(&workspace.blue, width, height)
      fillNeutral(&workspace.red, width, height)
      return
    }
    scale(blue, width, height, kernels: kernels, into: &workspace.blue, spare: &workspace.spare)
    scale(red, width, height, kernels: kernels, into: &workspace.red, spare: &workspace.spare)
  }

  /// Brings a chroma plane to a size: by halvings where these reach it exactly (4:2:0 and 4:4:4 do), else by the
  /// mean of the samples under each target sample (other layouts; slower).
  private static func scale(
    _ plane: PlaneView, _ width: Int, _ height: Int, kernels: PixelKernels, into out: inout PixelPlane,
    spare: inout PixelPlane
  ) {
    var steps = 0
    while ceilingShift(plane.widthPixels, steps) > width { steps += 1 }
    guard ceilingShift(plane.widthPixels, steps) == width, ceilingShift(plane.heightPixels, steps) == height
    else { return average(plane, width, height, into: &out) }
    guard steps > 0 else { return out.copy(plane) }
    kernels.halve(plane, into: &out)
    for _ in 1..<steps {
      kernels.halve(out.view, into: &spare)
      swap(&out, &spare)
    }
  }

  /// `value / 2^steps`, rounded up.
  private static func ceilingShift(_ value: Int, _ steps: Int) -> Int { (value + (1 << steps) - 1) >> steps }

  private static func average(_ plane: PlaneView, _ width: Int, _ height: Int, into out: inout PixelPlane) {
    out.resize(widthPixels: width, heightPixels: height)
    for y in 0..<height {
      let top = y * plane.heightPixels / height
      let bottom = max(top + 1, (y + 1) * plane.heightPixels / height)
      for x in 0..<width {
        let left = x * plane.widthPixels / width
        let right = max(left + 1, (x + 1) * plane.widthPixels / width)
        var sum = 0
        for sourceY in top..<bottom {
          for sourceX in left..<right { sum += Int(plane[sourceX, sourceY]) }
        }
        let count = (bottom - top) * (right - left)
        out.samples[y * out.strideBytes + x] = UInt8((sum + count / 2) / count)
      }
    }
  }

  /// The chroma of a picture without colours.
  static func fillNeutral(_ plane: inout PixelPlane, _ width: Int, _ height: Int) {
    plane.resize(widthPixels: width, heightPixels: height)
    for index in 0..<plane.strideBytes * height { plane.samples[index] = 128 }
  }
}
