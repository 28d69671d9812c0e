package import InspectionModel

/// A JSON value whose members keep the order in which they are given.
///
/// Foundation's encoder is not used: it sorts keys (a reader wants `id` first, not `case_no`) and prints the shortest
/// text of a double, where an export must print as many decimals as the value is good for.
package indirect enum JSONValue {
  case null
  case bool(Bool)
  case integer(Int)
  /// Printed with a fixed count of decimals; not finite becomes `null`.
  case number(Double, decimals: Int)
  case text(String)
  case array([JSONValue])
  case object([(name: String, value: JSONValue)])

  /// A score with all its six decimals.
  package static func score(_ score: HazardScore) -> JSONValue { .number(score.fraction, decimals: 6) }

  static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.text) ?? .null }

  static func optional(_ number: Int?) -> JSONValue { number.map(JSONValue.integer) ?? .null }

  static func texts(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.text)) }

  /// The value on one line, without blanks.
  package var line: String {
    var text = ""
    append(to: &text, indentation: nil)
    return text
  }

  /// The value over many lines, two blanks a level, for people.
  package var indented: String {
    var text = ""
    append(to: &text, indentation: 0)
    return text
  }

  private func append(to text: inout String, indentation: Int?) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .number(let value, let decimals): text += decimalText(value, decimals: decimals) ?? "null"
    case .text(let value): Self.appendQuoted(value, to: &text)
    case .array(let elements):
      Self.append(elements, between: ("[", "]"), to: &text, indentation: indentation) {
        $0.append(to: &$1, indentation: $2)
      }
    case .object(let members):
      Self.append(members, between: ("{", "}"), to: &text, indentation: indentation) { member, text, inner in
        Self.appendQuoted(member.name, to: &text)
        text += inner == nil ? ":" : ": "
        member.value.append(to: &text, indentation: inner)
      }
    }
  }

  private static func append<Element>(
    _ elements: [Element], between brackets: (String, String), to text: inout String, indentation: Int?,
    appendElement: (Element, inout String, Int?) -> Void
  ) {
    let inner = indentation.map { $0 + 2 }
    let lineBreak = inner.map { "\n" + String(repeating: " ", count: $0) } ?? ""
    text += brackets.0
    for (index, element) in elements.enumerated() {
      text += (index == 0 ? "" : ",") + lineBreak
      appendElement(element, &text, inner)
    }
    if let indentation, !elements.isEmpty { text += "\n" + String(repeating: " ", count: indentation) }
    text += brackets.1
  }

  /// RFC 8259 string. Line ends that only some readers know (U+0085, U+2028, U+2029) are escaped too: a JSON line
  /// must stay one line for all of them.
  private static func appendQuoted(_ value: String, to text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{00}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
