internal import InspectionModel

extension HTMLReport {
  /// All incidents on a line each, in the order of urgency.
  var incidentIndex: String {
    let heading = text("四、事件清单", "4 Incidents")
    guard !incidents.isEmpty else {
      let words =
        record.filter == nil
        ? text("在已查看的图像中未发现隐患。", "No hazard was seen in the pictures that were looked at.")
        : text("没有符合筛选条件的事件。", "No incident matches the filter.")
      return section("incidents", heading, element("p", [:], words))
    }
    let rows = incidents.enumerated().map { index, incident -> (className: String, cells: [String]) in
      let order = record.workOrder(of: incident)
      // A closed case has no deadline left; its state says so.
      let due =
        order.map { order in
          order.status.isOpen ? order.nextDeadline.map { timeText($0.due) } : order.status.name(in: language)
        } ?? nil
      return (
        "",
        [
          element("a", ["href": "#incident-\(index + 1)"], "\(index + 1)"),
          swatch(incident.hazard) + escaped(name(of: incident)), escaped(incident.state.name(in: language)),
          escaped(order?.severity.name(in: language) ?? "–"), scoreText(incident.peakScore),
          element("span", ["class": "nowrap"], escaped(order?.caseNumber ?? text("未立案", "no order"))),
          escaped(order?.department ?? "–"), escaped(due ?? "–"),
        ]
      )
    }
    let headings = [
      text("序号", "No."), text("类别", "Class"), text("状态", "State"), text("程度", "Severity"),
      text("评分", "Score"), text("案卷号", "Case"), text("主责部门", "Lead department"),
      text("最近时限", "Next deadline"),
    ]
    return section(
      "incidents", heading,
      table(
        "index", caption: text("先重后轻，再按时限先后", "Worst first, then soonest due"), headings: headings, rows: rows
      ))
  }

  /// A card per incident, one at a time: pictures make them large.
  func writeIncidentCards(to output: TextOutput) throws {
    guard !incidents.isEmpty else { return }
    try output.write(openingTag("section", ["id": "details", "aria-labelledby": "details-heading"]) + "\n")
    let heading = escaped(text("五、事件详情", "5 Details of the incidents"))
    try output.write(element("h2", ["id": "details-heading"], heading) + "\n")
    for (index, incident) in incidents.enumerated() {
      try output.write(try card(incident, number: index + 1))
    }
    try output.write("</section>\n")
  }

  private func card(_ incident: Incident, number: Int) throws -> String {
    let order = record.workOrder(of: incident)
    let best = record.bestObservation(of: incident)
    var badges = badge(incident.state.rawValue, incident.state.name(in: language))
    if let order { badges += badge(order.severity.rawValue, order.severity.name(in: language)) }
    if let order { badges += badge("status", order.status.name(in: language)) }
    let disc = element(
      "span", ["class": "number", "style": "background:#\(incident.hazard.colorHex)"], "\(number)")
    let title = element("h3", [:], disc + escaped(name(of: incident)) + badges)
    let facts = sightingFacts(incident, best: best) + (order.map(orderFacts) ?? missingOrderFacts(incident))
    let list = facts.map { element("div", [:], element("dt", [:], escaped($0.0)) + element("dd", [:], $0.1)) }
    let body = element(
      "div", ["class": "card-body"],
      try figure(of: incident, best: best) + element("dl", [:], list.joined(separator: "\n")))
    return element(
      "article", ["class": "card", "id": "incident-\(number)"],
      "\n\(title)\n\(body)\n\(traceability(incident, best: best))\n") + "\n"
  }

  /// The order's class where there is one, since place and time chose it; what was seen otherwise.
  func name(of incident: Incident) -> String {
    guard let order = record.workOrder(of: incident) else {
      let name = incident.hazard.name(in: language)
      return name.prefix(1).uppercased() + name.dropFirst()
    }
    return language == .zh ? order.nameZh : order.nameEn
  }

