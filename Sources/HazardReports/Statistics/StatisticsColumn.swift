internal import InspectionModel

/// One column of the tables, in pages and in files.
package struct StatisticsColumn: Sendable {
  /// In which of a page's two tables it stands.
  enum Part: Sendable {
    case cases, times
  }

  package let key: String
  let zh: String
  let en: String
  let part: Part
  package let figure: @Sendable (StatisticsRow) -> StatisticsFigure

  func name(in language: Language) -> String { language == .zh ? zh : en }

  /// In the order of the tables.
  package static let all: [StatisticsColumn] = [
    .init("established", "立案", "Established") { .count($0.figures.established) },
    .init("closed", "结案", "Closed") { .count($0.figures.closed) },
    .init("open", "未结", "Open") { .count($0.figures.open) },
    .init("overdue", "超时", "Overdue") { .count($0.figures.overdue) },
    .init("on_time", "按时结案率", "Closed on time") {
      .share($0.figures.onTime, of: $0.figures.due, orElse: .nothingDue)
    },
    .init("reopened", "重开", "Re-opened") { .count($0.figures.reopened) },
    .init("reopened_rate", "重开率", "Re-opened of closed") {
      .share($0.figures.reopened, of: $0.figures.closed, orElse: .nothingClosed)
    },
    .init("not_a_hazard", "非隐患占比", "Not a hazard") {
      .share($0.figures.notAHazard, of: $0.figures.established, orElse: .nothingEstablished)
    },
    .init("repeated", "重复地点案件", "At repeat places") { .count($0.figures.repeated) },
    .init("sight_to_case_median", "发现至立案（中位）", "Sight to case, median", .times) {
      .median($0.figures.allSecondsToCase, orElse: $0.figures.sightGap)
    },
    .init("first_by_air", "无人机先见", "First by drone", .times) { $0.figures.first(by: .air) },
    .init("first_by_ground", "摄像机先见", "First by camera", .times) { $0.figures.first(by: .ground) },
    .init("first_by_person", "人员先见", "First by person", .times) { $0.figures.first(by: .person) },
    .init("close_median", "结案用时（中位）", "Time to close, median", .times) {
      .median($0.figures.secondsToClose, orElse: .neverClosed)
    },
    .init("close_p90", "结案用时（九成内）", "Time to close, 90 %", .times) {
      .ninetieth($0.figures.secondsToClose, orElse: .neverClosed)
    },
    .init("alarms_delivered", "逐条提醒", "Notices sent singly", .times) { $0.alarmsDelivered },
    .init("alarms_digested", "并入摘要", "Notices in digests", .times) { $0.alarmsDigested },
    .init("per_km2", "立案/平方公里", "Cases per km²", .times) { $0.perSquareKilometer },
    .init("per_hour_watched", "立案/观看小时", "Cases per hour watched", .times) { $0.perHourWatched },
  ]

  private init(
    _ key: String, _ zh: String, _ en: String, _ part: Part = .cases,
    figure: @escaping @Sendable (StatisticsRow) -> StatisticsFigure
  ) {
    (self.key, self.zh, self.en, self.part, self.figure) = (key, zh, en, part, figure)
  }
}

extension CaseFigures {
  /// Why nothing is known of first sights.
  var sightGap: StatisticsGap { established == 0 ? .nothingEstablished : .neverSeen }

  /// How many a kind of witness saw first.
  func first(by kind: WitnessKind) -> StatisticsFigure {
    firstBy.isEmpty ? .missing(sightGap) : .count(firstBy[kind] ?? 0)
  }
}
