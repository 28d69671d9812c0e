internal import InspectionModel

extension HTMLReport {
  /// More faults than a person reads; run.json has all of them.
  private static let mostFaults = 100

  /// What went wrong, counted by code and listed.
  var faults: String {
    let heading = text("六、故障", "6 Faults")
    guard !record.faults.isEmpty else {
      return section("faults", heading, element("p", [:], text("没有故障。", "No faults.")))
    }
    var counts: [String: Int] = [:]
    for fault in record.faults { counts[fault.code, default: 0] += 1 }
    let codes = counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: " · ")
    let rows = record.faults.prefix(Self.mostFaults).map { fault in
      (
        className: "",
        cells: [
          escaped(fault.subject), escaped(fault.code), escaped(fault.place?.text ?? ""),
          element("span", ["lang": "en"], escaped(fault.message)),
        ]
      )
    }
    let headings = [
      text("对象", "Subject"), text("代码", "Code"), text("位置", "Place"), text("说明", "Message"),
    ]
    let more = record.faults.count - Self.mostFaults
    let remark =
      more > 0
      ? element(
        "p", ["class": "notice"],
        text("另有 \(more) 条，全部见 run.json。", "\(more) more: run.json lists all of them."))
      : ""
    let caption = text("共 \(record.faults.count) 条：", "\(record.faults.count) in all: ") + codes
    return section(
      "faults", heading, table("faults", caption: caption, headings: headings, rows: rows) + remark)
  }

  /// Versions, thresholds and the notes that belong under every report.
  var provenance: String {
    let rows = record.run.analysers.map { analyser in
      let thresholds = analyser.thresholds.map {
        "\($0.hazard.name(in: language)) ≥ \(scoreText($0.score))"
      }
      return (
        className: "",
        cells: [
          escaped("\(analyser.procedure.name) \(analyser.procedure.version)"),
          element("span", ["class": "mono"], escaped(analyser.procedure.parametersHash)),
          escaped(thresholds.joined(separator: text("；", "; "))),
        ]
      )
    }
    let headings = [text("分析程序", "Analyser"), text("参数哈希", "Parameters"), text("阈值", "Thresholds")]
    let analysers =
      rows.isEmpty
      ? ""
      : table(
        "analysers", caption: text("分析程序与阈值", "Analysers and thresholds"), headings: headings, rows: rows)
    let settings =
      text("程序 ", "Program ") + "jinxun \(record.run.programVersion) · "
      + text("配置 ", "settings ") + "\(record.run.pipelineName) \(record.run.settingsHash)"
    var notes = [
      settings,
      text(
        "全部结果由程序自动给出，须经人员核实；评分是可疑程度，不是概率保证。",
        "All findings are made by a program and need a person's check; a score ranks suspicion, it promises no probability."
      ),
      text(
        "“± … 米”是每个水平坐标轴的一倍标准差；图中圆半径为其两倍，约 86 % 的真实位置在圆内。坐标小数位数随误差而定。",
        "“± … m” is one standard deviation per horizontal axis; circles on the map have twice that radius and hold about 86 % of true places. Coordinates have as many decimals as their error deserves."
      ),
      text(
        "示意图无底图、无境界线，仅供定位参考，不得用于导航。",
        "The sketch has no base map and no boundaries; it is for orientation, not for navigation."),
      text(
        "带“本地扩展代码”的代码不在国家标准之内。",
        "Codes marked “local extension” are not part of the national standard."),
    ]
    if let timing = record.run.timing {
      let seconds = decimalText(timing.elapsedSeconds, decimals: 1) ?? "?"
      notes.append(
        text(
          "运行：\(timeText(timing.startedAt)) 开始，用时 \(seconds) 秒，\(timing.workers) 个工作线程，指令集 \(timing.kernelTier)。",
          "Run: started \(timeText(timing.startedAt)), took \(seconds) s, \(counted(timing.workers, "worker")), kernels \(timing.kernelTier)."
        ))
    }
    notes += record.run.attributions
    let list = element(
      "ul", ["class": "notes"], notes.map { element("li", [:], escaped($0)) }.joined(separator: "\n"))
    return section("provenance", text("七、依据与说明", "7 Provenance and notes"), analysers + list)
  }

  /// Places to sign.
  var signatures: String {
    let fields = [text("值班员", "Duty officer"), text("核实人", "Checked by"), text("日期", "Date")]
    let boxes = fields.map { element("div", [:], element("span", [:], escaped($0))) }
    return element("div", ["class": "signatures"], boxes.joined()) + "\n"
  }
}
