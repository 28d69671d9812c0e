internal import InspectionModel

extension HTMLReport {
  /// What was looked at and what was not, per source.
  var coverage: String {
    let sources = record.run.sources
    let remark = element(
      "p", ["class": "remark"],
      text(
        "“未发现”只对已查看的图像和已检测的类别成立；斜纹表示未查看或未检测，不代表没有隐患。",
        "“None seen” holds only for pictures looked at and hazards looked for. Hatched means not looked at: that is not “no hazard”."
      ))
    guard !sources.isEmpty else {
      let nothing = element("p", ["class": "notice unwatched"], text("没有查看任何来源。", "No source was looked at."))
      return section("coverage", text("二、查看范围", "2 Coverage"), nothing)
    }
    let rows = sources.map { source -> (className: String, cells: [String]) in
      let missing = source.framesNotLookedAt + source.framesFaulty
      let assessed = Set(source.hazardsAssessed)
      let unassessed = HazardKind.allCases.filter { !assessed.contains($0) }.map { $0.name(in: language) }
      let span = source.firstFrame.flatMap { first in source.lastFrame.map { spanText(first, $0) } }
      return (
        missing > 0 || source.framesLookedAt == 0 ? "unwatched" : "",
        [
          escaped(source.witness.label(in: language)),
          "\(source.framesFound)", lookedAt(source), "\(source.framesFaulty)", "\(source.framesNotLookedAt)",
          "\(source.framesLocated)", escaped(span ?? text("无", "none")), escaped(conditions(of: source)),
          escaped(unassessed.isEmpty ? text("无", "none") : unassessed.joined(separator: text("、", ", "))),
        ]
      )
    }
    let headings = [
      text("来源", "Source"), text("图像", "Pictures"), text("已查看", "Looked at"), text("损坏", "Faulty"),
      text("未查看", "Not looked at"), text("可定位", "Located"), text("时段", "Time span"),
      text("画面异常", "Picture faults"),
      text("未检测的类别", "Hazards not looked for"),
    ]
    return section(
      "coverage", text("二、查看范围", "2 Coverage"),
      table("coverage", caption: text("各来源的图像", "Pictures per source"), headings: headings, rows: rows)
        + remark)
  }

  /// How often the pictures of a source could not be judged, such as `frozen 12`.
  private func conditions(of source: SourceCoverage) -> String {
    let names = [
      "dark": text("过暗", "dark"), "covered": text("遮挡", "covered"), "blurred": text("模糊", "blurred"),
      "frozen": text("画面冻结", "frozen"),
    ]
    let words = source.conditions.sorted { $0.key < $1.key }.map { "\(names[$0.key] ?? $0.key) \($0.value)" }
    return words.isEmpty ? text("无", "none") : words.joined(separator: text("、", ", "))
  }

  private func lookedAt(_ source: SourceCoverage) -> String {
    let earlier = source.framesAnalysedEarlier
    if earlier == 0 { return "\(source.framesLookedAt)" }
    return text("\(source.framesLookedAt)（此前 \(earlier)）", "\(source.framesLookedAt) (\(earlier) earlier)")
  }

  /// A sketch per area, and what its signs mean.
  var maps: String {
    let sketches = MapArea.areas(of: record, numbered: incidents).enumerated().map { index, area in
      MapSketch(area: area, number: index + 1, language: language).figure
    }
    let missing = incidents.count { $0.place?.usable == nil }
    let remark =
      missing == 0
      ? ""
      : element(
        "p", ["class": "notice"],
        text(
          "\(missing) 起事件没有位置，不在图上，见第四节。",
          "\(counted(missing, "incident")) without a position: not on the map, see section 4."))
    let none = element("p", [:], text("没有可画出的位置。", "There is no position to draw."))
    let content = sketches.isEmpty ? none : sketches.joined(separator: "\n") + legend
    return section("map", text("三、位置示意图", "3 Map sketch"), content + remark)
  }

  private var legend: String {
    let hazards = HazardKind.allCases.filter { hazard in incidents.contains { $0.hazard == hazard } }
    var items = hazards.map { swatch($0) + escaped($0.name(in: language)) }
    items += [
      MapSketch.symbol("<circle cx=\"9\" cy=\"7\" r=\"6\" class=\"disc\" />") + text("确认", "confirmed"),
      MapSketch.symbol("<circle cx=\"9\" cy=\"7\" r=\"5.5\" class=\"disc suspected\" />")
        + text("疑似", "suspected"),
      MapSketch.symbol("<circle cx=\"9\" cy=\"7\" r=\"6\" class=\"error\" />")
        + text("误差圆 2σ（86 %）", "error circle 2σ (86 %)"),
      MapSketch.symbol("<circle cx=\"9\" cy=\"7\" r=\"6\" class=\"error camera\" />")
        + text("仅相机位置", "camera position only"),
      MapSketch.symbol("<path d=\"M1 7H17\" class=\"track\" />") + text("相机航迹", "camera track"),
      MapSketch.symbol("<rect x=\"1\" y=\"1\" width=\"16\" height=\"12\" class=\"footprint\" />")
        + text("已拍摄地面", "ground seen"),
    ]
    return element(
      "ul", ["class": "legend", "aria-label": text("图例", "Legend")],
      items.map { element("li", [:], $0) }.joined())
  }
}
