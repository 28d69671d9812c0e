import HazardReports
import InspectionModel

/// Nine cases of one week in November 2026, Monday the 2nd to Sunday the 8th.
enum StatisticsExample {
  static let middle = GeodeticPosition<CGCS2000>(latitudeDegrees: 29.28, longitudeDegrees: 106.25)
  static let classes = [
    StatisticsInput.ReportedClass(key: "fire_smoke", nameZh: "烟火", nameEn: "Fire"),
    StatisticsInput.ReportedClass(key: "garbage", nameZh: "暴露垃圾", nameEn: "Garbage"),
    StatisticsInput.ReportedClass(key: "waterlogging", nameZh: "积水", nameEn: "Waterlogging"),
    StatisticsInput.ReportedClass(key: "lighting", nameZh: "路灯", nameEn: "Lighting"),
  ]
  static let jijiang = WorkOrder.Town(code: "500116001", nameZh: "几江街道", nameEn: "Jijiang")
  static let degan = WorkOrder.Town(code: "500116002", nameZh: "德感街道", nameEn: "Degan")

  /// A time of day in November, in the district.
  static func at(_ day: Int, _ hour: Int, _ minute: Int = 0, _ second: Int = 0) -> Timestamp {
    let civil = CivilTime(year: 2026, month: 11, day: day, hour: hour, minute: minute, second: second)
    return Timestamp(civil, zone: .shanghai) ?? Timestamp(nanoseconds: 0)
  }

  static func place(_ northMeters: Double, _ eastMeters: Double = 0) -> GeodeticPosition<CGCS2000> {
    LocalPlane(origin: middle).position(eastMeters: eastMeters, northMeters: northMeters)
  }

  static func record(
    _ serial: Int, _ hazardClass: String, town: WorkOrder.Town?, department: String,
    tiers: [GovernanceTier] = [.townStreet], seen: [(WitnessKind, Timestamp)], established: Timestamp,
    due: Timestamp?, closed: [Timestamp] = [], reopened: [Timestamp] = [], ending: CaseRecord.Ending? = nil,
    at position: GeodeticPosition<CGCS2000>? = nil
  ) -> CaseRecord {
    let names = classes.first { $0.key == hazardClass }
    return CaseRecord(
      caseNumber: "500116-202611-\(padded(serial, 6))", hazardClass: hazardClass,
      nameZh: names?.nameZh ?? hazardClass, nameEn: names?.nameEn ?? hazardClass, town: town,
      departmentID: department, department: "局\(department)", tiers: tiers, severity: .moderate,
      status: ending == nil ? .handling : .void,
      firstSights: seen.map { CaseRecord.FirstSight(kind: $0.0, time: $0.1) }, establishedAt: established,
      due: due, closedAt: closed, reopenedAt: reopened, ending: ending, position: position)
  }

  static let cases: [CaseRecord] = [
    // Closed in time, after a day.
    record(
      1, "garbage", town: jijiang, department: "D04", seen: [(.person, at(2, 9, 30)), (.ground, at(2, 9))],
      established: at(2, 10), due: at(4, 10), closed: [at(3, 10)], at: place(0)),
    // Closed a day late, after three days; 40 m from the first.
    record(
      2, "garbage", town: jijiang, department: "D04", seen: [(.person, at(3, 8))], established: at(3, 8, 20),
      due: at(5, 8, 20), closed: [at(6, 8, 20)], at: place(40)),
    // Closed after eight hours, but open again when its limit ended; 45 m from the second.
    record(
      3, "garbage", town: degan, department: "D04", seen: [(.air, at(4, 12))], established: at(4, 12, 10),
      due: at(8, 12, 10), closed: [at(4, 20, 10)], reopened: [at(5, 9)], at: place(85)),
    // Closed in the very last moment.
    record(
      4, "fire_smoke", town: degan, department: "D02", tiers: [.townStreet, .district],
      seen: [(.ground, at(5, 1))], established: at(5, 1, 1), due: at(5, 1, 31), closed: [at(5, 1, 31)],
      at: place(5000)),
    // No fire at all; nobody knows who saw it when, nor where.
    record(
      5, "fire_smoke", town: jijiang, department: "D02", tiers: [.townStreet, .district], seen: [],
      established: at(6, 9), due: at(6, 9, 30),
      ending: CaseRecord.Ending(reason: .notAHazard, time: at(6, 10))),
    // From before the week, overdue since Tuesday.
    record(
      6, "waterlogging", town: nil, department: "D07", tiers: [.district], seen: [(.air, at(1, 7))],
      established: at(1, 8), due: at(3, 12), at: place(9000)),
    // The last second of the week; the camera saw it a second before the drone.
    record(
      7, "waterlogging", town: degan, department: "D07",
      seen: [(.air, at(8, 23, 59)), (.ground, at(8, 23, 58, 59))], established: at(8, 23, 59, 59),
      due: at(10, 12), at: place(7000)),
    // The first moment after the week.
    record(
      8, "garbage", town: jijiang, department: "D04", seen: [(.person, at(8, 20))], established: at(9, 0),
      due: at(9, 7), at: place(0)),
    // Merged; 60 m from the seventh.
    record(
      9, "waterlogging", town: degan, department: "D07", seen: [(.air, at(7, 7, 50))], established: at(7, 8),
      due: at(8, 8), ending: CaseRecord.Ending(reason: .merged, time: at(7, 12)), at: place(7060)),
  ]

  static func input(
    _ subject: StatisticsInput.Subject = .allCases(classes: classes), cases: [CaseRecord] = cases
  ) -> StatisticsInput {
    StatisticsInput(
      subject: subject, from: at(2, 0), to: at(9, 0), asOf: at(9, 8), zone: .shanghai, cases: cases,
      alarms: [
        .init(
          tier: .townStreet, hazardClass: "garbage", townCode: jijiang.code, delivered: 3, digested: 1),
        .init(tier: .district, hazardClass: "fire_smoke", townCode: nil, delivered: 2, digested: 0),
      ],
      watched: [
        .init(source: Witness(kind: .ground, source: "JJ-T01"), townCode: jijiang.code, hours: 100),
        .init(source: Witness(kind: .air, source: "flight-1"), townCode: degan.code, hours: 40),
      ], districtSquareKilometers: 3218, townSquareKilometers: [degan.code: 50], districtZh: "江津区",
      districtEn: "Jiangjin", programVersion: "0.0-test")
  }
}
