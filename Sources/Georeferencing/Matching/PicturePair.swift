/// Two pictures that should show the same ground, the smaller index first.
package struct PicturePair: Hashable, Sendable, Comparable {
  package let first: Int
  package let second: Int

  package static func < (left: PicturePair, right: PicturePair) -> Bool {
    (left.first, left.second) < (right.first, right.second)
  }
}
