/// A box in a picture as stored: fractions of its width and height, origin top left, half open.
package struct NormalizedBox: Sendable, Hashable, Codable {
  package var x: Double
  package var y: Double
  package var width: Double
  package var height: Double

  package init(x: Double, y: Double, width: Double, height: Double) {
    (self.x, self.y, self.width, self.height) = (x, y, width, height)
  }

  /// The whole picture.
  package static let whole = NormalizedBox(x: 0, y: 0, width: 1, height: 1)

  /// Horizontal and vertical place of the centre.
  package var center: (u: Double, v: Double) { (x + width / 2, y + height / 2) }

  /// The point where the thing in the box meets the ground in an oblique view: the middle of the lower edge.
  package var footPoint: (u: Double, v: Double) { (x + width / 2, y + height) }
}

/// A part of a picture in which a hazard is seen.
package struct HazardRegion: Sendable, Hashable, Codable {
  package var hazard: HazardKind
  package var score: HazardScore
  package var box: NormalizedBox

  package init(hazard: HazardKind, score: HazardScore, box: NormalizedBox) {
    self.hazard = hazard
    self.score = score
    self.box = box
  }
}
