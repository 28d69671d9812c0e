internal import HazardAnalysis
internal import HazardReports
internal import InspectionModel

extension CameraWatch.Look {
  /// One line of JSON for each event that began or ended with this picture.
  package var eventLines: [String] {
    (findings?.events ?? []).map { event in
      JSONValue.object([
        ("file", .text(name)), ("time", .text(event.time.iso8601(in: .shanghai))),
        ("event", .text(event.kind.rawValue)), ("phase", .text(event.phase.rawValue)),
        ("id", .integer(event.identifier)), ("since", .text(event.since.iso8601(in: .shanghai))),
        ("box", Self.box(event.region)),
      ]).line
    }
  }

  /// One line of JSON about this picture.
  package var frameLine: String {
    var members: [(name: String, value: JSONValue)] = [
      ("file", .text(name)), ("time", .text(time.iso8601(in: .shanghai))),
    ]
    guard let findings else {
      members.append(("error", .text(fault?.message ?? "not read")))
      return JSONValue.object(members).line
    }
    func share(_ thousandths: Int) -> JSONValue { .number(Double(thousandths) / 1000, decimals: 3) }
    members += [
      ("seen", share(findings.seenThousandths)),
      ("conditions", .array(findings.conditions.map { .text($0.rawValue) })),
      ("motion", share(findings.motionThousandths)),
      ("moving", .array(findings.movingRegions.map(Self.box))),
      ("flicker", .text(findings.flicker.rawValue)),
      ("lamps_out", .integer(findings.lampsOut)),
      ("occupied", findings.occupiedThousandths.map(share) ?? .null),
      (
        "first_look",
        firstLook.isEmpty ? .null : .object(firstLook.map { ($0.hazard.rawValue, .score($0.score)) })
      ),
      ("full_look", .bool(findings.attention.needsFullLook)),
      ("attention", .text(findings.attention.reason.rawValue)),
    ]
    if let restart = findings.restart { members.append(("restart", .text(restart.rawValue))) }
    return JSONValue.object(members).line
  }

  private static func box(_ box: NormalizedBox) -> JSONValue {
    .array([box.x, box.y, box.width, box.height].map { .number($0, decimals: 4) })
  }
}
