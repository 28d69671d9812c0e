package import InspectionModel

/// A name or sentence in the two languages of the governance centre.
package struct BilingualText: Sendable, Hashable {
  package var zh: String
  package var en: String

  package init(zh: String, en: String) {
    self.zh = zh
    self.en = en
  }

  package func text(in language: Language) -> String { language == .zh ? zh : en }
}
