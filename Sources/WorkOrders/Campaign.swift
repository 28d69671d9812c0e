/// A campaign of the district (八大攻坚行动) and the classes of cases that count for it.
package struct Campaign: Sendable, Hashable {
  package var key: String
  package var name: BilingualText
  /// Keys of hazard classes in the order of the file.
  package var classes: [String]

  package init(key: String, name: BilingualText, classes: [String]) {
    self.key = key
    self.name = name
    self.classes = classes
  }
}
