internal import InspectionModel

extension StatisticsPage {
  /// The figures that matter first.
  var figures: String {
    let total = statistics.total.figures
    let onTime = StatisticsFigure.share(total.onTime, of: total.due, orElse: .nothingDue)
    let close = StatisticsFigure.median(total.secondsToClose, orElse: .neverClosed)
    let boxes = [
      (
        words("立案", "Established"), "\(total.established)",
        words("结案 \(total.closed)", "\(total.closed) closed")
      ),
      (
        words("期末未结", "Open at the end"), "\(total.open)",
        words("超时 \(total.overdue)", "\(total.overdue) overdue")
      ),
      (
        words("按时结案率", "Closed on time"),
        total.due > 0 ? StatisticsFigure.percent(total.onTime, of: total.due) : "-",
        onTime.gap?.text(in: language) ?? words("到期 \(total.due) 件", "of \(total.due) due")
      ),
      (
        words("结案用时（中位）", "Time to close, median"), close.text(in: language),
        close.gap?.text(in: language) ?? ninetieth
      ),
      (
        words("重开", "Re-opened"), "\(total.reopened)",
        words("重复地点 \(statistics.repeatPlaces.count) 处", "repeat places: \(statistics.repeatPlaces.count)")
      ),
    ]
    let items = boxes.map { label, value, remark in
      element(
        "div", ["class": "figure"],
        element("dt", [:], escaped(label)) + element("dd", ["class": "value"], escaped(value))
          + element("dd", ["class": "remark"], escaped(remark)))
    }
    return ReportMarkup.section(
      "summary", words("一、概要", "1 Summary"),
      element("dl", ["class": "figures"], "\n" + items.joined(separator: "\n") + "\n"))
  }

  private var ninetieth: String {
    let seconds = StatisticsFigure.ninetieth(statistics.total.figures.secondsToClose, orElse: .neverClosed)
    return words("九成在\(seconds.text(in: language))内", "90 % within \(seconds.text(in: language))")
  }

