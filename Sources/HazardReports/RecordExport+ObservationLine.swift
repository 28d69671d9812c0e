package import InspectionModel

extension RecordExport {
  /// One observation as one line of JSON with its line end: for stores that are too large for a record.
  package static func line(of observation: Observation, incidentID: String?, zone: UTCOffset) -> String {
    let position = observation.place.flatMap(\.usable)
    return JSONValue.object([
      ("key", .text(observation.key)),
      ("incident", .optional(incidentID)),
      ("witness", observation.witness.json),
      ("hazard", .text(observation.hazard.rawValue)),
      ("score", .score(observation.score)),
      ("threshold", .score(observation.threshold)),
      ("phenomenon_time", .text(observation.phenomenonTime.iso8601(in: zone))),
      ("time_source", .text(observation.timeSource.rawValue)),
      ("result_time", .text(observation.resultTime.iso8601(in: zone))),
      ("place", position?.json ?? .null),
      ("place_remark", .optional(observation.placeRemark)),
      ("region", observation.region.json),
      ("vehicle_count", .optional(observation.vehicleCount)),
      (
        "frame",
        .object([
          ("name", .text(observation.frame.name)), ("sha256", .text(observation.frame.sha256)),
          ("sequence_number", .integer(observation.frame.sequenceNumber)),
        ])
      ),
      ("procedure", observation.procedure.json),
    ]).line + "\n"
  }
}

extension AnalysisProcedure {
  var json: JSONValue {
    .object([
      ("name", .text(name)), ("version", .text(version)), ("parameters_hash", .text(parametersHash)),
    ])
  }
}

extension NormalizedBox {
  /// Fractions of width and height to a ten-thousandth, finer than a pixel of a report's picture.
  var json: JSONValue {
    .array([x, y, width, height].map { .number($0, decimals: 4) })
  }
}

extension ObservedPlace {
  /// The place itself, or `nil` where its numbers cannot be one (an error over 1000 km tells no place either): an
  /// export never prints a position that is none.
  var usable: ObservedPlace? {
    position.isPlausible && (0...1_000_000).contains(sigmaMeters) ? self : nil
  }

  /// Decimals of a degree that the error deserves.
  var decimals: Int { coordinateDecimals(sigmaMeters: sigmaMeters) }

  var json: JSONValue {
    .object([
      ("longitude_deg", .number(position.longitudeDegrees, decimals: decimals)),
      ("latitude_deg", .number(position.latitudeDegrees, decimals: decimals)),
      ("sigma_m", .number(sigmaMeters, decimals: 2)),
      ("method", .text(method.rawValue)),
      ("coord_system", .text(CGCS2000.name)),
    ])
  }
}
