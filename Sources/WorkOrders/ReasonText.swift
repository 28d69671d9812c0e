import InspectionModel

/// Puts the sentences of a decision together, in both languages at once.
struct ReasonText {
  private var zh: [String] = []
  private var en: [String] = []

  /// Adds a sentence without its full stop.
  mutating func add(zh sentenceZh: String, en sentenceEn: String) {
    zh.append(sentenceZh)
    en.append(sentenceEn)
  }

  func reason(rule: String) -> WorkOrder.DecisionReason {
    let english = en.map { $0.prefix(1).uppercased() + $0.dropFirst() + "." }
    return WorkOrder.DecisionReason(
      rule: rule, zh: zh.map { $0 + "。" }.joined(), en: english.joined(separator: " "))
  }
}
