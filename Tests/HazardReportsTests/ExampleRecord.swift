import HazardReports
import InspectionModel
import Testing

/// An invented evening of a district: two flights, a fixed camera and a resident; some things have a place, some
/// only the camera's, some none.
enum ExampleRecord {
  static let start = Timestamp(iso8601: "2026-11-23T18:40:00+08:00", assuming: .utc)!
  static let establishedAt = Timestamp(iso8601: "2026-11-23T19:30:00+08:00", assuming: .utc)!
  static let procedure = AnalysisProcedure(
    name: "tile-features", version: "1.2.0", parametersHash: "9f86d081884c7d65")
  static let drone = Witness(kind: .air, source: "flight-20261123-a")
  static let otherDrone = Witness(kind: .air, source: "flight-20261123-b")
  static let node = Witness(kind: .ground, source: "JJ-T01")
  static let resident = Witness(kind: .person, source: "hotline-0042")

  static func place(
    _ latitude: Double, _ longitude: Double, sigmaMeters: Double, _ method: LocationMethod = .projected
  ) -> ObservedPlace {
    ObservedPlace(
      position: GeodeticPosition(latitudeDegrees: latitude, longitudeDegrees: longitude),
      sigmaMeters: sigmaMeters, method: method)
  }

  static func observation(
    _ number: Int, _ hazard: HazardKind, score: Int, place: ObservedPlace?, remark: String? = nil,
    witness: Witness = drone, seconds: Double? = nil, vehicles: Int? = nil
  ) -> Observation {
    let hash = String(repeating: "0123456789abcdef", count: 4).dropLast(4)
    return Observation(
      key: "observation-\(padded(number, 4))", witness: witness, hazard: hazard,
      score: HazardScore(millionths: score),
      phenomenonTime: start.advanced(bySeconds: seconds ?? Double(number) * 13.5), timeSource: .exif,
      resultTime: establishedAt, place: place, placeRemark: remark,
      region: NormalizedBox(x: 0.31, y: 0.42, width: 0.22, height: 0.3), vehicleCount: vehicles,
      frame: FrameReference(
        name: "DJI_\(padded(number, 4)).JPG", sha256: hash + padded(number, 4), sequenceNumber: number),
      procedure: procedure, threshold: HazardScore(millionths: 600_000))
  }

  static func incident(
    _ observations: [Observation], state: Incident.State = .confirmed, confidence: Int? = nil
  ) -> Incident {
    let best = observations.max { $0.score < $1.score }!
    return Incident(
      id: "incident-\(best.key.suffix(4))", hazard: best.hazard, state: state, peakScore: best.score,
      confidence: HazardScore(millionths: confidence ?? best.score.millionths),
      firstSeen: observations.map(\.phenomenonTime).min()!,
      lastSeen: observations.map(\.phenomenonTime).max()!,
      place: best.place, witnesses: Array(Set(observations.map(\.witness))).sorted { $0.source < $1.source },
      observationKeys: observations.map(\.key), bestObservationKey: best.key,
      vehicleCount: observations.compactMap(\.vehicleCount).max())
  }

  static func order(
    _ serial: Int, of incident: Incident, hazardClass: String, names: (String, String), code: String,
    severity: Severity, tiers: [GovernanceTier], department: (String, String), hours: Double,
    limits: (String, String), town: WorkOrder.Town? = jijiang, reason: (String, String),
    status: WorkOrder.Status = .registered
  ) -> WorkOrder {
    WorkOrder(
      caseNumber: "500116-20261123-U-\(padded(serial, 6))", incidentID: incident.id, hazard: incident.hazard,
      hazardClass: hazardClass, nameZh: names.0, nameEn: names.1,
      code: .init(code: code, matterCode: "500116\(code)", isLocalExtension: code.hasPrefix("21")),
      severity: severity, status: status, tiers: tiers, department: department.1, departmentID: department.0,
      supportingDepartments: ["属地镇街"], town: town, establishedAt: establishedAt,
      deadlines: [
        .init(
          step: "onSite", nameZh: "到场处置", nameEn: "on site",
          due: establishedAt.advanced(bySeconds: hours * 3600), limitZh: limits.0, limitEn: limits.1)
      ], reason: .init(rule: "\(hazardClass).default", zh: reason.0, en: reason.1))
  }

