/// How long a step of a case may take, and on which clock.
package enum WorkLimit: Sendable, Hashable {
  /// 紧急工作时: the clock on the wall, nights and holidays included.
  case clock(minutes: Int)
  /// 工作时: office hours only.
  case officeHours(minutes: Int)
  /// 工作日: close of office on the n-th working day after the day of establishment, which itself does not count
  /// (Civil Code, article 201).
  case workingDays(Int)

  /// Reads `30 min`, `2 h`, `7 d` (clock), `30 working min`, `4 working h` (office hours) and `5 working d`.
  ///
  /// - Returns: `nil` for anything else, for 0 and for more than 366 days.
  package init?(_ text: String) {
    let words = text.split(separator: " ")
    guard let first = words.first, let amount = Int(first), (1...527_040).contains(amount) else { return nil }
    let limit: WorkLimit
    switch words.dropFirst().joined(separator: " ") {
    case "min": limit = .clock(minutes: amount)
    case "h": limit = .clock(minutes: amount * 60)
    case "d": limit = .clock(minutes: amount * 1440)
    case "working min": limit = .officeHours(minutes: amount)
    case "working h": limit = .officeHours(minutes: amount * 60)
    case "working d": limit = .workingDays(amount)
    default: return nil
    }
    switch limit {
    case .clock(let minutes), .officeHours(let minutes): guard minutes <= 527_040 else { return nil }
    case .workingDays(let days): guard days <= 366 else { return nil }
    }
    self = limit
  }

  /// As the governance file writes it: `30 min`, `4 working h`.
  package var text: String {
    switch self {
    case .clock(let minutes) where minutes % 1440 == 0: "\(minutes / 1440) d"
    case .clock(let minutes) where minutes % 60 == 0: "\(minutes / 60) h"
    case .clock(let minutes): "\(minutes) min"
    case .officeHours(let minutes) where minutes % 60 == 0: "\(minutes / 60) working h"
    case .officeHours(let minutes): "\(minutes) working min"
    case .workingDays(let days): "\(days) working d"
    }
  }

  /// In words: `4 工作时`, `4 working hours`.
  package var words: BilingualText {
    switch self {
    case .clock(let minutes) where minutes % 1440 == 0:
      Self.words(minutes / 1440, zh: "天", en: "day")
    case .clock(let minutes) where minutes % 60 == 0:
      Self.words(minutes / 60, zh: "小时（紧急工作时，不停表）", en: "hour", suffix: " on the clock")
    case .clock(let minutes):
      Self.words(minutes, zh: "分钟（紧急工作时，不停表）", en: "minute", suffix: " on the clock")
    case .officeHours(let minutes) where minutes % 60 == 0:
      Self.words(minutes / 60, zh: "工作时", en: "working hour")
    case .officeHours(let minutes):
      Self.words(minutes, zh: "分钟（工作时）", en: "working minute")
    case .workingDays(let days):
      Self.words(days, zh: "个工作日", en: "working day")
    }
  }

  private static func words(_ count: Int, zh: String, en: String, suffix: String = "") -> BilingualText {
    BilingualText(zh: "\(count) \(zh)", en: "\(count) \(en)\(count == 1 ? "" : "s")\(suffix)")
  }
}
