import HazardReports
import InspectionModel
import Testing

/// Figures of the example, worked out by hand.
@Suite struct CaseStatisticsTests {
  private let statistics = CaseStatistics(StatisticsExample.input())

  private func figures(_ row: StatisticsRow) -> [String: StatisticsFigure] {
    Dictionary(uniqueKeysWithValues: StatisticsColumn.all.map { ($0.key, $0.figure(row)) })
  }

  private func row(_ kind: StatisticsGroup.Kind, _ key: String) throws -> [String: StatisticsFigure] {
    let group = try #require(statistics.groups.first { $0.kind == kind })
    return figures(try #require(group.rows.first { $0.key == key }))
  }

  @Test func theWholeWeek() {
    #expect(
      figures(statistics.total) == [
        "established": .count(7), "closed": .count(4), "open": .count(3), "overdue": .count(2),
        "on_time": .share(2, of: 5), "reopened": .count(1), "reopened_rate": .share(1, of: 4),
        "not_a_hazard": .share(1, of: 7), "repeated": .count(3),
        // 60 60 600 600 1200 3600
        "sight_to_case_median": .seconds(600), "first_by_air": .count(2), "first_by_ground": .count(3),
        "first_by_person": .count(1),
        // 1800 28,800 86,400 259,200
        "close_median": .seconds(57_600), "close_p90": .seconds(259_200), "alarms_delivered": .count(5),
        "alarms_digested": .count(1), "per_km2": .rate(7 / 3218), "per_hour_watched": .rate(0.05),
      ])
    #expect(
      statistics.total.figures.secondsToCase == [
        .air: [600, 600], .ground: [60, 60, 3600], .person: [1200],
      ])
  }

  @Test func classesHaveRowsInTheOrderOfTheList() throws {
    let rows = try #require(statistics.groups.first { $0.kind == .hazardClass }).rows
    #expect(rows.map(\.key) == ["fire_smoke", "garbage", "waterlogging", "lighting"])
    let garbage = try row(.hazardClass, "garbage")
    #expect(garbage["established"] == .count(3) && garbage["on_time"] == .share(1, of: 3))
    #expect(garbage["open"] == .count(1) && garbage["overdue"] == .count(1))
    #expect(garbage["close_median"] == .seconds(86_400) && garbage["alarms_delivered"] == .count(3))
    let fire = try row(.hazardClass, "fire_smoke")
    #expect(fire["on_time"] == .share(1, of: 1) && fire["not_a_hazard"] == .share(1, of: 2))
    #expect(fire["sight_to_case_median"] == .seconds(60) && fire["first_by_air"] == .count(0))
    let water = try row(.hazardClass, "waterlogging")
    #expect(
      water["open"] == .count(2) && water["overdue"] == .count(1) && water["on_time"] == .share(0, of: 1))
  }

  /// What cannot be divided says why; it is never zero.
  @Test func missingDenominatorsAreMissing() throws {
    let lighting = try row(.hazardClass, "lighting")
    #expect(lighting["established"] == .count(0) && lighting["alarms_delivered"] == .count(0))
    for (key, gap) in [
      ("on_time", StatisticsGap.nothingDue), ("reopened_rate", .nothingClosed),
      ("not_a_hazard", .nothingEstablished), ("sight_to_case_median", .nothingEstablished),
      ("first_by_air", .nothingEstablished), ("close_median", .neverClosed), ("close_p90", .neverClosed),
    ] {
      #expect(lighting[key] == .missing(gap), "\(key)")
    }
    let jijiang = try row(.town, StatisticsExample.jijiang.code)
    #expect(jijiang["per_km2"] == .missing(.areaUnknown) && jijiang["per_hour_watched"] == .rate(0.03))
    let degan = try row(.town, StatisticsExample.degan.code)
    #expect(degan["per_km2"] == .rate(4 / 50.0) && degan["per_hour_watched"] == .rate(0.1))
    let nowhere = try row(.town, "")
    #expect(nowhere["per_hour_watched"] == .missing(.noHours) && nowhere["established"] == .count(0))
    #expect(try row(.department, "D04")["alarms_digested"] == .missing(.alarmsNotCountedHere))
    var input = StatisticsExample.input()
    input.watched?.removeAll { $0.townCode != nil }
    input.watched?.append(
      .init(source: Witness(kind: .air, source: "flight-2"), townCode: nil, hours: 7))
    let unplaced = CaseStatistics(input)
    #expect(unplaced.groups[1].kind == .town && unplaced.groups[1].rows.count == 3)
    #expect(unplaced.groups[1].rows.allSatisfy { $0.perHourWatched == .missing(.hoursNotCountedHere) })
    #expect(unplaced.total.perHourWatched == .rate(1))
    (input.alarms, input.watched, input.districtSquareKilometers) = (nil, nil, nil)
    let total = figures(CaseStatistics(input).total)
    #expect(total["alarms_delivered"] == .missing(.alarmsNotCounted))
    #expect(total["per_hour_watched"] == .missing(.hoursNotCounted))
    #expect(total["per_km2"] == .missing(.areaUnknown))
  }

  @Test func aCaseOfTwoTiersCountsInBoth() throws {
    let (town, district) = (try row(.tier, "town_street"), try row(.tier, "district"))
    #expect(town["established"] == .count(7) && district["established"] == .count(2))
    #expect(district["open"] == .count(1) && district["alarms_delivered"] == .count(2))
    #expect(try row(.tier, "city")["established"] == .count(0))
  }

  @Test func aCampaignCountsItsClassesOnly() {
    let classes = Array(StatisticsExample.classes.prefix(1))
    let subject = StatisticsInput.Subject.campaign(
      key: "safety", nameZh: "除险", nameEn: "Safety", classes: classes)
    let campaign = CaseStatistics(StatisticsExample.input(subject))
    let total = figures(campaign.total)
    #expect(total["established"] == .count(2) && total["closed"] == .count(1))
    #expect(total["alarms_delivered"] == .count(2), "notices of other classes are none of it")
    #expect(campaign.groups[0].rows.map(\.key) == ["fire_smoke"] && campaign.repeatPlaces.isEmpty)
  }

  @Test func aChainOfShortStepsIsOnePlace() {
    #expect(statistics.repeatPlaces.count == 1)
    #expect(statistics.repeatPlaces[0].caseNumbers == StatisticsExample.cases[0..<3].map(\.caseNumber))
    #expect(statistics.repeatPlaces[0].position == StatisticsExample.middle)
  }

  /// On Wednesday at noon the third case is not there yet, and the first has been closed.
  @Test func aPeriodThatIsNotOverIsJudgedUpToNow() {
    var input = StatisticsExample.input()
    input.asOf = StatisticsExample.at(4, 12)
    let total = figures(CaseStatistics(input).total)
    #expect(total["established"] == .count(2) && total["closed"] == .count(1) && total["open"] == .count(2))
    #expect(total["overdue"] == .count(1) && total["on_time"] == .share(1, of: 2))
    #expect(total["reopened_rate"] == .share(0, of: 1))
  }

  @Test func theCourseHasADayEachAndHoursOfADay() {
    #expect(statistics.timeline.parts.map(\.established) == [1, 1, 1, 1, 1, 1, 1])
    #expect(statistics.timeline.parts.map(\.closed) == [0, 1, 1, 1, 1, 0, 0])
    var input = StatisticsExample.input()
    (input.from, input.to) = (StatisticsExample.at(4, 0), StatisticsExample.at(5, 0))
    let day = CaseStatistics(input).timeline
    #expect(day.isByHour && day.parts.count == 24)
    #expect(day.parts[12].established == 1 && day.parts[20].closed == 1)
    #expect(day.parts.reduce(0) { $0 + $1.established + $1.closed } == 2)
  }

  @Test(arguments: [
    (0, "0 s", "0秒"), (59, "59 s", "59秒"), (61, "1 min 1 s", "1分1秒"), (3599, "59 min", "59分"),
    (3600, "1 h", "1小时"), (5400, "1 h 30 min", "1小时30分"), (86_400, "1 d", "1天"),
    (100_000, "1 d 3 h", "1天3小时"),
  ])
  func durationsHaveTwoUnits(seconds: Int, english: String, chinese: String) {
    #expect(StatisticsFigure.seconds(seconds).text(in: .en) == english)
    #expect(StatisticsFigure.seconds(seconds).text(in: .zh) == chinese)
  }

  @Test func mediansAndNinetieths() {
    func both(_ seconds: [Int]) -> [StatisticsFigure] {
      [.median(seconds, orElse: .neverSeen), .ninetieth(seconds, orElse: .neverSeen)]
    }
    #expect(both([]) == [.missing(.neverSeen), .missing(.neverSeen)])
    #expect(both([7]) == [.seconds(7), .seconds(7)])
    #expect(both([1, 4]) == [.seconds(2), .seconds(4)])
    #expect(both(Array(1...10)) == [.seconds(5), .seconds(9)])
    #expect(both(Array(1...11)) == [.seconds(6), .seconds(10)])
  }
}
