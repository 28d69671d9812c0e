/// What an inspection record can be written as.
package enum ExportFormat: String, Sendable, CaseIterable {
  /// Incidents as a GeoJSON feature collection (RFC 7946).
  case geojson
  /// Work orders as a table for spreadsheets (RFC 4180).
  case csv
  /// Incidents, camera tracks and footprints for a globe (KML 2.2).
  case kml
  /// Observations, one JSON object a line.
  case jsonl
  /// The report that a duty officer reads and prints.
  case html
  /// Versions, settings, coverage, counts, faults, times.
  case run

  /// The name that a file of this kind has in an output folder.
  package var fileName: String {
    switch self {
    case .geojson: "incidents.geojson"
    case .csv: "work-orders.csv"
    case .kml: "incidents.kml"
    case .jsonl: "observations.jsonl"
    case .html: "report.html"
    case .run: "run.json"
    }
  }
}