  /// Two tables of one group: what became of the cases, and how long it took, by how much watching.
  func section(of group: StatisticsGroup, number: Int) -> String {
    let numerals = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]
    let name = group.kind.name(in: language)
    let heading = words("\(numerals[number])、按\(name)", "\(number) By \(name.lowercased())")
    let content = table(group, .cases) + table(group, .times)
    let remark =
      group.kind == .tier
      ? element(
        "p", ["class": "remark"],
        words(
          "一案可同时由多级办理，各行相加可多于合计。",
          "A case may be with several tiers at once: rows may add up to more than all."))
      : ""
    return ReportMarkup.section("by-\(group.kind.rawValue)", heading, content + remark)
  }

  private func table(_ group: StatisticsGroup, _ part: StatisticsColumn.Part) -> String {
    let columns = StatisticsColumn.all.filter { $0.part == part }
    let most = group.rows.map(\.figures.established).max() ?? 0
    let rows = (group.rows + [statistics.total]).map { row -> (className: String, cells: [String]) in
      let isTotal = row == statistics.total
      let cells = columns.enumerated().map { index, column -> String in
        var cell = self.cell(column.figure(row))
        if column.key == "overdue", row.figures.overdue > 0 {
          cell = element("span", ["class": "late"], cell)
        }
        if part == .cases, index == 0, !isTotal { cell = bar(row.figures.established, of: most) + cell }
        return cell
      }
      let isEmpty = row.figures.established + row.figures.open + row.figures.closed == 0
      let name = row.name(in: language)
      return (isTotal ? "total" : isEmpty ? "none" : "", [escaped(name.isEmpty ? "-" : name)] + cells)
    }
    let gaps = Set(
      (group.rows + [statistics.total]).flatMap { row in columns.compactMap { $0.figure(row).gap } })
    let reasons = StatisticsGap.allCases.filter(gaps.contains).map { $0.text(in: language) }
    let note =
      reasons.isEmpty
      ? ""
      : element(
        "p", ["class": "remark"],
        escaped(words("“-”：", "“-”: ") + reasons.joined(separator: words("；", "; ")) + words("。", ".")))
    let caption =
      part == .cases
      ? words("案件去向", "What became of the cases") : words("用时、提醒与观看", "Times, notices, watching")
    return ReportMarkup.table(
      "numbers", caption: caption,
      headings: [group.kind.name(in: language)] + columns.map { $0.name(in: language) }, rows: rows) + note
  }

  /// A share shows its numbers below; a gap tells its reason to a pointer.
  private func cell(_ figure: StatisticsFigure) -> String {
    switch figure {
    case .share(let part, let whole):
      escaped(StatisticsFigure.percent(part, of: whole)) + element("small", [:], "\(part)/\(whole)")
    case .missing(let gap): element("span", ["title": gap.text(in: language)], "-")
    case .count, .seconds, .rate: escaped(figure.text(in: language))
    }
  }

  /// Places at which the same class came up again.
  var places: String {
    let heading = words("七、重复地点", "7 Repeat places")
    let reach = Int(RepeatPlace.reachMeters)
    guard !statistics.repeatPlaces.isEmpty else {
      let none = words("期内没有同类案件在 \(reach) 米内重复。", "No class came up twice within \(reach) m.")
      return ReportMarkup.section("places", heading, element("p", [:], escaped(none)))
    }
    let shown = statistics.repeatPlaces.prefix(40)
    let rows = shown.map { place -> (className: String, cells: [String]) in
      let town = place.town.map { words($0.nameZh, $0.nameEn) } ?? "-"
      let position = [place.position.latitudeDegrees, place.position.longitudeDegrees].map {
        decimalText($0, decimals: 5) ?? "?"
      }
      let numbers = place.caseNumbers.prefix(6).joined(separator: ", ")
      return (
        "",
        [
          escaped(words(place.nameZh, place.nameEn)), escaped(town), "\(place.caseNumbers.count)",
          position.joined(separator: ", "), escaped(place.caseNumbers.count > 6 ? numbers + " …" : numbers),
        ]
      )
    }
    let table = ReportMarkup.table(
      "places",
      caption: words("同类案件在 \(reach) 米内至少两次", "The same class at least twice within \(reach) m"),
      headings: [
        words("类别", "Class"), words("镇街", "Town"), words("案件数", "Cases"), words("纬度, 经度", "Lat, lon"),
        words("案卷号", "Case numbers"),
      ], rows: rows)
    let count = statistics.repeatPlaces.count
    let more =
      count > shown.count
      ? element(
        "p", ["class": "remark"],
        words(
          "共 \(count) 处，列出案件最多的 \(shown.count) 处。", "\(shown.count) of \(count) places, the busiest first."))
      : ""
    return ReportMarkup.section("places", heading, table + more)
  }

  /// Who saw the hazards first, and how long it was until there was a case.
  var firstSights: String {
    let figures = statistics.total.figures
    let known = figures.firstBy.values.reduce(0, +)
    let rows = WitnessKind.allCases.map { kind -> (className: String, cells: [String]) in
      let seconds = figures.secondsToCase[kind] ?? []
      let cells: [StatisticsFigure] = [
        .share(seconds.count, of: known, orElse: figures.sightGap), .median(seconds, orElse: .neverSeen),
        .ninetieth(seconds, orElse: .neverSeen),
      ]
      return (seconds.isEmpty ? "none" : "", [escaped(kind.name(in: language))] + cells.map(cell))
    }
    let table = ReportMarkup.table(
      "numbers", caption: words("谁先发现，多久立案", "Who saw it first, and when it became a case"),
      headings: [
        words("来源", "Witness"), words("最先发现", "First to see"), words("发现至立案（中位）", "Sight to case, median"),
        words("发现至立案（九成内）", "Sight to case, 90 %"),
      ], rows: rows)
    return ReportMarkup.section("first-sights", words("八、首次发现", "8 First sights"), table)
  }

  /// What the columns mean.
  var meanings: String {
    let reach = Int(RepeatPlace.reachMeters)
    let notes = [
      words(
        "结案：期内通过核查的次数；重开的案件可多次结案。", "Closed: passed checks in the period; a re-opened case may pass again."),
      words(
        "未结、超时：期末（期未结束则为截至时刻）的状态；超时指已过最后时限。",
        "Open, overdue: as it stood at the end of the period, or at the time up to which it is known; overdue is past the last limit."
      ),
      words(
        "按时结案率：最后时限在期内到期的案件中，到期时已结案者；并案、作废、非隐患不计。",
        "Closed on time: of cases whose last limit ended in the period, those closed by then; merged, void and mistaken cases do not count."
      ),
      words("重开率：期内重开次数与结案次数之比。", "Re-opened of closed: re-openings against passed checks in the period."),
      words(
        "非隐患占比：期内立案中被认定为非隐患者。", "Not a hazard: of cases established in the period, those decided to be none."),
      words(
        "重复地点：期内立案中，\(reach) 米内有同类案件者。",
        "Repeat places: of cases established in the period, those with another of their class within \(reach) m."
      ),
      words(
        "中位数：偶数个时取中间两个的平均；九成内：十件中九件不超过的最小值。",
        "Median: of an even number the mean of the middle two. 90 %: the least that nine of ten do not exceed."
      ),
      words("“-”表示没有可算的分母，不是零。", "“-”: there is nothing to divide by; it is not zero."),
    ]
    let list = element("ul", ["class": "notes"], notes.map { element("li", [:], escaped($0)) }.joined())
    return ReportMarkup.section("meanings", words("九、口径", "9 What the columns mean"), list)
  }
}
