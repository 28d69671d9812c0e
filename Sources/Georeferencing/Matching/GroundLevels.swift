/// One picture's ground at the three resolutions that are compared.
struct GroundLevels: Sendable {
  /// Brightness at the finest cell size.
  let fine: GroundRaster
  /// Four times the cell size, freed of light and exposure.
  let coarse: GroundRaster
  /// Eight times the cell size, freed of light and exposure.
  let coarsest: GroundRaster

  init(_ fine: GroundRaster) {
    self.fine = fine
    let quarter = fine.halved().halved()
    coarse = quarter.locallyNormalized(radius: 4, floor: 3)
    coarsest = quarter.halved().locallyNormalized(radius: 3, floor: 3)
  }

  var byteCount: Int { fine.byteCount + coarse.byteCount + coarsest.byteCount }
}