  private func sightingFacts(_ incident: Incident, best: Observation?) -> [(String, String)] {
    let score = scoreText(incident.peakScore)
    let threshold = best.map {
      text("（阈值 \(scoreText($0.threshold))）", " (threshold \(scoreText($0.threshold)))")
    }
    let confidence = text("，综合置信度 ", ", joint confidence ") + scoreText(incident.confidence)
    let count = incident.observationKeys.count
    let sightings = text("（\(count) 次观测）", " (\(counted(count, "sighting")))")
    var facts = [
      (text("评分", "Score"), element("strong", [:], score) + escaped((threshold ?? "") + confidence)),
      (text("位置", "Position"), position(of: incident, best: best)),
      (text("发现时间", "Seen"), escaped(spanText(incident.firstSeen, incident.lastSeen) + sightings)),
      (
        text("来源", "Witnesses"),
        incident.witnesses.map { escaped($0.label(in: language)) }.joined(
          separator: "<br />")
      ),
    ]
    if let vehicles = incident.vehicleCount { facts.append((text("车辆数", "Vehicles"), "\(vehicles)")) }
    return facts
  }

  /// Where it is and how sure that is, or the plain statement that nothing honest can be said.
  private func position(of incident: Incident, best: Observation?) -> String {
    let remark =
      best?.placeRemark.map { " " + element("span", ["class": "remark", "lang": "en"], escaped($0)) } ?? ""
    guard let place = incident.place?.usable else {
      return element("strong", ["class": "honest"], text("无位置", "no position")) + remark
    }
    let coordinates = element("span", ["class": "nowrap"], escaped(coordinateText(place)))
    let error = text(
      " ±\u{A0}\(errorMetersText(place.sigmaMeters))\u{A0}米（单轴 1σ）",
      " ±\u{A0}\(errorMetersText(place.sigmaMeters))\u{A0}m (1σ per axis)")
    switch place.method {
    case .camera:
      let only = element("strong", ["class": "honest"], text("仅相机位置：", "camera position only: "))
      return only + coordinates + escaped(error) + remark
    case .projected: return element("strong", [:], coordinates) + escaped(error) + remark
    case .node:
      return text("摄像机点位：", "surveyed position of the camera: ") + coordinates + escaped(error) + remark
    case .reported: return text("人员上报：", "as reported: ") + coordinates + escaped(error) + remark
    }
  }

  private func coordinateText(_ place: ObservedPlace) -> String {
    func angle(_ degrees: Double, _ signs: (String, String)) -> String {
      let digits = decimalText(degrees.magnitude, decimals: place.decimals) ?? "?"
      return "\(digits)° \(degrees < 0 ? signs.1 : signs.0)"
    }
    let north = angle(place.position.latitudeDegrees, ("N", "S"))
    return "\(north), \(angle(place.position.longitudeDegrees, ("E", "W")))"
  }

  private func orderFacts(_ order: WorkOrder) -> [(String, String)] {
    let mark =
      order.code.isLocalExtension ? badge("local", text("本地扩展代码", "local extension")) : ""
    let tiers = order.tiers.map { $0.name(in: language) }.joined(separator: text("＋", " + "))
    let department = [order.departmentID, order.department].compactMap(\.self).joined(separator: " ")
    let supporting = order.supportingDepartments.joined(separator: text("、", ", "))
    let deadlines = order.deadlines.map { deadline -> String in
      let limit = language == .zh ? deadline.limitZh : deadline.limitEn
      return escaped("\(name(of: deadline)) ") + element("strong", [:], timeText(deadline.due))
        + escaped(text("（\(limit)）", " (\(limit))"))
    }
    let town = order.town.map { "\(language == .zh ? $0.nameZh : $0.nameEn) (\($0.code))" }
    return [
      (text("案卷号", "Case"), element("strong", ["class": "nowrap"], escaped(order.caseNumber))),
      (
        text("事项代码", "Code"),
        escaped("\(order.code.code) (\(order.code.matterCode))") + mark
      ),
      (
        text("主责部门", "Department"),
        escaped(department)
          + escaped(supporting.isEmpty ? "" : text("；协办：", "; with: ") + supporting)
      ),
      (
        text("层级、镇街", "Tier, town"),
        escaped(
          tiers + " · " + (town ?? text("镇街：无（区外或无位置）", "no town (outside the district or no position)")))
      ),
      (
        text("时限", "Deadlines"),
        deadlines.isEmpty ? text("无", "none") : deadlines.joined(separator: "<br />")
      ),
      reasonFact(order.reason),
    ]
  }