  static let jijiang = WorkOrder.Town(code: "500116001", nameZh: "几江街道", nameEn: "Jijiang")
  static let degan = WorkOrder.Town(code: "500116002", nameZh: "德感街道", nameEn: "Degan")

  static func footprint(_ latitude: Double, _ longitude: Double) -> [GeodeticPosition<CGCS2000>] {
    [(-0.0007, -0.0011), (-0.0007, 0.0011), (0.0007, 0.0011), (0.0007, -0.0011)].map {
      GeodeticPosition(latitudeDegrees: latitude + $0.0, longitudeDegrees: longitude + $0.1)
    }
  }

  static func track(count: Int) -> [GeodeticPosition<CGCS2000>] {
    (0..<count).map {
      GeodeticPosition(
        latitudeDegrees: 29.2905 + 0.0004 * Double($0), longitudeDegrees: 106.2532 + 0.0007 * Double($0))
    }
  }

  static let run = RunSummary(
    programVersion: "0.1.0", pipelineName: "recorded-flight.yaml",
    settingsHash: "5d41402abc4b2a76b9719d911017c592", establishedAt: establishedAt,
    sources: [
      SourceCoverage(
        witness: drone, framesFound: 48, framesAnalysed: 46, framesFaulty: 2, framesLocated: 46,
        firstFrame: start, lastFrame: start.advanced(bySeconds: 620), procedure: procedure,
        hazardsAssessed: HazardKind.allCases.filter { $0 != .obstruction }, cameraTrack: track(count: 9),
        footprints: track(count: 9).map { footprint($0.latitudeDegrees + 0.0003, $0.longitudeDegrees) }),
      SourceCoverage(
        witness: node, framesFound: 240, framesAnalysed: 180, framesFaulty: 0, framesLocated: 0,
        firstFrame: start.advanced(bySeconds: 60), lastFrame: start.advanced(bySeconds: 240),
        procedure: procedure, hazardsAssessed: [.fireSmoke, .water, .congestion, .darkness],
        conditions: ["frozen": 12]),
      SourceCoverage(
        witness: otherDrone, framesFound: 12, framesAnalysed: 0, framesAnalysedEarlier: 12, framesFaulty: 0,
        framesLocated: 0, firstFrame: start.advanced(bySeconds: 900),
        lastFrame: start.advanced(bySeconds: 1100), procedure: procedure,
        hazardsAssessed: HazardKind.allCases.filter { $0 != .obstruction }),
    ],
    analysers: [
      .init(
        procedure: procedure,
        thresholds: HazardKind.allCases.filter { $0 != .obstruction }.map {
          .init(hazard: $0, score: HazardScore(millionths: 600_000))
        })
    ],
    changes: .init(observationsAdded: 8, incidentsAdded: 7, incidentsUpdated: 0, workOrdersAdded: 6),
    attributions: ["Town points: Vonng/adcode, CC BY 4.0"])

  static let faults = [
    Fault(
      code: "frame_truncated", subject: "flight-20261123-a/DJI_0031.JPG", place: .byte(81_920),
      message: "expected an end-of-image marker, found the end of the file"),
    Fault(
      code: "time_missing", subject: "flight-20261123-a/DJI_0032.JPG",
      message: "expected DateTimeOriginal, found none"),
  ]

