internal import InspectionModel

extension HTMLReport {
  /// Title, sources, time span, versions.
  var header: String {
    let run = record.run
    var facts: [(String, String)] = [
      (text("来源", "Sources"), escaped(sourceNames)),
      (text("拍摄时段", "Pictures taken"), escaped(timeSpan)),
      (text("立案时间", "Cases established"), escaped(timeText(run.establishedAt))),
      (text("时区", "Time zone"), zoneName),
      (text("坐标系", "Coordinates"), "CGCS2000 (EPSG:4490)"),
      (
        text("程序与配置", "Program and settings"),
        escaped("jinxun \(run.programVersion) · \(run.pipelineName) · \(run.settingsHash.prefix(16))")
      ),
    ]
    if let filter = record.filter {
      let words = filter.words(in: zone).map { "\($0.option) = \($0.value)" }.joined(separator: " · ")
      facts.append((text("筛选条件", "Filtered by"), element("strong", [:], escaped(words))))
    }
    let list = facts.map { element("div", [:], element("dt", [:], $0.0) + element("dd", [:], $0.1)) }
    let notice =
      record.filter == nil
      ? ""
      : element(
        "p", ["class": "notice"],
        text(
          "本报告只含符合筛选条件的事件；未列出不等于没有隐患。",
          "Only incidents that match the filter are shown; what is not listed may still be a hazard."))
    return element(
      "header", [:],
      "\n" + element("h1", [:], escaped(title)) + "\n"
        + element("dl", ["class": "facts"], list.joined(separator: "\n")) + notice + "\n") + "\n"
  }

  /// Key figures, then hazards, severities and tiers as tables.
  var summary: String {
    section(
      "summary", text("一、概要", "1 Summary"),
      figures + hazardTable + element("div", ["class": "pair"], severityTable + tierTable))
  }

  private var sourceNames: String {
    let sources = record.run.sources.map { $0.witness.label(in: language) }
    if sources.isEmpty { return text("无", "none") }
    if sources.count <= 4 { return sources.joined(separator: text("；", "; ")) }
    return text("共 \(sources.count) 个，见第二节", "\(sources.count), see section 2")
  }

  private var timeSpan: String {
    let firsts = record.run.sources.compactMap(\.firstFrame)
    let lasts = record.run.sources.compactMap(\.lastFrame)
    guard let first = firsts.min(), let last = lasts.max() else { return text("无", "none") }
    return spanText(first, last)
  }

  private var zoneName: String {
    if zone == .shanghai { return text("北京时间 (UTC+08:00)", "China Standard Time (UTC+08:00)") }
    return zone == .utc ? "UTC" : "UTC\(zone.suffix)"
  }

  private var figures: String {
    let sources = record.run.sources
    let found = sources.reduce(0) { $0 + $1.framesFound }
    let seen = sources.reduce(0) { $0 + $1.framesLookedAt }
    let confirmed = incidents.count { $0.state == .confirmed }
    let suspected = incidents.count { $0.state == .suspected }
    let open = record.workOrders.filter(\.status.isOpen)
    let next = soonest(open)
    let boxes = [
      (
        text("隐患事件", "Incidents"), "\(incidents.count)",
        text("确认 \(confirmed)，疑似 \(suspected)", "\(confirmed) confirmed, \(suspected) suspected"), false
      ),
      (
        text("未结工单", "Open work orders"), "\(open.count)",
        text("共 \(record.workOrders.count) 件", "of \(record.workOrders.count)"), false
      ),
      (
        text("最近时限", "Next deadline"),
        next.map { String(timeText($0.deadline.due).dropFirst(5).prefix(11)) } ?? "–",
        next.map { "\($0.order.caseNumber) \(name(of: $0.deadline))" } ?? text("无", "none"), false
      ),
      (
        text("已查看图像", "Pictures looked at"), "\(seen)", text("共 \(found) 幅", "of \(found)"),
        seen < found || found == 0
      ),
      (
        text("未查看或损坏", "Not looked at or faulty"), "\(max(0, found - seen))",
        text("故障记录 \(record.faults.count) 条", "\(record.faults.count) faults recorded"), seen < found
      ),
    ]
    let items = boxes.map { label, value, remark, warns in
      element(
        "div", ["class": warns ? "figure unwatched" : "figure"],
        element("dt", [:], escaped(label)) + element("dd", ["class": "value"], escaped(value))
          + element("dd", ["class": "remark"], escaped(remark)))
    }
    return element("dl", ["class": "figures"], "\n" + items.joined(separator: "\n") + "\n") + "\n"
  }