  private func missingOrderFacts(_ incident: Incident) -> [(String, String)] {
    let none = (text("工单", "Work order"), element("strong", ["class": "honest"], text("未立案", "none")))
    guard let reason = record.declined[incident.id] else { return [none] }
    return [none, reasonFact(reason)]
  }

  private func reasonFact(_ reason: WorkOrder.DecisionReason) -> (String, String) {
    (
      text("理由", "Reason"),
      escaped(reason.text(in: language)) + " "
        + element("span", ["class": "remark"], escaped(text("规则 ", "rule ") + reason.rule))
    )
  }

  /// What a second person needs to find the same pixels and get the same result.
  private func traceability(_ incident: Incident, best: Observation?) -> String {
    let identity = text("事件 ", "incident ") + incident.id
    guard let best else { return element("p", ["class": "trace"], escaped(identity)) }
    let frame = text("帧 ", "frame ") + "\(best.frame.name) · SHA-256 \(best.frame.sha256)"
    let procedure = "\(best.procedure.name) \(best.procedure.version)"
    let parameters = text("参数 ", "parameters ") + best.procedure.parametersHash
    let analyser = text("分析程序 ", "analyser ") + "\(procedure) · \(parameters)"
    return element(
      "p", ["class": "trace"], escaped(frame) + "<br />" + escaped("\(identity) · \(analyser)"))
  }

  private func figure(of incident: Incident, best: Observation?) throws -> String {
    guard let best else {
      return element(
        "p", ["class": "no-picture unwatched"], text("记录中没有证据图像", "no evidence picture on record"))
    }
    guard let picture = try evidence(best), let mediaType = picture.mediaType else {
      let words = text("没有保存证据图像：", "no evidence picture kept: ")
      return element("p", ["class": "no-picture unwatched"], escaped(words + best.frame.name))
    }
    let alternative = text(
      "证据图像 \(best.frame.name)，框内为\(incident.hazard.name(in: .zh))",
      "Evidence picture \(best.frame.name); the box holds \(incident.hazard.name(in: .en))")
    // Base 64 needs no escaping, and escaping it would cost more than all other text together.
    let image =
      "<img alt=\"\(escaped(alternative))\" src=\"data:\(mediaType);base64,\(base64Text(picture.bytes))\" />"
    let caption = "\(best.frame.name) · \(timeText(best.phenomenonTime)) · \(timeSourceText(best.timeSource))"
    return element(
      "figure", [:],
      element("div", ["class": "picture"], image + (picture.isAnnotated ? "" : box(best.region)))
        + element("figcaption", [:], escaped(caption)))
  }

  /// The box over the picture, white on black so that it shows on any ground.
  private func box(_ region: NormalizedBox) -> String {
    let sides = [region.x, region.y, region.width, region.height].map { decimalText($0, decimals: 4) }
    guard let x = sides[0], let y = sides[1], let width = sides[2], let height = sides[3],
      region.width > 0, region.height > 0
    else { return "" }
    let strokes = ["under", "over"].map { name in
      element("rect", ["class": name, "x": x, "y": y, "width": width, "height": height])
    }
    return element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 1 1", "preserveAspectRatio": "none",
        "aria-hidden": "true",
      ], strokes.joined())
  }

  private func timeSourceText(_ source: TimeSource) -> String {
    switch source {
    case .exif: text("EXIF 时间", "EXIF time")
    case .telemetry: text("遥测时间", "telemetry time")
    case .nominal: text("按帧率推算", "time by frame rate")
    case .arrival: text("接收时间", "time of receipt")
    }
  }
}
