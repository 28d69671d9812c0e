package import InspectionModel

/// What was watched, when and how well, as a GeoJSON feature collection: "not looked at" must never look like "no
/// hazard". One feature for each live source with its intervals, and one for each flight with the ground it saw; a
/// source without a position is a feature without geometry, never left out.
package struct CoverageExport: Sendable {
  private let sources: [WatchedSource]
  private let intervals: [String: [WatchInterval]]
  private let flights: [SourceCoverage]
  private let zone: UTCOffset

  /// - Parameters:
  ///   - sources: live sources that are known; one that only has intervals is shown, too.
  ///   - flights: what recorded runs watched.
  package init(
    sources: [WatchedSource], intervals: [WatchInterval], flights: [SourceCoverage], zone: UTCOffset
  ) {
    let known = Set(sources.map(\.source))
    let others = Set(intervals.map(\.source)).subtracting(known).map { WatchedSource(source: $0, name: $0) }
    self.sources = (sources + others).sorted { $0.source < $1.source }
    self.intervals = Dictionary(grouping: intervals.sorted { $0.from < $1.from }, by: \.source)
    self.flights = flights.sorted {
      ($0.witness.kind.rawValue, $0.witness.source) < ($1.witness.kind.rawValue, $1.witness.source)
    }
    self.zone = zone
  }

  /// The whole text, one feature a line.
  package var text: String {
    let features = sources.map(feature(of:)) + flights.map(feature(of:))
    return "{\"type\":\"FeatureCollection\",\n\"coord_system\":\"\(CGCS2000.name)\",\n\"features\":["
      + features.map { "\n" + $0.line }.joined(separator: ",") + "\n]}\n"
  }

  private func feature(of source: WatchedSource) -> JSONValue {
    let own = intervals[source.source] ?? []
    func seconds(_ isCounted: (WatchInterval) -> Bool) -> JSONValue {
      .number(own.filter(isCounted).reduce(0) { $0 + $1.to.seconds(since: $1.from) }, decimals: 1)
    }
    let geometry = source.position.map {
      JSONValue.object([("type", .text("Point")), ("coordinates", point($0))])
    }
    let properties: [(name: String, value: JSONValue)] = [
      ("source", .text(source.source)), ("kind", .text(WitnessKind.ground.rawValue)),
      ("name", .text(source.name)), ("name_en", .optional(source.nameEnglish)),
      ("heading_deg", .optional(source.headingDegrees, decimals: 1)),
      ("field_of_view_deg", .optional(source.fieldOfViewDegrees, decimals: 1)),
      ("range_m", .optional(source.rangeMeters, decimals: 1)),
      ("watched_seconds", seconds { $0.quality == "live" }),
      ("limited_seconds", seconds { $0.quality != "live" }),
      ("frames_received", .integer(own.reduce(0) { $0 + $1.framesReceived })),
      ("frames_looked", .integer(own.reduce(0) { $0 + $1.framesLooked })),
      ("full_looks", .integer(own.reduce(0) { $0 + $1.fullLooks })),
      ("intervals", .array(own.map(interval))),
    ]
    return .object([
      ("type", .text("Feature")), ("id", .text(source.source)), ("geometry", geometry ?? .null),
      ("properties", .object(properties)),
    ])
  }

  private func interval(_ interval: WatchInterval) -> JSONValue {
    .object([
      ("from", .text(interval.from.iso8601(in: zone))), ("to", .text(interval.to.iso8601(in: zone))),
      ("quality", .text(interval.quality)), ("frames_received", .integer(interval.framesReceived)),
      ("frames_looked", .integer(interval.framesLooked)), ("full_looks", .integer(interval.fullLooks)),
    ])
  }

  private func feature(of flight: SourceCoverage) -> JSONValue {
    // A ring ends where it begins.
    let rings = flight.footprints.filter { $0.count >= 3 }.map { corners in
      JSONValue.array([.array((corners + [corners[0]]).map(point))])
    }
    let geometry = JSONValue.object([("type", .text("MultiPolygon")), ("coordinates", .array(rings))])
    return .object([
      ("type", .text("Feature")), ("id", .text("\(flight.witness.kind.rawValue)/\(flight.witness.source)")),
      ("geometry", rings.isEmpty ? .null : geometry),
      (
        "properties",
        .object([
          ("source", .text(flight.witness.source)), ("kind", .text(flight.witness.kind.rawValue)),
          ("first_frame", .optional(flight.firstFrame?.iso8601(in: zone))),
          ("last_frame", .optional(flight.lastFrame?.iso8601(in: zone))),
          ("frames_found", .integer(flight.framesFound)), ("frames_looked", .integer(flight.framesLookedAt)),
          ("frames_faulty", .integer(flight.framesFaulty)),
          ("frames_located", .integer(flight.framesLocated)),
          ("hazards_assessed", .texts(flight.hazardsAssessed.map(\.rawValue))),
        ])
      ),
    ])
  }

  private func point(_ position: GeodeticPosition<CGCS2000>) -> JSONValue {
    .array([
      .number(position.longitudeDegrees, decimals: 7), .number(position.latitudeDegrees, decimals: 7),
    ])
  }
}

extension JSONValue {
  fileprivate static func optional(_ number: Double?, decimals: Int) -> JSONValue {
    number.map { .number($0, decimals: decimals) } ?? .null
  }
}
