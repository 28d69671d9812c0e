package import InspectionModel

/// Writes a record in any of the formats. The same record gives the same bytes, whatever the machine or locale.
package struct RecordExport {
  package let record: InspectionRecord
  /// Language of the report's labels; data formats carry both languages.
  package let language: Language
  /// Zone in which times are written; every time states it.
  package let zone: UTCOffset
  let evidence: EvidenceLookup

  /// - Parameter evidence: finds the picture of an observation; asked once per incident, for the report only.
  package init(
    record: InspectionRecord, language: Language = .zh, zone: UTCOffset = .shanghai,
    evidence: @escaping EvidenceLookup = { _ in nil }
  ) {
    self.record = record
    self.language = language
    self.zone = zone
    self.evidence = evidence
  }

  /// Hands the text on in chunks of about 64 KiB of UTF-8, in order; never holds more than one item beyond that.
  ///
  /// - Throws: only what `sink` or the evidence lookup throws.
  package func write(_ format: ExportFormat, to sink: @escaping (_ chunk: [UInt8]) throws -> Void) throws {
    let output = TextOutput(to: sink)
    switch format {
    case .geojson: try GeoJSONExport(record: record, zone: zone).write(to: output)
    case .csv: try WorkOrderTable(record: record, zone: zone).write(to: output)
    case .kml: try KMLExport(record: record, language: language, zone: zone).write(to: output)
    case .jsonl:
      for observation in record.observations {
        let incidentID = record.incidentID(of: observation)
        try output.write(Self.line(of: observation, incidentID: incidentID, zone: zone))
      }
    case .html:
      try HTMLReport(record: record, language: language, zone: zone, evidence: evidence).write(to: output)
    case .run: try output.write(RunDocument(record: record, zone: zone).value.indented + "\n")
    }
    try output.flush()
  }
}
