internal import InspectionModel

/// What all pages have in common: a head that lets nothing load or run, sections, tables.
enum ReportMarkup {
  /// The root's opening tag.
  static func opening(_ language: Language) -> String {
    let tongue = language == .zh ? "zh-CN" : "en"
    return openingTag("html", ["xmlns": "http://www.w3.org/1999/xhtml", "lang": tongue, "xml:lang": tongue])
  }

  static func head(title: String, generator: String, css: String) -> String {
    let meta = [
      "<meta charset=\"utf-8\" />",
      element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      element("meta", ["name": "generator", "content": generator]),
      // The file must never load or run anything, whatever hostile text it shows.
      element(
        "meta",
        [
          "http-equiv": "Content-Security-Policy",
          "content": "default-src 'none'; img-src data:; style-src 'unsafe-inline'",
        ]),
      element("title", [:], escaped(title)),
    ]
    let style = element("style", [:], "\n" + css)
    return element("head", [:], "\n" + meta.joined(separator: "\n") + "\n" + style + "\n") + "\n"
  }

  /// A section with its heading.
  static func section(_ id: String, _ heading: String, _ content: String) -> String {
    let title = element("h2", ["id": "\(id)-heading"], escaped(heading))
    return element("section", ["id": id, "aria-labelledby": "\(id)-heading"], "\n\(title)\n\(content)\n")
      + "\n"
  }

  /// A table whose first cell of each row names the row. Cells are markup.
  static func table(
    _ className: String, caption: String, headings: [String], rows: [(className: String, cells: [String])]
  ) -> String {
    let head = headings.map { element("th", ["scope": "col"], escaped($0)) }.joined()
    let body = rows.map { row -> String in
      let first = element("th", ["scope": "row"], row.cells.first ?? "")
      let others = row.cells.dropFirst().map { element("td", [:], $0) }.joined()
      return element("tr", row.className.isEmpty ? [:] : ["class": row.className], first + others)
    }
    return element(
      "table", ["class": className],
      element("caption", [:], escaped(caption)) + element("thead", [:], element("tr", [:], head))
        + element("tbody", [:], "\n" + body.joined(separator: "\n") + "\n"))
  }
}
