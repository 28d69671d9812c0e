internal import Glibc
internal import InspectionModel

/// One area as inline SVG: footprints, camera tracks, incidents with error circles and numbers, ticks in degrees,
/// scale bar and north arrow. North is up; no base map.
struct MapSketch {
  /// Beyond these, numbers would hide each other and the map; the dots stay.
  private static let mostNumbers = 80
  private static let widthPoints = 700.0

  let area: MapArea
  let number: Int
  let language: Language
  private let layout: MapLayout

  init(area: MapArea, number: Int, language: Language) {
    self.area = area
    self.number = number
    self.language = language
    layout = MapLayout(area: area, widthPoints: Self.widthPoints)
  }

  /// A sign of the legend, 18 by 14 points.
  static func symbol(_ shape: String) -> String {
    element(
      "svg", ["xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 18 14", "aria-hidden": "true"], shape)
  }

  /// The sketch with a caption that says in words what it shows.
  var figure: String {
    let caption = captionText
    let size = "0 0 \(points(layout.widthPoints)) \(points(layout.heightPoints))"
    let drawing = element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "viewBox": size, "role": "img", "aria-label": caption,
      ],
      "\n"
        + [ground, coverage, graticule, circles, dotsAndNumbers, scaleBar, northArrow].joined(separator: "\n")
        + "\n")
    return element("figure", ["class": "map"], drawing + element("figcaption", [:], escaped(caption)))
  }

  private func text(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

  private func points(_ value: Double) -> String { decimalText(value, decimals: 1) ?? "0" }

  private var captionText: String {
    let place = layout.center
    let north = decimalText(place.latitudeDegrees.magnitude, decimals: 3) ?? "?"
    let east = decimalText(place.longitudeDegrees.magnitude, decimals: 3) ?? "?"
    let center =
      "\(north)° \(place.latitudeDegrees < 0 ? "S" : "N"), \(east)° \(place.longitudeDegrees < 0 ? "W" : "E")"
    let count = area.markers.count
    var caption = text(
      "图 \(number)：\(count) 起事件，中心 \(center)",
      "Map \(number): \(count) incident\(count == 1 ? "" : "s") around \(center)")
    if area.footprints.isEmpty {
      caption += text("；拍摄范围未知", "; what ground was seen is not known")
    } else {
      caption += text("；斜纹处未查看", "; hatched ground was not looked at")
    }
    if count > Self.mostNumbers {
      caption += text("；仅前 \(Self.mostNumbers) 起标号", "; the \(Self.mostNumbers) most urgent are numbered")
    }
    return caption
  }

  /// Hatched as "not looked at" where it is known what was; plain where nothing is known.
  private var ground: String {
    let (width, height) = (points(layout.widthPoints), points(layout.heightPoints))
    let identifier = "hatch-\(number)"
    let hatch = element(
      "pattern",
      [
        "id": identifier, "width": "7", "height": "7", "patternUnits": "userSpaceOnUse",
        "patternTransform": "rotate(45)",
      ],
      "<rect width=\"7\" height=\"7\" fill=\"#f4f4f4\" /><path d=\"M0 0V7\" stroke=\"#d2d2d2\" stroke-width=\"2\" />"
    )
    let fill = area.footprints.isEmpty ? "#f7f7f7" : "url(#\(identifier))"
    return element("defs", [:], hatch)
      + element("rect", ["width": width, "height": height, "fill": fill])
  }

  private func path(_ positions: [GeodeticPosition<CGCS2000>], closed: Bool) -> String {
    let corners = positions.map { position -> String in
      let point = layout.point(of: position)
      return "\(points(point.x)) \(points(point.y))"
    }
    return "M" + corners.joined(separator: "L") + (closed ? "Z" : "")
  }

  private var coverage: String {
    let grounds = area.footprints.map {
      element("path", ["class": "footprint", "d": path($0, closed: true)])
    }
    let tracks = area.tracks.map { track -> String in
      // A fixed camera has a track of one point: a small square.
      if track.count > 1 { return element("path", ["class": "track", "d": path(track, closed: false)]) }
      let point = layout.point(of: track[0])
      return element(
        "rect",
        ["x": points(point.x - 3), "y": points(point.y - 3), "width": "6", "height": "6", "fill": "#666"])
    }
    return (grounds + tracks).joined(separator: "\n")
  }

  private var graticule: String {
    var parts: [String] = []
    let (width, height) = (layout.widthPoints, layout.heightPoints)
    for tick in layout.longitudeTicks {
      parts.append(line(tick.at, 0, tick.at, height, stroke: "#9db2c9"))
      parts.append(words(tick.label, x: tick.at + 3, y: height - 5, anchor: "start"))
    }
    for tick in layout.latitudeTicks where tick.at > 26 && tick.at < height - 20 {
      parts.append(line(0, tick.at, width, tick.at, stroke: "#9db2c9"))
      parts.append(words(tick.label, x: 4, y: tick.at - 3, anchor: "start"))
    }
    return parts.joined(separator: "\n")
  }

  private func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, stroke: String) -> String {
    element(
      "path",
      [
        "d": "M\(points(x1)) \(points(y1))L\(points(x2)) \(points(y2))", "stroke": stroke,
        "stroke-width": "0.6", "fill": "none",
      ])
  }

  /// Text with a white rim, readable on any ground.
  private func words(_ text: String, x: Double, y: Double, anchor: String) -> String {
    element(
      "text",
      [
        "x": points(x), "y": points(y), "font-size": "10", "fill": "#3c5068", "text-anchor": anchor,
        "stroke": "#fff", "stroke-width": "2.5", "paint-order": "stroke",
      ], escaped(text))
  }

  private var circles: String {
    area.markers.map { marker in
      let center = layout.point(of: marker.place.position)
      let radius = 2 * marker.place.sigmaMeters * layout.pointsPerMeter
      return element(
        "circle",
        [
          "class": marker.place.method == .camera ? "error camera" : "error", "cx": points(center.x),
          "cy": points(center.y), "r": points(radius),
        ])
    }.joined(separator: "\n")
  }

  /// Dots at the places, and numbered discs beside them that keep clear of each other.
  private var dotsAndNumbers: String {
    let dots = area.markers.map { layout.point(of: $0.place.position) }
    let discs = layout.discPoints(for: Array(dots.prefix(Self.mostNumbers)), avoiding: dots)
    var (leaders, marks, numbers): ([String], [String], [String]) = ([], [], [])
    for (index, marker) in area.markers.enumerated() {
      let isPresent = marker.state == .suspected || marker.state == .confirmed
      let color = isPresent ? "#\(marker.hazard.colorHex)" : "#777777"
      let dot = dots[index]
      marks.append(
        element(
          "circle", ["cx": points(dot.x), "cy": points(dot.y), "r": "2.6", "fill": color, "stroke": "#fff"]))
      guard index < discs.count else { continue }
      let disc = discs[index]
      leaders.append(line(dot.x, dot.y, disc.x, disc.y, stroke: "#333"))
      let isSuspected = marker.state == .suspected
      let circle = element(
        "circle",
        [
          "cx": points(disc.x), "cy": points(disc.y), "r": "9", "fill": isSuspected ? "#fff" : color,
          "stroke": color, "stroke-width": "2", "stroke-dasharray": isSuspected ? "3 2" : "none",
        ])
      let digits = element(
        "text",
        [
          "x": points(disc.x), "y": points(disc.y + 3.5), "font-size": marker.number < 100 ? "10" : "8",
          "font-weight": "700", "text-anchor": "middle", "fill": isSuspected ? "#111" : "#fff",
        ], "\(marker.number)")
      numbers.append(circle + digits)
    }
    return (leaders + marks + numbers).joined(separator: "\n")
  }

  private var scaleBar: String {
    let meters = layout.scaleBarMeters
    let length = meters * layout.pointsPerMeter
    let (right, bottom) = (layout.widthPoints - 14, layout.heightPoints - 24)
    let label =
      meters < 1000
      ? "\(decimalText(meters, decimals: 0) ?? "?") m"
      : "\(decimalText(meters / 1000, decimals: 0) ?? "?") km"
    let bar = element(
      "path",
      [
        "d": "M\(points(right - length)) \(points(bottom - 5))v5h\(points(length))v-5", "fill": "none",
        "stroke": "#111", "stroke-width": "1.6",
      ])
    return bar + words(label, x: right - length / 2, y: bottom - 6, anchor: "middle")
  }

  private var northArrow: String {
    let x = layout.widthPoints - 24
    return element("path", ["d": "M\(points(x)) 10l7 22l-7 -5l-7 5Z", "fill": "#111"])
      + words(text("北", "N"), x: x, y: 44, anchor: "middle")
  }
}
