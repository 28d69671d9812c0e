package import InspectionModel

/// The files of a day, piece by piece.
extension SimulatedDay {
  /// One observation as a line of `observations.jsonl`, as exports write it, without an incident.
  package func line(of observation: Observation) -> String {
    let frame = observation.frame, region = observation.region, procedure = observation.procedure
    var place = "null"
    if let observed = observation.place {
      place = coordinates(observed.position)
      place +=
        ",\"sigma_m\":\(decimalDigits(observed.sigmaMeters, 2)),\"method\":\"\(observed.method.rawValue)\""
      place = "{\(place),\"coord_system\":\"\(CGCS2000.name)\"}"
    }
    let remark = observation.placeRemark.map { "\"\($0)\"" } ?? "null"
    let box = [region.x, region.y, region.width, region.height].map { decimalDigits($0, 4) }
    var text = "{\"key\":\"\(observation.key)\",\"incident\":null,\"witness\":\(json(observation.witness))"
    text += ",\"hazard\":\"\(observation.hazard.rawValue)\",\"score\":\(observation.score.decimal)"
    text += ",\"threshold\":\(observation.threshold.decimal)"
    text += ",\"phenomenon_time\":\"\(iso(observation.phenomenonTime))\""
    text += ",\"time_source\":\"\(observation.timeSource.rawValue)\""
    text +=
      ",\"result_time\":\"\(iso(observation.resultTime))\",\"place\":\(place),\"place_remark\":\(remark)"
    text += ",\"region\":[\(box.joined(separator: ","))]"
    text += ",\"vehicle_count\":\(observation.vehicleCount.map(String.init) ?? "null")"
    text += ",\"frame\":{\"name\":\"\(frame.name)\",\"sha256\":\"\(frame.sha256)\""
    text += ",\"sequence_number\":\(frame.sequenceNumber)},\"procedure\":{\"name\":\"\(procedure.name)\""
    text += ",\"version\":\"\(procedure.version)\",\"parameters_hash\":\"\(procedure.parametersHash)\"}}\n"
    return text
  }

  /// One look as a line of `looks.jsonl`.
  package func line(of look: DayLook) -> String {
    let hazards = look.hazards.map { "\"\($0.rawValue)\"" }.joined(separator: ",")
    var text = "{\"key\":\"\(look.key)\",\"witness\":\(json(look.witness)),\"hazards\":[\(hazards)]"
    text += ",\"phenomenon_time\":\"\(iso(look.phenomenonTime))\",\"result_time\":\"\(iso(look.resultTime))\""
    text += ",\"place\":{\(coordinates(look.position)),\"radius_m\":\(decimalDigits(look.radiusMeters, 2))"
    return text + ",\"coord_system\":\"\(CGCS2000.name)\"}}\n"
  }

  /// Hands `truth.json` on in pieces: what is true, and what may be known about how it was made up.
  package func truthPieces<Failure: Error>(_ body: (String) throws(Failure) -> Void) throws(Failure) {
    let spreads = HazardKind.allCases.sorted().map {
      "\"\($0.rawValue)\":\(decimalDigits(plan.spread(of: $0), 2))"
    }
    var head = "{\"seed\":\(plan.seed),\"begins\":\"\(iso(plan.start))\""
    head += ",\"window_s\":\(DayPlan.latenessSeconds),\"lines\":\(arrivals.count)"
    head += ",\"spread_m\":{\(spreads.joined(separator: ","))}"
    try body(head + ",\"hazards\":[\n")
    for (index, hazard) in hazards.enumerated() {
      try body(json(hazard) + (index + 1 < hazards.count ? ",\n" : "\n"))
    }
    try body("],\"observations\":{\n")
    let inOrder = observations.indices.sorted { observations[$0].key < observations[$1].key }
    for (index, chosen) in inOrder.enumerated() {
      let pair = "\"\(observations[chosen].key)\":\"\(hazards[hazardIndices[chosen]].id)\""
      try body(pair + (index + 1 < inOrder.count ? ",\n" : "\n"))
    }
    try body("},\"looks\":{\n")
    for (index, look) in looks.sorted(by: { $0.key < $1.key }).enumerated() {
      let end = index + 1 < looks.count ? ",\n" : "\n"
      try body("\"\(look.key)\":{\"hazard\":\"\(look.hazardID)\",\"missed\":\(look.isMissed)}" + end)
    }
    try body("}}\n")
  }

  private func json(_ hazard: DayHazard) -> String {
    var text = "{\"id\":\"\(hazard.id)\",\"kind\":\"\(hazard.kind.rawValue)\""
    text += ",\"lon\":\(decimalDigits(hazard.position.longitudeDegrees, 7))"
    text +=
      ",\"lat\":\(decimalDigits(hazard.position.latitudeDegrees, 7)),\"separable\":\(hazard.isSeparable)"
    text += ",\"begins\":\"\(iso(hazard.begins))\",\"ends\":\"\(iso(hazard.ends))\""
    text += ",\"sigma_m\":\(decimalDigits(hazard.sigmaMeters, 3))"
    text += ",\"nearest_sigmas\":\(hazard.nearestSigmas.map { decimalDigits($0, 4) } ?? "null")"
    text += ",\"observation_count\":\(hazard.observationCount)"
    return text + ",\"witnesses\":[\(hazard.witnesses.map(json).joined(separator: ","))]}"
  }

  private func json(_ witness: Witness) -> String {
    "{\"kind\":\"\(witness.kind.rawValue)\",\"source\":\"\(witness.source)\"}"
  }

  /// To a centimetre.
  private func coordinates(_ position: GeodeticPosition<CGCS2000>) -> String {
    "\"longitude_deg\":\(decimalDigits(position.longitudeDegrees, 7))"
      + ",\"latitude_deg\":\(decimalDigits(position.latitudeDegrees, 7))"
  }

  private func iso(_ time: Timestamp) -> String { time.iso8601(in: .shanghai) }
}
