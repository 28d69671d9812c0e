package import InspectionModel

/// Plain values for tests that need some observation, not a particular one.
package enum Samples {
  package static let procedure = AnalysisProcedure(
    name: "test", version: "1", parametersHash: "0123456789abcdef")

  package static func observation(
    key: String, hazard: HazardKind = .fireSmoke, source: String = "flight-1", kind: WitnessKind = .air,
    seconds: Int64 = 0, latitude: Double? = 29.29, longitude: Double = 106.25, sigmaMeters: Double = 3,
    scoreMillionths: Int = 900_000
  ) -> Observation {
    Observation(
      key: key, witness: Witness(kind: kind, source: source), hazard: hazard,
      score: HazardScore(millionths: scoreMillionths),
      phenomenonTime: Timestamp(milliseconds: 1_795_492_800_000 + seconds * 1000), timeSource: .exif,
      resultTime: Timestamp(milliseconds: 1_795_500_000_000),
      place: latitude.map {
        ObservedPlace(
          position: GeodeticPosition(latitudeDegrees: $0, longitudeDegrees: longitude),
          sigmaMeters: sigmaMeters,
          method: .projected)
      }, placeRemark: latitude == nil ? "no position" : nil,
      region: NormalizedBox(x: 0.25, y: 0.25, width: 0.5, height: 0.5), vehicleCount: nil,
      frame: FrameReference(name: "\(key).jpg", sha256: String(repeating: "a", count: 64), sequenceNumber: 0),
      procedure: procedure, threshold: HazardScore(millionths: 500_000))
  }

  package static func incident(id: String, observations: [Observation]) -> Incident {
    let first = observations[0]
    return Incident(
      id: id, hazard: first.hazard, state: .confirmed, peakScore: first.score, confidence: first.score,
      firstSeen: first.phenomenonTime, lastSeen: observations.last!.phenomenonTime, place: first.place,
      witnesses: [first.witness], observationKeys: observations.map(\.key), bestObservationKey: first.key,
      vehicleCount: nil)
  }

  package static func workOrder(caseNumber: String, incident: Incident) -> WorkOrder {
    WorkOrder(
      caseNumber: caseNumber, incidentID: incident.id, hazard: incident.hazard, hazardClass: "fire_smoke",
      nameZh: "烟火", nameEn: "Fire or smoke",
      code: .init(code: "21001", matterCode: "50011621001", isLocalExtension: true), severity: .severe,
      status: .registered, tiers: [.townStreet, .district], department: "区消防救援局", departmentID: "D02",
      supportingDepartments: ["区应急管理局"], town: nil, establishedAt: incident.lastSeen,
      deadlines: [], reason: .init(rule: "fire", zh: "规则", en: "rule"))
  }
}
