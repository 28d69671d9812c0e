internal import InspectionModel

/// Drawings, of shapes that print in black.
extension StatisticsPage {
  /// A bar beside a number.
  func bar(_ count: Int, of most: Int) -> String {
    let width = most > 0 ? max(count > 0 ? 1 : 0, count * 48 / most) : 0
    return element(
      "svg", ["class": "bar", "width": "48", "height": "9", "viewBox": "0 0 48 9", "aria-hidden": "true"],
      "<rect class=\"new\" width=\"\(width)\" height=\"9\" />")
  }

  /// Cases established and closed in the course of the period.
  var course: String {
    let parts = statistics.timeline.parts
    let heading = words("二、过程", "2 Course")
    guard !parts.isEmpty else {
      return ReportMarkup.section(
        "course", heading, element("p", [:], words("统计期为空。", "The period is empty.")))
    }
    let most = max(1, parts.map { max($0.established, $0.closed) }.max() ?? 1)
    let (left, width, height, base) = (34, 760, 110, 124)
    func x(_ index: Int) -> Int { left + index * width / parts.count }
    var shapes = ""
    for line in Self.scale(most) {
      let y = base - line * height / most
      shapes += "<path d=\"M\(left) \(y)H\(left + width)\" stroke=\"#ccc\" />"
      shapes += "<text x=\"\(left - 4)\" y=\"\(y + 3)\" text-anchor=\"end\">\(line)</text>"
    }
    for (index, part) in parts.enumerated() {
      let step = max(2, x(index + 1) - x(index)), half = max(1, step * 2 / 5)
      for (offset, name, count) in [(0, "new", part.established), (half, "done", part.closed)] where count > 0
      {
        let tall = max(1, count * height / most)
        shapes += "<rect class=\"\(name)\" x=\"\(x(index) + offset + step / 10)\" y=\"\(base - tall)\""
        shapes += " width=\"\(half)\" height=\"\(tall)\" />"
      }
    }
    let labels = min(parts.count, 8)
    for label in 0..<labels {
      let index = label * parts.count / labels
      shapes += "<text x=\"\(x(index))\" y=\"\(base + 14)\">\(partName(parts[index].from))</text>"
    }
    shapes += "<path d=\"M\(left) \(base)H\(left + width)\" stroke=\"#444\" />"
    let unit = statistics.timeline.isByHour ? words("每小时", "Each hour") : words("每天", "Each day")
    let caption = words(
      "\(unit)：实心为立案，空心为结案", "\(unit): filled, cases established; hollow, cases closed")
    let svg = element(
      "svg", ["viewBox": "0 0 800 144", "role": "img", "aria-label": caption], shapes)
    return ReportMarkup.section(
      "course", heading,
      element("figure", ["class": "course"], svg + element("figcaption", [:], escaped(caption))))
  }

  /// `14:00` of hours, `11-24` of days.
  private func partName(_ time: Timestamp) -> String {
    let text = timeText(time)
    return statistics.timeline.isByHour ? String(text.suffix(5)) : String(text.dropFirst(5).prefix(5))
  }

  /// At most four round numbers up to the largest.
  package static func scale(_ most: Int) -> [Int] {
    var step = 1
    var power = 1
    while most / step > 4 {
      for factor in [1, 2, 5] where most / step > 4 { step = factor * power }
      power *= 10
    }
    return Array(stride(from: step, through: most, by: step))
  }
}
