internal import Glibc
internal import InspectionModel

/// Incidents, error circles, camera tracks and footprints as KML 2.2 (OGC 07-147r2). Everything is in the file: no
/// network links, no pictures from elsewhere.
struct KMLExport {
  let record: InspectionRecord
  let language: Language
  let zone: UTCOffset

  func write(to output: TextOutput) throws {
    try output.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    try output.write("<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n")
    try output.write(element("name", [:], text("津巡隐患巡查", "jinxun hazard inspection")) + "\n")
    try output.write(element("description", [:], escaped(documentRemark)) + "\n")
    for hazard in HazardKind.allCases { try output.write(style(of: hazard)) }
    try output.write(trackStyle)
    for hazard in HazardKind.allCases {
      let incidents = record.incidents.filter { $0.hazard == hazard }
      guard !incidents.isEmpty else { continue }
      try output.write("<Folder>\n" + element("name", [:], escaped(hazard.name(in: language))) + "\n")
      for incident in incidents { try output.write(placemark(of: incident)) }
      try output.write("</Folder>\n")
    }
    for source in record.run.sources { try output.write(coverage(of: source)) }
    try output.write("</Document>\n</kml>\n")
  }

  private func text(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

  private var documentRemark: String {
    var remark =
      "jinxun \(record.run.programVersion), \(CGCS2000.name), \(record.run.establishedAt.iso8601(in: zone))"
    if let filter = record.filter {
      remark += ", " + filter.words(in: zone).map { "\($0.option)=\($0.value)" }.joined(separator: " ")
    }
    return remark
  }

  /// KML colours are alpha, blue, green, red.
  private func color(_ rrggbb: String, alpha: String) -> String {
    let digits = Array(rrggbb)
    return alpha + String(digits[4...5]) + String(digits[2...3]) + String(digits[0...1])
  }

  private func style(of hazard: HazardKind) -> String {
    let opaque = element("color", [:], color(hazard.colorHex, alpha: "ff"))
    let pale = element("color", [:], color(hazard.colorHex, alpha: "33"))
    return element(
      "Style", ["id": hazard.rawValue],
      element("IconStyle", [:], opaque) + element("LineStyle", [:], opaque + "<width>2</width>")
        + element("PolyStyle", [:], pale)) + "\n"
  }

  private var trackStyle: String {
    element(
      "Style", ["id": "coverage"],
      "<LineStyle><color>ff7f7f7f</color><width>1</width></LineStyle><PolyStyle><color>22ffffff</color></PolyStyle>"
    )
      + "\n"
  }

  private func placemark(of incident: Incident) -> String {
    let order = record.workOrder(of: incident)
    let place = incident.place?.usable
    let name = order.map { language == .zh ? $0.nameZh : $0.nameEn } ?? incident.hazard.name(in: language)
    var parts = [element("name", [:], escaped(name))]
    if let order { parts.append(element("description", [:], escaped(order.reason.text(in: language)))) }
    parts.append(
      element(
        "TimeSpan", [:],
        element("begin", [:], incident.firstSeen.iso8601(in: zone))
          + element("end", [:], incident.lastSeen.iso8601(in: zone))))
    parts.append(element("styleUrl", [:], "#\(incident.hazard.rawValue)"))
    parts.append(element("ExtendedData", [:], data(of: incident, order: order, place: place).joined()))
    if let place { parts.append(geometry(of: place)) }
    return element("Placemark", [:], parts.joined()) + "\n"
  }

  private func data(of incident: Incident, order: WorkOrder?, place: ObservedPlace?) -> [String] {
    let best = record.bestObservation(of: incident)
    let pairs: [(String, String?)] = [
      ("id", incident.id), ("hazard", incident.hazard.rawValue), ("state", incident.state.rawValue),
      ("score", incident.peakScore.decimal), ("confidence", incident.confidence.decimal),
      ("sources", incident.witnesses.map(\.word).joined(separator: "; ")),
      ("position_error_m", place.flatMap { decimalText($0.sigmaMeters, decimals: 2) }),
      ("position_method", place?.method.rawValue), ("position_remark", best?.placeRemark),
      ("coord_system", CGCS2000.name), ("case_no", order?.caseNumber), ("code", order?.code.code),
      ("is_local_extension", order.map { String($0.code.isLocalExtension) }),
      ("severity", order?.severity.rawValue), ("status", order?.status.rawValue),
      ("tiers", order?.tiers.map(\.rawValue).joined(separator: ",")), ("department", order?.department),
      ("town", order?.town.map { language == .zh ? $0.nameZh : $0.nameEn }),
      ("due", order?.nextDeadline?.due.iso8601(in: zone)), ("rule", order?.reason.rule),
      ("frame", best?.frame.name), ("frame_sha256", best?.frame.sha256),
    ]
    return pairs.compactMap { name, value in
      value.map { element("Data", ["name": name], element("value", [:], escaped($0))) }
    }
  }

  /// The point and the circle of two standard deviations per axis, counter-clockwise as KML wants outer boundaries.
  private func geometry(of place: ObservedPlace) -> String {
    let point = element(
      "Point", [:], element("coordinates", [:], coordinates(place.position, place.decimals)))
    guard place.sigmaMeters > 0 else { return point }
    let plane = LocalPlane(origin: place.position)
    let radius = 2 * place.sigmaMeters
    let corners = (0...36).map { step -> String in
      let angle = Double(step % 36) * .pi / 18
      // Two decimals more than the centre, so that the circle stays round.
      return coordinates(
        plane.position(eastMeters: radius * cos(angle), northMeters: radius * sin(angle)),
        min(place.decimals + 2, 7))
    }
    return element("MultiGeometry", [:], point + polygon(corners))
  }

  private func coverage(of source: SourceCoverage) -> String {
    let track = source.cameraTrack.filter(\.isPlausible).map { coordinates($0, 7) }
    let footprints = source.footprints.filter { $0.count >= 3 && $0.allSatisfy(\.isPlausible) }
    guard track.count > 1 || !footprints.isEmpty else { return "" }
    var parts = [element("name", [:], escaped(source.witness.label(in: language)))]
    if track.count > 1 {
      let line = element("LineString", [:], element("coordinates", [:], track.joined(separator: " ")))
      parts.append(coveragePlacemark(text("航迹", "camera track"), line))
    }
    if !footprints.isEmpty {
      let polygons = footprints.map { corners in
        polygon(counterClockwise(corners).map { coordinates($0, 7) })
      }
      parts.append(
        coveragePlacemark(text("拍摄范围", "ground seen"), element("MultiGeometry", [:], polygons.joined())))
    }
    return element("Folder", [:], parts.joined()) + "\n"
  }

  private func coveragePlacemark(_ name: String, _ geometry: String) -> String {
    element("Placemark", [:], element("name", [:], name) + "<styleUrl>#coverage</styleUrl>" + geometry) + "\n"
  }

  private func polygon(_ closedRing: [String]) -> String {
    let ring = element("LinearRing", [:], element("coordinates", [:], closedRing.joined(separator: " ")))
    return element("Polygon", [:], element("outerBoundaryIs", [:], ring))
  }

  /// The ring, closed, with the ground on its left.
  private func counterClockwise(_ corners: [GeodeticPosition<CGCS2000>]) -> [GeodeticPosition<CGCS2000>] {
    var doubleArea = 0.0
    for (corner, next) in zip(corners, corners[1...] + corners[..<1]) {
      doubleArea +=
        corner.longitudeDegrees * next.latitudeDegrees - next.longitudeDegrees * corner.latitudeDegrees
    }
    let ring = doubleArea < 0 ? corners.reversed() : corners
    return ring + ring[..<1]
  }

  private func coordinates(_ position: GeodeticPosition<CGCS2000>, _ decimals: Int) -> String {
    let pair = [position.longitudeDegrees, position.latitudeDegrees].map {
      decimalText($0, decimals: decimals) ?? "0"
    }
    return pair.joined(separator: ",")
  }
}
