internal import InspectionModel

/// The style sheet of the report: dark on white, A4, nothing that needs a colour printer to be understood.
enum ReportStyle {
  /// - Parameter header: running title of printed pages; a text of this program, never one from outside.
  static func css(header: String, language: Language) -> String {
    let fonts = fonts(language)
    let page =
      language == .zh
      ? "\"第 \" counter(page) \" 页，共 \" counter(pages) \" 页\"" : "counter(page) \" / \" counter(pages)"
    return """
      :root { --fonts: \(fonts); }
      @page { size: A4; margin: 18mm 14mm 16mm;
        @top-left { content: "\(header)"; font: 8pt \(fonts); color: #555; }
        @bottom-right { content: \(page); font: 8pt \(fonts); color: #555; } }
      """ + "\n" + sheet + "\n"
  }

  /// Latin fonts first in English: a Chinese font draws quotation marks and dashes a full square wide.
  private static func fonts(_ language: Language) -> String {
    let latin = "\"Helvetica Neue\", Arial, \"Liberation Sans\""
    let chinese = """
      "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", \
      "WenQuanYi Micro Hei"
      """
    return (language == .zh ? [chinese, latin] : [latin, chinese]).joined(separator: ", ") + ", sans-serif"
  }

  /// Everything but fonts and running titles.
  private static let sheet = """
    * { box-sizing: border-box; }
    html { font: 14px/1.45 var(--fonts); color: #1a1a1a; background: #fff; }
    body { max-width: 960px; margin: 0 auto; padding: 20px; }
    h1 { font-size: 1.7em; margin: 0 0 8px; }
    h2 { font-size: 1.2em; margin: 26px 0 8px; padding-bottom: 3px; border-bottom: 2px solid #1f3a5f; color: #1f3a5f; }
    h3 { font-size: 1.08em; margin: 0; }
    header { border-bottom: 3px solid #1f3a5f; padding-bottom: 10px; }
    dl, dd, dt, p, ul, figure { margin: 0; padding: 0; }
    .facts { display: grid; grid-template-columns: 1fr 1fr; gap: 2px 24px; }
    .facts > div, .card dl > div { display: grid; grid-template-columns: 6.4em 1fr; gap: 8px; }
    html[lang="en"] .facts > div { grid-template-columns: 9.2em 1fr; }
    dt { color: #555; }
    dd { overflow-wrap: anywhere; }
    .figures { display: grid; grid-template-columns: repeat(5, 1fr); gap: 8px; margin-bottom: 12px; }
    .figure { border: 1px solid #bbb; border-radius: 4px; padding: 6px 8px; }
    .figure .value { font-size: 1.55em; font-weight: 700; line-height: 1.25; white-space: nowrap; }
    .remark, figcaption { color: #555; font-size: 0.86em; }
    .figure dt { font-size: 0.86em; }
    table { border-collapse: collapse; width: 100%; margin: 0 0 12px; font-size: 0.9em; }
    caption { text-align: left; font-weight: 600; padding: 0 0 3px; overflow-wrap: anywhere; }
    th, td { text-align: left; vertical-align: top; padding: 3px 6px; border-bottom: 1px solid #ccc; }
    th, td { overflow-wrap: break-word; }
    thead th { border-bottom: 1.5px solid #1f3a5f; color: #333; white-space: nowrap; }
    tbody th { font-weight: 500; }
    tr.none { color: #666; }
    .unwatched { background: repeating-linear-gradient(135deg, #fff 0 5px, #e4e4e4 5px 7px); }
    .counts td:last-child { white-space: nowrap; }
    .coverage td:nth-child(7) { min-width: 11.5em; }
    .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 20px; align-items: start; }
    .notice { border-left: 4px solid #b58900; padding: 3px 8px; margin: 6px 0; font-weight: 600; }
    .swatch { display: inline-block; width: 0.8em; height: 0.8em; margin-right: 0.45em; border-radius: 2px; }
    .nowrap { white-space: nowrap; }
    .mono, .trace { font-family: "DejaVu Sans Mono", Consolas, monospace, var(--fonts); overflow-wrap: anywhere; }
    .badge { display: inline-block; font-size: 0.78em; font-weight: 600; line-height: 1.35; padding: 0 6px;
      margin-left: 7px; border: 1px solid #666; border-radius: 3px; vertical-align: 1px; }
    .badge.confirmed { background: #1a1a1a; border-color: #1a1a1a; color: #fff; }
    .badge.suspected { border-style: dashed; }
    .badge.severe, .badge.extreme { background: #a11212; border-color: #a11212; color: #fff; }
    .badge.local { border-color: #8a5a00; color: #8a5a00; }
    .honest { color: #8a1c00; }
    .card { border: 1px solid #999; border-radius: 5px; padding: 7px 10px 6px; margin: 0 0 9px; break-inside: avoid; }
    .card-body { display: grid; grid-template-columns: 40% 1fr; gap: 14px; margin-top: 6px; }
    .card dl > div { padding: 1px 0; border-bottom: 1px solid #eee; font-size: 0.9em; line-height: 1.38; }
    .number { display: inline-block; min-width: 1.75em; line-height: 1.75em; padding: 0 0.35em; border-radius: 0.9em;
      margin-right: 8px; color: #fff; text-align: center; font-size: 0.92em; }
    .picture { position: relative; display: inline-block; line-height: 0; }
    .picture img { max-width: 100%; max-height: 300px; height: auto; image-orientation: none; border: 1px solid #999; }
    .picture svg { position: absolute; inset: 0; width: 100%; height: 100%; }
    .picture rect { fill: none; vector-effect: non-scaling-stroke; }
    .picture .under { stroke: #000; stroke-width: 4px; }
    .picture .over { stroke: #ffe600; stroke-width: 2px; }
    .no-picture { border: 1px solid #999; padding: 30px 10px; text-align: center; align-self: start; font-weight: 600; }
    .trace { margin-top: 5px; padding-top: 3px; border-top: 1px solid #ddd; font-size: 0.7em; color: #555; }
    .map { margin: 0 0 8px; break-inside: avoid; }
    .map svg { width: 100%; height: auto; border: 1px solid #555; display: block; }
    .map svg text { font-family: var(--fonts); }
    .legend { list-style: none; display: flex; flex-wrap: wrap; gap: 3px 16px; font-size: 0.88em; }
    .legend svg { width: 18px; height: 14px; margin-right: 5px; vertical-align: -2px; }
    .error { fill: #1f3a5f; fill-opacity: 0.09; stroke: #1f3a5f; stroke-width: 1; }
    .error.camera { stroke-dasharray: 4 3; }
    .track { fill: none; stroke: #666; stroke-width: 1.3; stroke-dasharray: 5 3; }
    .footprint { fill: #fff; stroke: #b3b3b3; stroke-width: 0.8; }
    .disc { fill: #444; stroke: #444; }
    .disc.suspected { fill: #fff; stroke-width: 2; stroke-dasharray: 3 2; }
    .notes { padding-left: 1.3em; font-size: 0.88em; }
    .notes li { overflow-wrap: anywhere; }
    .signatures { display: grid; grid-template-columns: repeat(3, 1fr); gap: 28px; margin-top: 44px; break-inside: avoid; }
    .signatures div { border-top: 1px solid #1a1a1a; padding-top: 3px; }
    @media print {
      html { font-size: 9.4pt; }
      body { max-width: none; margin: 0; padding: 0; }
      h2, h3, caption { break-after: avoid; }
      tr, .figure, .notes li { break-inside: avoid; }
      thead { display: table-header-group; }
      a { color: inherit; text-decoration: none; }
      * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    }
    @media screen and (max-width: 700px) {
      .facts, .figures, .pair, .card-body { grid-template-columns: 1fr; }
      main { overflow-x: auto; }
    }
    """
}
