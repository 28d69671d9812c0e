/// Two pictures that should show the same ground, the smaller index first.
struct PicturePair: Hashable, Sendable, Comparable {
  let first: Int
  let second: Int

  static func < (left: PicturePair, right: PicturePair) -> Bool {
    (left.first, left.second) < (right.first, right.second)
  }
}
