internal import FrameMemory

/// At which grain a component of a picture is painted: how many luma pixels a sample stands for.
struct PlaneSampling: Sendable, Hashable {
  let component: PlaneIndex
  let stepX: Int
  let stepY: Int
  let columns: Int
  let rows: Int

  /// The samples of a picture's pixels.
  static func pixels(_ format: FrameFormat, _ component: PlaneIndex) -> PlaneSampling? {
    guard let plane = format.plane(component) else { return nil }
    let (x, y) = component == .luma ? (1, 1) : steps(format.chroma)
    return PlaneSampling(
      component: component, stepX: x, stepY: y, columns: plane.widthPixels, rows: plane.heightPixels)
  }

  /// The samples of a coarse frame: one a block.
  static func blocks(_ format: CoarseFormat, _ component: PlaneIndex) -> PlaneSampling? {
    guard let plane = format.plane(component) else { return nil }
    let (x, y) = component == .luma ? (1, 1) : steps(format.chroma)
    return PlaneSampling(
      component: component, stepX: x * CoarseFormat.blockPixels, stepY: y * CoarseFormat.blockPixels,
      columns: plane.widthBlocks, rows: plane.heightBlocks)
  }

  private static func steps(_ chroma: ChromaLayout) -> (x: Int, y: Int) {
    guard case .ycbcr(let horizontal, let vertical) = chroma else { return (1, 1) }
    return (horizontal, vertical)
  }

  var count: Int { columns * rows }
  /// Single pixels: patterns are painted, not only measured.
  var isPixels: Bool { stepX == 1 && stepY == 1 && component == .luma }

  /// Where a rectangle of samples lies in a backdrop that is moved by `shift` in the picture.
  func lattice(_ samples: PictureRect, _ shift: SceneDrawing.Shift) -> SampleLattice {
    SampleLattice(
      left: StreetBackdrop.marginPixels - shift.x + samples.left * stepX,
      top: StreetBackdrop.marginPixels - shift.y + samples.top * stepY, stepX: stepX, stepY: stepY,
      columns: samples.width, rows: samples.height)
  }

  /// The samples that a rectangle touches, as columns and rows.
  func touched(_ rect: PictureRect) -> PictureRect? {
    let picture = PictureRect(x: 0, y: 0, width: columns * stepX, height: rows * stepY)
    guard let part = rect.clipped(to: picture) else { return nil }
    return PictureRect(
      left: part.left / stepX, top: part.top / stepY, right: (part.right + stepX - 1) / stepX,
      bottom: (part.bottom + stepY - 1) / stepY)
  }

  func level(_ color: SceneColor) -> Int {
    switch component {
    case .luma: color.luma
    case .chromaBlue: color.chromaBlue
    case .chromaRed: color.chromaRed
    }
  }
}
