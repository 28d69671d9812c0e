/// A JSON value, read with bounds: for single messages from outside.
enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members[key]
  }

  /// A number, also one that was written as a text.
  var number: Double? {
    switch self {
    case .number(let number): number
    case .text(let text): text.utf8.count <= 40 ? Double(text).flatMap { $0.isFinite ? $0 : nil } : nil
    default: nil
    }
  }

  var text: String? {
    guard case .text(let text) = self else { return nil }
    return text
  }
}
