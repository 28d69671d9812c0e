/// Widths of camera sensors that EXIF leaves out, by the camera's EXIF model.
///
/// From the makers' data sheets: 1/2.3" 6.17 x 4.55 mm, 1/2" 6.4 x 4.8, 1/1.3" 9.6 x 7.2, 1" 13.2 x 8.8,
/// 4/3" 17.3 x 13, APS-C 23.5 x 15.7, full frame 35.9 x 24 mm.
enum SensorWidths {
  private static let byModel: [String: Double] = [
    // DJI Phantom 3 (Professional, Advanced, 4K), Phantom 4, Inspire 1 (X3), Mavic Pro, Air, Mini, Mini 2
    "FC300S": 6.17, "FC300X": 6.17, "FC300XW": 6.17, "FC330": 6.17, "FC350": 6.17, "FC220": 6.17,
    "FC2103": 6.17, "FC7203": 6.17, "FC7303": 6.17,
    // DJI Mavic 2 Zoom, Air 2, Mini 3 Pro
    "FC2204": 6.17, "FC3170": 6.4, "FC3582": 9.6,
    // DJI Phantom 4 Pro, Advanced, RTK, Mavic 2 Pro, Air 2S
    "FC6310": 13.2, "FC6310S": 13.2, "FC6310R": 13.2, "L1D-20C": 13.2, "FC3411": 13.2,
    // DJI Inspire 2 and its cameras (X5, X5S, X7), Mavic 3, Mavic 3 Enterprise
    "FC550": 17.3, "FC6520": 17.3, "FC6540": 23.5, "L2D-20C": 17.3, "M3E": 17.3,
    // DJI Zenmuse P1, Autel EVO II Pro
    "ZENMUSEP1": 35.9, "XT705": 13.2,
  ]

  /// Millimetres; `nil` for a camera that the table does not know.
  static func millimeters(model: String) -> Double? { byModel[model.uppercased()] }
}
