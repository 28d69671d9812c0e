internal import InspectionModel

/// Work orders as a table (RFC 4180) that spreadsheets open without a question: UTF-8 with byte order mark, CRLF,
/// every heading in Chinese and English.
struct WorkOrderTable {
  /// A row's ingredients; the incident is missing where the record holds only the order.
  private struct Row {
    let order: WorkOrder
    let incident: Incident?
    let place: ObservedPlace?
    let remark: String?
    let evidence: Observation?
    let zone: UTCOffset

    func time(_ instant: Timestamp?) -> String? { instant?.iso8601(in: zone) }
  }

  let record: InspectionRecord
  let zone: UTCOffset

  private static let columns: [(heading: String, cell: @Sendable (Row) -> CSVCell)] = [
    ("案卷号 case_no", { .text($0.order.caseNumber) }),
    ("类别 name_zh", { .text($0.order.nameZh) }),
    ("class name_en", { .text($0.order.nameEn) }),
    ("代码 code", { .text($0.order.code.code) }),
    ("事项代码 matter_code", { .text($0.order.code.matterCode) }),
    ("本地扩展 local_extension", { .text($0.order.code.isLocalExtension ? "yes" : "no") }),
    ("严重程度 severity_zh", { .text($0.order.severity.name(in: .zh)) }),
    ("severity_en", { .text($0.order.severity.name(in: .en)) }),
    ("状态 status_zh", { .text($0.order.status.name(in: .zh)) }),
    ("status_en", { .text($0.order.status.name(in: .en)) }),
    ("层级 tier_zh", { .text($0.order.tiers.map { $0.name(in: .zh) }.joined(separator: "、")) }),
    ("tier_en", { .text($0.order.tiers.map { $0.name(in: .en) }.joined(separator: ", ")) }),
    ("主责部门 department", { .text($0.order.department) }),
    ("部门编号 department_id", { .text($0.order.departmentID) }),
    ("协办部门 supporting", { .text($0.order.supportingDepartments.joined(separator: "、")) }),
    ("镇街代码 town_code", { .text($0.order.town?.code) }),
    ("镇街 town_zh", { .text($0.order.town?.nameZh) }),
    ("town_en", { .text($0.order.town?.nameEn) }),
    ("立案时间 established", { .text($0.time($0.order.establishedAt)) }),
    ("下一时限事项 next_step_zh", { .text($0.order.nextDeadline?.nameZh) }),
    ("next_step_en", { .text($0.order.nextDeadline?.nameEn) }),
    ("下一时限 next_due", { .text($0.time($0.order.nextDeadline?.due)) }),
    ("全部时限 deadlines", { row in .text(deadlines(of: row)) }),
    ("依据规则 rule", { .text($0.order.reason.rule) }),
    ("理由 reason_zh", { .text($0.order.reason.zh) }),
    ("reason_en", { .text($0.order.reason.en) }),
    ("事件号 incident_id", { .text($0.order.incidentID) }),
    ("事件状态 incident_state", { .text($0.incident?.state.rawValue) }),
    ("评分 score", { .number($0.incident?.peakScore.decimal) }),
    ("置信度 confidence", { .number($0.incident?.confidence.decimal) }),
    ("首次发现 first_seen", { .text($0.time($0.incident?.firstSeen)) }),
    ("末次发现 last_seen", { .text($0.time($0.incident?.lastSeen)) }),
    ("来源 sources", { row in .text(row.incident.map(sources)) }),
    ("纬度 latitude_deg", { row in .number(degrees(row.place, \.latitudeDegrees)) }),
    ("经度 longitude_deg", { row in .number(degrees(row.place, \.longitudeDegrees)) }),
    ("单轴误差 sigma_m", { .number($0.place.flatMap { decimalText($0.sigmaMeters, decimals: 2) }) }),
    ("定位方式 position_method", { .text($0.place?.method.rawValue) }),
    ("定位说明 position_remark", { .text($0.remark) }),
    ("坐标系 coord_system", { .text($0.place == nil ? nil : CGCS2000.name) }),
    ("证据帧 frame", { .text($0.evidence?.frame.name) }),
    ("证据哈希 frame_sha256", { .text($0.evidence?.frame.sha256) }),
  ]

  func write(to output: TextOutput) throws {
    try output.write("\u{FEFF}" + CSVCell.line(Self.columns.map { .text($0.heading) }))
    let incidents = Dictionary(
      record.incidents.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for order in record.workOrders {
      let incident = incidents[order.incidentID]
      let evidence = incident.flatMap(record.bestObservation(of:))
      let row = Row(
        order: order, incident: incident, place: incident?.place?.usable, remark: evidence?.placeRemark,
        evidence: evidence, zone: zone)
      try output.write(CSVCell.line(Self.columns.map { $0.cell(row) }))
    }
  }

  private static func deadlines(of row: Row) -> String {
    row.order.deadlines.map { "\($0.nameZh) \($0.nameEn) \($0.due.iso8601(in: row.zone))" }
      .joined(separator: "; ")
  }

  private static func sources(of incident: Incident) -> String {
    incident.witnesses.map(\.word).joined(separator: "; ")
  }

  private static func degrees(
    _ place: ObservedPlace?, _ angle: KeyPath<GeodeticPosition<CGCS2000>, Double>
  ) -> String? {
    place.flatMap { decimalText($0.position[keyPath: angle], decimals: $0.decimals) }
  }
}
