internal import InspectionModel

extension Witness {
  /// The source as an export may show it: never who a person is.
  var exportedSource: String? { kind == .person ? nil : source }

  /// `drone flight-7`, `person`.
  func label(in language: Language) -> String {
    [kind.name(in: language), exportedSource].compactMap(\.self).joined(separator: " ")
  }

  /// `air:flight-7`, `person`.
  var word: String { [kind.rawValue, exportedSource].compactMap(\.self).joined(separator: ":") }

  var json: JSONValue { .object([("kind", .text(kind.rawValue)), ("source", .optional(exportedSource))]) }
}
