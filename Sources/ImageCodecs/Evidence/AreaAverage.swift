internal import FrameMemory

/// The exact area average of a plane: each target pixel is the mean of the source under it, edges weighted by the
/// part that they share, rounded to nearest.
///
/// A chroma sample stands for a cell of luma pixels (cut off at the picture's edge), so that all planes come out
/// at the size of the target's luma. Integers only: in units of 1/target of a source pixel a target pixel is
/// `source` units wide and a source pixel `target` units, so that all weights and their sum (source width x source
/// height) are whole numbers below 2^32, and sums are below 2^40.
struct AreaAverage {
  let horizontal: Axis
  let vertical: Axis

  /// One direction of the reduction.
  struct Axis {
    /// Luma pixels of the source and of the target, target ≤ source.
    let source: Int
    let target: Int
    /// Luma pixels under one sample of the plane.
    let cell: Int

    /// The samples under target pixel `index` with the weights of the first and the last of them; those between
    /// weigh `cell * target`. All weights together are `source`.
    func footprint(_ index: Int) -> (first: Int, last: Int, firstWeight: Int, lastWeight: Int) {
      let unit = cell * target
      let (start, end) = (index * source, (index + 1) * source)
      let (first, last) = (start / unit, (end - 1) / unit)
      if first == last { return (first, last, source, 0) }
      return (first, last, (first + 1) * unit - start, end - last * unit)
    }
  }

  /// Writes one plane turned by `orientation` into a plane of the target's full size.
  ///
  /// - Precondition: the axes describe the plane's and the target's sizes.
  func write(
    _ plane: PlaneView, _ orientation: FrameOrientation, to index: PlaneIndex, of writer: inout FrameWriter
  ) {
    let (width, height) = (horizontal.target, vertical.target)
    let total = horizontal.source * vertical.source
    // SAFETY: footprints lie inside the source plane and places inside the target plane: both follow from the
    // sizes that the axes hold, checked by the caller once.
    unsafe plane.bytes.withUnsafeBytes { source in
      unsafe writer.withPlane(index) { target, layout in
        for y in 0..<height {
          let rows = vertical.footprint(y)
          for x in 0..<width {
            let sum = unsafe sum(source, plane.strideBytes, rows, horizontal.footprint(x))
            let place = orientation.place(x: x, y: y, width: width, height: height)
            // SAFETY: a place of a pixel of the picture is a pixel of the turned picture.
            unsafe target[place.y * layout.strideBytes + place.x] = UInt8((sum + total / 2) / total)
          }
        }
      }
    }
  }

  /// The weighted sum of the samples under one target pixel.
  @inline(__always)
  private func sum(
    _ source: UnsafeRawBufferPointer, _ strideBytes: Int,
    _ rows: (first: Int, last: Int, firstWeight: Int, lastWeight: Int),
    _ columns: (first: Int, last: Int, firstWeight: Int, lastWeight: Int)
  ) -> Int {
    let unit = (across: horizontal.cell * horizontal.target, down: vertical.cell * vertical.target)
    var total = 0
    for row in rows.first...rows.last {
      let start = row * strideBytes
      // SAFETY: rows and columns of a footprint lie inside the plane.
      var line = unsafe Int(source[start + columns.first]) * columns.firstWeight
      if columns.last > columns.first {
        var middle = 0
        for column in columns.first + 1..<columns.last {
          // SAFETY: as above.
          unsafe middle += Int(source[start + column])
        }
        // SAFETY: as above.
        unsafe line += middle * unit.across + Int(source[start + columns.last]) * columns.lastWeight
      }
      total += line * (row == rows.first ? rows.firstWeight : row == rows.last ? rows.lastWeight : unit.down)
    }
    return total
  }
}
