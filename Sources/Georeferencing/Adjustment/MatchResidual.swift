/// How far a match misses, told in its second picture, and how that moves with every part of both poses.
///
/// The ground of the first picture's point is looked up in the second picture. A miss in pictures, unlike one
/// on the ground, does not get smaller when the whole flight shrinks.
package struct MatchResidual {
  /// Across and down the second picture, parts of its longer side.
  package let miss: (across: Double, down: Double)
  /// Derivatives by the parts of each pose in the order of `PosePart`, across and down.
  package let first: (across: [Double], down: [Double])
  package let second: (across: [Double], down: [Double])
  /// Where a point one metre above the ground would be seen instead, parts of the longer side.
  package let bump: (across: Double, down: Double)

  /// `nil` where a ray does not meet the ground or the second picture.
  package init?(_ match: PicturePointMatch, _ first: PictureView, _ second: PictureView) {
    guard let here = first.place(u: match.first.u, v: match.first.v),
      let point = second.picturePoint(north: here.northMeters, east: here.eastMeters),
      let there = second.place(u: point.u, v: point.v)
    else { return nil }
    let camera = second.camera
    miss = (
      (point.u - match.second.u) * camera.widthPerLongSide,
      (point.v - match.second.v) * camera.heightPerLongSide
    )
    let determinant = there.across.north * there.down.east - there.across.east * there.down.north
    guard abs(determinant) > 1e-12 else { return nil }
    func inPicture(north: Double, east: Double) -> (across: Double, down: Double) {
      (
        (north * there.down.east - east * there.down.north) / determinant,
        (there.across.north * east - there.across.east * north) / determinant
      )
    }
    func derivatives(_ point: GroundPoint, sign: Double) -> (across: [Double], down: [Double]) {
      var result: (across: [Double], down: [Double]) = ([], [])
      for part in 0..<PosePart.count {
        let moved = inPicture(north: sign * point.north[part], east: sign * point.east[part])
        result.across.append(moved.across)
        result.down.append(moved.down)
      }
      return result
    }
    self.first = derivatives(here, sign: 1)
    self.second = derivatives(there, sign: -1)
    bump = inPicture(north: here.slopeNorth - there.slopeNorth, east: here.slopeEast - there.slopeEast)
  }
}
