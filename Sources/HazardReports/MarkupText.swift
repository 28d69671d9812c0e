/// Text as the content of an element or an attribute value of XML and HTML alike.
func escaped(_ text: String) -> String {
  var result = ""
  result.reserveCapacity(text.utf8.count)
  for scalar in printable(text).unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    // An XML reader turns a bare carriage return into a line feed.
    case "\r": result += "&#13;"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// An element with escaped attributes, in the given order, around markup that is already escaped.
///
/// Written so that an XML reader accepts it: attributes always quoted, `<br />` for an element without content.
func element(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ content: String? = nil)
  -> String
{
  let opening = openingTag(name, attributes)
  guard let content else { return opening.dropLast() + " />" }
  return "\(opening)\(content)</\(name)>"
}

/// The opening tag alone, for elements whose content is written in parts.
func openingTag(_ name: String, _ attributes: KeyValuePairs<String, String> = [:]) -> String {
  "<\(name)" + attributes.map { " \($0.key)=\"\(escaped($0.value))\"" }.joined() + ">"
}
