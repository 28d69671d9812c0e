/// The same point of the ground in two pictures, as points of the upright pictures.
struct PicturePointMatch: Sendable {
  let first: (u: Double, v: Double)
  let second: (u: Double, v: Double)
}
