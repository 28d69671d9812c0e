package import InspectionModel

extension StatisticsFigure {
  /// For people: `66.7 % (2/3)`, `1 d 4 h`, `-` for what is missing.
  package func text(in language: Language) -> String {
    switch self {
    case .count(let count): return "\(count)"
    case .share(let part, let whole): return "\(Self.percent(part, of: whole)) (\(part)/\(whole))"
    case .seconds(let seconds): return Self.duration(seconds, in: language)
    case .rate(let rate): return Self.rateText(rate)
    case .missing: return "-"
    }
  }

  var gap: StatisticsGap? {
    if case .missing(let gap) = self { gap } else { nil }
  }

  /// A percentage with one decimal.
  static func percent(_ part: Int, of whole: Int) -> String {
    "\(decimalText(Double(part) / Double(whole) * 100, decimals: 1) ?? "?") %"
  }

  /// Two units at most: `45 s`, `12 min`, `3 h 5 min`, `2 d 4 h`.
  static func duration(_ seconds: Int, in language: Language) -> String {
    let names = language == .zh ? ["秒", "分", "小时", "天"] : [" s", " min", " h", " d"]
    func text(_ large: Int, _ largeName: String, _ small: Int, _ smallName: String) -> String {
      small == 0
        ? "\(large)\(largeName)" : "\(large)\(largeName)\(language == .zh ? "" : " ")\(small)\(smallName)"
    }
    switch seconds {
    case ..<60: return "\(seconds)\(names[0])"
    case ..<3600: return text(seconds / 60, names[1], seconds < 600 ? seconds % 60 : 0, names[0])
    case ..<86_400: return text(seconds / 3600, names[2], seconds % 3600 / 60, names[1])
    default: return text(seconds / 86_400, names[3], seconds % 86_400 / 3600, names[2])
    }
  }

  /// Three digits that say something.
  static func rateText(_ rate: Double) -> String {
    if rate == 0 { return "0" }
    let decimals = rate >= 10 ? 1 : rate >= 1 ? 2 : rate >= 0.1 ? 3 : rate >= 0.01 ? 4 : 6
    return decimalText(rate, decimals: decimals) ?? "?"
  }

  /// For a spreadsheet: a plain number of seconds, of cases, of a rate with six decimals, of a share with four.
  var plainText: String {
    switch self {
    case .count(let count): "\(count)"
    case .share(let part, let whole): decimalText(Double(part) / Double(whole), decimals: 4) ?? "?"
    case .seconds(let seconds): "\(seconds)"
    case .rate(let rate): decimalText(rate, decimals: 6) ?? "?"
    case .missing: "-"
    }
  }
}
