/// The same point of the ground in two pictures, as points of the upright pictures.
package struct PicturePointMatch: Sendable {
  package let first: (u: Double, v: Double)
  package let second: (u: Double, v: Double)

  /// - Parameters: points of the upright pictures, 0…1 of width and height.
  package init(first: (u: Double, v: Double), second: (u: Double, v: Double)) {
    (self.first, self.second) = (first, second)
  }
}
