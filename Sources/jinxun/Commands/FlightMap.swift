internal import FlightLogs
internal import InspectionModel

/// Tracks and photos of one flight as SVG, north up, with a scale.
struct FlightMap {
  private var legs: [[GeodeticPosition<CGCS2000>]] = []
  private var photos: [GeodeticPosition<CGCS2000>] = []

  private static let sidePixels = 900.0
  private static let marginPixels = 30.0

  mutating func add(_ track: FlightTrack) {
    legs += track.legs
    photos += track.photos
  }

  mutating func addPhoto(_ position: GeodeticPosition<CGCS2000>) { photos.append(position) }

  func svg() -> String {
    let all = legs.flatMap(\.self) + photos
    let side = Self.sidePixels
    var text =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(Int(side)) \(Int(side))\" "
      + "font-family=\"sans-serif\" font-size=\"14\">\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
    guard let origin = all.first else { return text + "<text x=\"30\" y=\"40\">no position</text>\n</svg>\n" }
    let plane = LocalPlane(origin: origin)
    let places = all.map { plane.offsetMeters(of: $0) }
    let (west, east) = (places.map(\.east).min() ?? 0, places.map(\.east).max() ?? 0)
    let (south, north) = (places.map(\.north).min() ?? 0, places.map(\.north).max() ?? 0)
    let scale = (side - 2 * Self.marginPixels) / max(east - west, north - south, 10)
    func point(_ position: GeodeticPosition<CGCS2000>) -> String {
      let place = plane.offsetMeters(of: position)
      let x = Self.marginPixels + (place.east - west) * scale
      let y = side - Self.marginPixels - (place.north - south) * scale
      return "\(fixed(x, 1)),\(fixed(y, 1))"
    }
    for leg in legs where leg.count > 1 {
      text +=
        "<polyline fill=\"none\" stroke=\"#2166ac\" stroke-width=\"1.5\" points=\""
        + leg.map(point).joined(separator: " ") + "\"/>\n"
    }
    // Pauses between legs.
    for (before, after) in zip(legs, legs.dropFirst()) {
      guard let from = before.last, let to = after.first else { continue }
      text +=
        "<polyline fill=\"none\" stroke=\"#b2182b\" stroke-width=\"1\" stroke-dasharray=\"4 4\" points=\""
        + "\(point(from)) \(point(to))\"/>\n"
    }
    for photo in photos {
      let place = point(photo).split(separator: ",")
      text += "<circle cx=\"\(place[0])\" cy=\"\(place[1])\" r=\"3\" fill=\"#e08214\"/>\n"
    }
    var meters = 1.0
    while meters * scale < 100 { meters *= meters * scale < 40 && meters * 5 * scale < 200 ? 5 : 2 }
    text +=
      "<path d=\"M30 \(Int(side) - 12) h\(fixed(meters * scale, 1))\" stroke=\"#000\" stroke-width=\"2\"/>\n"
      + "<text x=\"\(fixed(36 + meters * scale, 1))\" y=\"\(Int(side) - 8)\">\(fixed(meters, 0)) m</text>\n</svg>\n"
    return text
  }
}