  /// Every kind of case once.
  static let whole: InspectionRecord = {
    let seen = [
      observation(1, .fireSmoke, score: 934_000, place: place(29.29243, 106.25588, sigmaMeters: 6.2)),
      observation(
        2, .fireSmoke, score: 871_000, place: place(29.29246, 106.25584, sigmaMeters: 7), witness: resident),
      observation(3, .water, score: 812_000, place: place(29.29161, 106.25475, sigmaMeters: 4.1)),
      observation(4, .roadDamage, score: 664_000, place: place(29.29312, 106.25671, sigmaMeters: 2.3)),
      observation(5, .garbage, score: 781_000, place: place(29.29330, 106.25690, sigmaMeters: 2.4)),
      observation(
        6, .congestion, score: 702_000, place: nil, remark: "no position: the camera has no surveyed place",
        witness: node, seconds: 200, vehicles: 31),
      observation(
        7, .darkness, score: 690_000, place: place(29.2941, 106.2584, sigmaMeters: 60, .camera),
        remark: "no attitude in the picture's tags", witness: otherDrone, seconds: 1000),
      observation(8, .garbage, score: 620_000, place: place(29.29155, 106.25470, sigmaMeters: 3.3)),
    ]
    let fire = incident([seen[0], seen[1]], confidence: 981_000)
    let water = incident([seen[2]])
    let road = incident([seen[3]])
    let garbage = incident([seen[4]])
    let queue = incident([seen[5]])
    let dark = incident([seen[6]], state: .suspected)
    let litter = incident([seen[7]], state: .suspected)
    return InspectionRecord(
      run: run, observations: seen, incidents: [litter, dark, queue, garbage, road, water, fire],
      workOrders: orders(fire: fire, water: water, road: road, garbage: garbage, queue: queue, dark: dark),
      faults: faults)
  }()

  private static func orders(
    fire: Incident, water: Incident, road: Incident, garbage: Incident, queue: Incident, dark: Incident
  ) -> [WorkOrder] {
    [
      order(
        1, of: fire, hazardClass: "fire_smoke", names: ("烟火/火情", "Fire or smoke"), code: "21001",
        severity: .severe, tiers: [.townStreet, .district], department: ("D02", "区消防救援局"), hours: 0.5,
        limits: ("30 分钟，不停表", "30 min, never paused"),
        reason: (
          "火情评分 0.93 ≥ 0.60；危及生命，镇街与区级同时受理。",
          "Fire scored 0.93 ≥ 0.60; life at risk: town and district at once."
        )),
      order(
        2, of: water, hazardClass: "waterlogging", names: ("道路积水/内涝", "Waterlogging"), code: "21002",
        severity: .moderate, tiers: [.townStreet], department: ("D06", "区住房城乡建委"), hours: 15,
        limits: ("4 工作时", "4 working hours"), reason: ("道路上的积水。", "Standing water on a road.")),
      order(
        3, of: road, hazardClass: "road_damage", names: ("道路破损", "Road damage or pothole"), code: "06013",
        severity: .minor, tiers: [.townStreet], department: ("D04", "区城市管理局"), hours: 120,
        limits: ("5 工作日", "5 working days"), town: degan, reason: ("默认规则。", "Default rule.")),
      order(
        4, of: garbage, hazardClass: "garbage", names: ("暴露垃圾", "Exposed garbage"), code: "06010",
        severity: .minor, tiers: [.townStreet], department: ("D04", "区城市管理局"), hours: 15,
        limits: ("4 工作时", "4 working hours"), town: degan, reason: ("默认规则。", "Default rule."),
        status: .checked),
      order(
        5, of: queue, hazardClass: "congestion", names: ("交通拥堵", "Congestion"), code: "21005",
        severity: .minor, tiers: [.district], department: ("D05", "区公安局(交巡警)"), hours: 0.25,
        limits: ("15 分钟响应", "respond in 15 min"), town: nil,
        reason: ("31 辆车，无位置。", "31 vehicles, no position.")),
      order(
        6, of: dark, hazardClass: "lighting", names: ("路灯/景观灯故障", "Lighting failure"), code: "01037",
        severity: .minor, tiers: [.townStreet], department: ("D04", "区城市管理局(照明)"), hours: 15,
        limits: ("4 工作时", "4 working hours"), town: nil,
        reason: ("夜间整排路灯不亮。", "A row of lamps is dark at night.")),
    ]
  }
}

extension InspectionRecord {
  /// The bytes of one format as text.
  func text(
    _ format: ExportFormat, language: Language = .en, evidence: @escaping EvidenceLookup = { _ in nil }
  )
    throws -> String
  {
    var bytes: [UInt8] = []
    try RecordExport(record: self, language: language, evidence: evidence).write(format) { bytes += $0 }
    return try #require(String(validating: bytes, as: UTF8.self))
  }
}
