package import InspectionModel

/// What is drawn on an evidence picture: a box with a bar of text beside it.
package struct EvidenceMark: Sendable, Hashable {
  /// Where it is, in the picture as stored; what lies outside the picture is cut off.
  package var box: NormalizedBox
  /// Printable ASCII, one line; every other character is drawn as an empty frame. Empty for no bar.
  package var label: String
  /// Should be bright: it has a dark outline, and the text on it is black.
  package var color: RGBColor

  package init(box: NormalizedBox, label: String, color: RGBColor) {
    (self.box, self.label, self.color) = (box, label, color)
  }

  /// The mark of a hazard: its key and its score, cut to two decimals so that none looks surer than it is.
  package init(_ region: HazardRegion) {
    let hundredths = region.score.millionths / 10_000
    self.init(
      box: region.box,
      label: "\(region.hazard.rawValue) \(hundredths / 100).\(padded(hundredths % 100, 2))",
      color: RGBColor(evidenceOf: region.hazard))
  }
}

extension RGBColor {
  /// The colour of a hazard on pictures: the hues of the maps, made bright enough to stand beside a dark outline.
  package init(evidenceOf hazard: HazardKind) {
    self =
      switch hazard {
      case .fireSmoke: RGBColor(red: 255, green: 120, blue: 30)
      case .water: RGBColor(red: 70, green: 170, blue: 255)
      case .roadDamage: RGBColor(red: 255, green: 140, blue: 210)
      case .garbage: RGBColor(red: 40, green: 215, blue: 150)
      case .congestion: RGBColor(red: 250, green: 205, blue: 30)
      case .darkness: RGBColor(red: 245, green: 245, blue: 245)
      case .obstruction: RGBColor(red: 140, green: 235, blue: 255)
      }
  }
}