  /// One row per kind of hazard: seen, looked for and not seen, or not looked for at all.
  private var hazardTable: String {
    let rows = HazardKind.allCases.map { hazard -> (className: String, cells: [String]) in
      let seen = incidents.filter { $0.hazard == hazard }
      let open = seen.compactMap(record.workOrder(of:)).filter(\.status.isOpen)
      let watching = record.run.sources.filter {
        $0.hazardsAssessed.contains(hazard) && $0.framesLookedAt > 0
      }
      let frames = watching.reduce(0) { $0 + $1.framesLookedAt }
      let isWatched = frames > 0
      let verdict: String
      if !seen.isEmpty {
        verdict = "\(seen.count)"
      } else if !isWatched {
        verdict = text("未检测", "not looked for")
      } else {
        verdict = record.filter == nil ? text("未发现", "none seen") : text("无符合项", "none that match")
      }
      let states = Incident.State.allCases.compactMap { state -> String? in
        let count = seen.count { $0.state == state }
        return count == 0 ? nil : "\(state.name(in: language)) \(count)"
      }
      return (
        seen.isEmpty ? (isWatched ? "none" : "unwatched") : "",
        [
          swatch(hazard) + escaped(hazard.name(in: language)), escaped(verdict),
          escaped(states.joined(separator: text("，", ", "))),
          isWatched
            ? text("\(frames) 幅（\(watching.count) 个来源）", "\(frames) (\(counted(watching.count, "source")))")
            : "0",
          seen.isEmpty ? "" : "\(open.count)",
          soonest(open).map { escaped(timeText($0.deadline.due)) } ?? "",
        ]
      )
    }
    return table(
      "hazards", caption: text("各类隐患", "Hazards"),
      headings: [
        text("隐患", "Hazard"), text("事件", "Incidents"), text("状态", "State"),
        text("为此查看的图像", "Pictures looked at for it"), text("未结工单", "Open orders"),
        text("最近时限", "Next deadline"),
      ], rows: rows)
  }

  private var severityTable: String {
    let rows = Severity.allCases.reversed().map { severity in
      orderRow(severity.name(in: language), record.workOrders.filter { $0.severity == severity })
    }
    let without = incidents.count { record.workOrder(of: $0) == nil }
    let last = (className: "", cells: [text("未立案", "no order"), "\(without)", "", ""])
    return table(
      "counts", caption: text("按严重程度", "By severity"), headings: orderHeadings(text("程度", "Severity")),
      rows: rows + [last])
  }

  private var tierTable: String {
    let rows = GovernanceTier.allCases.reversed().map { tier in
      orderRow(tier.name(in: language), record.workOrders.filter { $0.tiers.contains(tier) })
    }
    return table(
      "counts", caption: text("按层级（一案可同时由多级办理）", "By tier (a case may be with several at once)"),
      headings: orderHeadings(text("层级", "Tier")), rows: rows)
  }

  private func orderHeadings(_ first: String) -> [String] {
    [first, text("工单", "Orders"), text("未结", "Open"), text("最近时限", "Next deadline")]
  }

  private func orderRow(_ name: String, _ orders: [WorkOrder]) -> (className: String, cells: [String]) {
    let open = orders.filter(\.status.isOpen)
    let due = soonest(open).map { timeText($0.deadline.due) } ?? ""
    return (orders.isEmpty ? "none" : "", [escaped(name), "\(orders.count)", "\(open.count)", due])
  }

  private func soonest(_ orders: [WorkOrder]) -> (order: WorkOrder, deadline: WorkOrder.Deadline)? {
    orders.compactMap { order in order.nextDeadline.map { (order, $0) } }
      .min { ($0.deadline.due, $0.order.caseNumber) < ($1.deadline.due, $1.order.caseNumber) }
  }

  /// The step's name in the report's language.
  func name(of deadline: WorkOrder.Deadline) -> String { language == .zh ? deadline.nameZh : deadline.nameEn }

  /// `1 source`, `2 sources`.
  func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

  /// A patch of the hazard's colour.
  func swatch(_ hazard: HazardKind) -> String {
    element("span", ["class": "swatch", "style": "background:#\(hazard.colorHex)"], "")
  }
}
