internal import InspectionModel

extension HazardKind {
  /// Colour in maps, `rrggbb`: the palette of Okabe and Ito, which colour-blind readers can tell apart too.
  var colorHex: String {
    switch self {
    case .fireSmoke: "d55e00"
    case .water: "0072b2"
    case .roadDamage: "cc79a7"
    case .garbage: "009e73"
    case .congestion: "b58900"
    case .darkness: "333333"
    case .obstruction: "56b4e9"
    }
  }
}
