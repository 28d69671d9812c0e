internal import CPixelKernels
package import FrameMemory

/// Planes from planes: smoothing, smaller sizes, running sums.
extension PixelKernels {
  /// Mean of the 3x3 samples around each one, the plane's edge samples repeated outwards: `(sum + 4) / 9`,
  /// rounded down.
  package func boxBlur(_ plane: PlaneView, into out: inout PixelPlane) {
    out.resize(widthPixels: plane.widthPixels, heightPixels: plane.heightPixels)
    guard Self.hasSamples(plane) else { return }
    if tier == .portable { return PortableKernels.boxBlur(plane, into: &out) }
    let stride = out.strideBytes
    // SAFETY: the view's rows lie inside its bytes, `out` was resized to hold every row, nothing escapes.
    unsafe Self.withPlane(plane) { source in
      unsafe out.samples.withUnsafeMutableBufferPointer { samples in
        if tier == .avx2 {
          unsafe jx_box_blur_avx2(source, samples.baseAddress, stride)
        } else {
          unsafe jx_box_blur_avx512(source, samples.baseAddress, stride)
        }
      }
    }
  }

  /// Mean of each box of `factor` x `factor` samples: `(sum + n / 2) / n` over the `n` samples that exist,
  /// rounded down; boxes at the right and the lower edge are smaller.
  ///
  /// - Parameters:
  ///   - factor: 2, 4 or 8. Shrinking by 2 equals `halve`.
  ///   - out: becomes `ceil(width / factor)` x `ceil(height / factor)`.
  package func shrink(_ plane: PlaneView, by factor: Int, into out: inout PixelPlane) {
    precondition(factor == 2 || factor == 4 || factor == 8, "a plane shrinks by 2, 4 or 8")
    if factor == 2 { return halve(plane, into: &out) }
    out.resize(
      widthPixels: (plane.widthPixels + factor - 1) / factor,
      heightPixels: (plane.heightPixels + factor - 1) / factor)
    guard Self.hasSamples(plane) else { return }
    if tier == .portable { return PortableKernels.shrink(plane, by: factor, into: &out) }
    let stride = out.strideBytes
    // SAFETY: the view's rows lie inside its bytes, `out` was resized to hold every row, nothing escapes.
    unsafe Self.withPlane(plane) { source in
      unsafe out.samples.withUnsafeMutableBufferPointer { samples in
        if tier == .avx2 {
          unsafe jx_shrink_avx2(source, factor, samples.baseAddress, stride)
        } else {
          unsafe jx_shrink_avx512(source, factor, samples.baseAddress, stride)
        }
      }
    }
  }

  /// Sums of all samples above and to the left: `sums[y · (width + 1) + x]` = Σ p(i, j) over i < x, j < y,
  /// wrapping at 2^32; (width + 1) x (height + 1) values, the first row and column zero.
  package func integral(_ plane: PlaneView, into sums: inout [UInt32]) {
    Self.fit(&sums, (plane.widthPixels + 1) * (plane.heightPixels + 1), zeroed: !Self.hasSamples(plane))
    guard Self.hasSamples(plane) else { return }
    if tier == .portable { return PortableKernels.integral(plane, &sums) }
    // SAFETY: the view's rows lie inside its bytes, the output has (width + 1) · (height + 1) elements, nothing
    // escapes.
    unsafe Self.withPlane(plane) { source in
      unsafe sums.withUnsafeMutableBufferPointer { sums in
        if tier == .avx2 {
          unsafe jx_integral_avx2(source, sums.baseAddress)
        } else {
          unsafe jx_integral_avx512(source, sums.baseAddress)
        }
      }
    }
  }
}
