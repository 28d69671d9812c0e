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
}
