/// How the stored pixels of a picture lie against the upright picture that the camera's attitude speaks of.
///
/// Eight cases: a mirror or not, and quarter turns.
package struct PictureTurn: Sendable, Hashable {
  /// Rows and columns change places.
  package let swapsAxes: Bool
  /// Then the horizontal axis is reversed.
  package let reversesU: Bool
  /// Then the vertical axis is reversed.
  package let reversesV: Bool

  private init(swapsAxes: Bool, reversesU: Bool, reversesV: Bool) {
    (self.swapsAxes, self.reversesU, self.reversesV) = (swapsAxes, reversesU, reversesV)
  }

  package static let none = PictureTurn(swapsAxes: false, reversesU: false, reversesV: false)
  /// By 180°.
  package static let half = PictureTurn(swapsAxes: false, reversesU: true, reversesV: true)

  /// What EXIF's Orientation tag asks for (CIPA DC-008, tag 0112: where row 0 and column 0 are).
  ///
  /// - Precondition: 1…8.
  package init(exifOrientation: Int) {
    switch exifOrientation {
    case 1: self = .none
    case 2: self.init(swapsAxes: false, reversesU: true, reversesV: false)
    case 3: self = .half
    case 4: self.init(swapsAxes: false, reversesU: false, reversesV: true)
    case 5: self.init(swapsAxes: true, reversesU: false, reversesV: false)
    case 6: self.init(swapsAxes: true, reversesU: true, reversesV: false)
    case 7: self.init(swapsAxes: true, reversesU: true, reversesV: true)
    case 8: self.init(swapsAxes: true, reversesU: false, reversesV: true)
    default: preconditionFailure("an EXIF orientation is 1 to 8")
    }
  }

  /// This turn and then a half turn; both ways round the same.
  package var turnedByHalf: PictureTurn {
    PictureTurn(swapsAxes: swapsAxes, reversesU: !reversesU, reversesV: !reversesV)
  }

  /// A point of the stored picture in the upright one; 0…1 across and down.
  package func upright(u: Double, v: Double) -> (u: Double, v: Double) {
    let (across, down) = swapsAxes ? (v, u) : (u, v)
    return (reversesU ? 1 - across : across, reversesV ? 1 - down : down)
  }

  /// A point of the upright picture in the stored one.
  package func stored(u: Double, v: Double) -> (u: Double, v: Double) {
    let (across, down) = (reversesU ? 1 - u : u, reversesV ? 1 - v : v)
    return swapsAxes ? (down, across) : (across, down)
  }
}
