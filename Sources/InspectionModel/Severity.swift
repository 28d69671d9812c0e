/// How bad a hazard is, in CAP 1.2 words.
package enum Severity: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  case minor, moderate, severe, extreme

  private var rank: Int {
    switch self {
    case .minor: 0
    case .moderate: 1
    case .severe: 2
    case .extreme: 3
    }
  }

  package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

  /// Name for people, in the given language.
  package func name(in language: Language) -> String {
    switch (self, language) {
    case (.minor, .zh): "一般"
    case (.minor, .en): "minor"
    case (.moderate, .zh): "较重"
    case (.moderate, .en): "moderate"
    case (.severe, .zh): "严重"
    case (.severe, .en): "severe"
    case (.extreme, .zh): "特别严重"
    case (.extreme, .en): "extreme"
    }
  }
}
