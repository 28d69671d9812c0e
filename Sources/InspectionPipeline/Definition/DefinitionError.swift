/// A pipeline or governance file that cannot be used, with the place in it.
package struct DefinitionError: Error, Hashable, CustomStringConvertible {
  /// The file as the person named it or as it was found.
  package var file: String
  /// From 1; `nil` where the file as a whole is concerned.
  package var line: Int?
  /// What was expected and found, in plain English.
  package var message: String

  package init(file: String, line: Int?, message: String) {
    self.file = file
    self.line = line
    self.message = message
  }

  /// `recorded-flight.yaml:12: unknown key …`
  package var description: String { "\(file):\(line.map { "\($0):" } ?? "") \(message)" }
}
