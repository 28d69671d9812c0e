internal import InspectionModel

/// Incidents as a GeoJSON feature collection (RFC 7946): longitude first, WGS 84 (CGCS2000 is equal to it within
/// centimetres), no `crs` member. An incident without a position is a feature without geometry, never left out.
struct GeoJSONExport {
  /// An incident of a fixed camera can have thousands of sightings; the best few are its evidence.
  private static let mostEvidence = 5

  let record: InspectionRecord
  let zone: UTCOffset

  /// One feature a line, so that a text tool can work with it too.
  func write(to output: TextOutput) throws {
    try output.write("{\"type\":\"FeatureCollection\",\n\"coord_system\":\"\(CGCS2000.name)\",\n")
    let generator = JSONValue.object([
      ("name", .text("jinxun")), ("version", .text(record.run.programVersion)),
    ])
    try output.write("\"generator\":\(generator.line),\n")
    if let filter = record.filter {
      let words = JSONValue.object(filter.words(in: zone).map { ($0.option, .text($0.value)) })
      try output.write("\"filter\":\(words.line),\n")
    }
    if let box = boundingBox { try output.write("\"bbox\":\(box.line),\n") }
    try output.write("\"features\":[")
    for (index, incident) in record.incidents.enumerated() {
      try output.write((index == 0 ? "\n" : ",\n") + feature(of: incident).line)
    }
    try output.write("\n]}\n")
  }

  /// West, south, east, north; a box over the antimeridian has its west end east of its east end.
  private var boundingBox: JSONValue? {
    let places = record.incidents.compactMap { $0.place?.usable }
    guard let decimals = places.map(\.decimals).max() else { return nil }
    let latitudes = places.map(\.position.latitudeDegrees)
    var longitudes = places.map(\.position.longitudeDegrees)
    if longitudes.max()! - longitudes.min()! > 180 { longitudes = longitudes.map { $0 < 0 ? $0 + 360 : $0 } }
    let east = longitudes.max()!
    let corners = [
      longitudes.min()!, latitudes.min()!, east > 180 ? east - 360 : east, latitudes.max()!,
    ]
    return .array(corners.map { .number($0, decimals: decimals) })
  }

  private func feature(of incident: Incident) -> JSONValue {
    let place = incident.place?.usable
    let geometry = place.map { place -> JSONValue in
      let coordinates = [place.position.longitudeDegrees, place.position.latitudeDegrees]
      return .object([
        ("type", .text("Point")),
        ("coordinates", .array(coordinates.map { .number($0, decimals: place.decimals) })),
      ])
    }
    return .object([
      ("type", .text("Feature")), ("id", .text(incident.id)), ("geometry", geometry ?? .null),
      ("properties", .object(properties(of: incident, place: place))),
    ])
  }

  private func properties(
    of incident: Incident, place: ObservedPlace?
  ) -> [(name: String, value: JSONValue)] {
    let order = record.workOrder(of: incident)
    let best = record.bestObservation(of: incident)
    return [("id", .text(incident.id)), ("hazard", .text(incident.hazard.rawValue))]
      + caseProperties(of: incident, order: order) + [
        ("score", .score(incident.peakScore)),
        ("confidence", .score(incident.confidence)),
        ("certainty", .text(incident.certainty)),
        ("incident_state", .text(incident.state.rawValue)),
        ("sources", .array(incident.witnesses.map(\.json))),
        ("first_seen", .text(incident.firstSeen.iso8601(in: zone))),
        ("last_seen", .text(incident.lastSeen.iso8601(in: zone))),
        ("episode", .integer(incident.episode)),
        ("split_from", .optional(incident.splitFrom)),
        ("observation_count", .integer(incident.observationKeys.count)),
        ("observations", .array(incident.observationKeys.map { .text($0) })),
        ("vehicle_count", .optional(incident.vehicleCount)),
        ("position_error_m", place.map { .number($0.sigmaMeters, decimals: 2) } ?? .null),
        ("position_method", .optional(place?.method.rawValue)),
        ("position_remark", .optional(best?.placeRemark)),
        ("evidence", .array(evidence(of: incident))),
        ("detector", best?.procedure.json ?? .null),
        ("threshold", best.map { .score($0.threshold) } ?? .null),
        ("coord_system", .text(CGCS2000.name)),
      ]
  }

  /// What the work order says; all `null` for an incident that has none, so that every feature has the same members.
  private func caseProperties(
    of incident: Incident, order: WorkOrder?
  ) -> [(name: String, value: JSONValue)] {
    let deadlines = order?.deadlines.map { deadline -> JSONValue in
      .object([
        ("step", .text(deadline.step)), ("name_zh", .text(deadline.nameZh)),
        ("name_en", .text(deadline.nameEn)), ("due", .text(deadline.due.iso8601(in: zone))),
      ])
    }
    // Without an order the rule that declined the incident is told in its place.
    let reason = order?.reason ?? record.declined[incident.id]
    return [
      ("case_no", .optional(order?.caseNumber)),
      ("hazard_class", .optional(order?.hazardClass)),
      ("code", .optional(order?.code.code)),
      ("matter_code", .optional(order?.code.matterCode)),
      ("is_local_extension", order.map { .bool($0.code.isLocalExtension) } ?? .null),
      ("name_zh", .text(order?.nameZh ?? incident.hazard.name(in: .zh))),
      ("name_en", .text(order?.nameEn ?? incident.hazard.name(in: .en))),
      ("severity", .optional(order?.severity.rawValue)),
      ("status", .optional(order?.status.rawValue)),
      ("tier", .optional(order?.tiers.first?.rawValue)),
      ("tiers", .texts(order?.tiers.map(\.rawValue) ?? [])),
      ("department", .optional(order?.department)),
      ("department_id", .optional(order?.departmentID)),
      ("supporting", .texts(order?.supportingDepartments ?? [])),
      ("town_code", .optional(order?.town?.code)),
      ("town_zh", .optional(order?.town?.nameZh)),
      ("town_en", .optional(order?.town?.nameEn)),
      ("established", .optional(order?.establishedAt.iso8601(in: zone))),
      ("due", .optional(order?.nextDeadline?.due.iso8601(in: zone))),
      ("deadlines", .array(deadlines ?? [])),
      ("rule", .optional(reason?.rule)),
      ("reason_zh", .optional(reason?.zh)),
      ("reason_en", .optional(reason?.en)),
    ]
  }

  /// The observations with the highest scores, best first.
  private func evidence(of incident: Incident) -> [JSONValue] {
    let seen = incident.observationKeys.compactMap(record.observation(key:))
    let best = seen.sorted { ($1.score, $0.key) < ($0.score, $1.key) }.prefix(Self.mostEvidence)
    return best.map { observation in
      .object([
        ("sha256", .text(observation.frame.sha256)), ("frame", .text(observation.frame.name)),
        ("time", .text(observation.phenomenonTime.iso8601(in: zone))),
        ("bbox", observation.region.json), ("score", .score(observation.score)),
      ])
    }
  }
}

extension Incident {
  /// CAP 1.2 certainty. What only a machine has seen is at most likely; a person's word does not lift it either,
  /// since nobody here knows how sure that person was.
  var certainty: String {
    switch state {
    case .suspected: "Possible"
    case .confirmed, .resolved: "Likely"
    case .dismissed: "Unlikely"
    }
  }
}
