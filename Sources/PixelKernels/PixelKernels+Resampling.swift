package import FrameMemory

/// Planes from planes: smoothing, smaller sizes, running sums.
extension PixelKernels {
  /// Mean of the 3x3 samples around each one, the plane's edge samples repeated outwards: `(sum + 4) / 9`,
  /// rounded down.
  package func boxBlur(_ plane: PlaneView, into out: inout PixelPlane) {
    out.resize(widthPixels: plane.widthPixels, heightPixels: plane.heightPixels)
    guard Self.hasSamples(plane) else { return }
    PortableKernels.boxBlur(plane, into: &out)
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
    PortableKernels.shrink(plane, by: factor, into: &out)
  }

  /// Sums of all samples above and to the left: `sums[y · (width + 1) + x]` = Σ p(i, j) over i < x, j < y,
  /// wrapping at 2^32; (width + 1) x (height + 1) values, the first row and column zero.
  package func integral(_ plane: PlaneView, into sums: inout [UInt32]) {
    Self.fit(&sums, (plane.widthPixels + 1) * (plane.heightPixels + 1))
    guard Self.hasSamples(plane) else { return }
    PortableKernels.integral(plane, &sums)
  }
}
