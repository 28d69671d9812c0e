/// One message layout of a ULog file, as its `F` message declares it.
struct ULogFormat: Sendable {
  struct Field: Sendable {
    let type: String
    let count: Int
    let name: String
  }

  let name: String
  let fields: [Field]

  /// Reads `name:type field;type[n] field;`; `nil` where it is something else.
  init?(_ text: String) {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    name = String(text[..<colon])
    var fields: [Field] = []
    for declaration in text[text.index(after: colon)...].split(separator: ";") {
      let words = declaration.split(separator: " ", maxSplits: 1)
      guard words.count == 2 else { return nil }
      var type = words[0]
      var count = 1
      if let open = type.firstIndex(of: "[") {
        guard type.last == "]", let length = Int(type[type.index(after: open)...].dropLast()),
          (1...65_535).contains(length)
        else { return nil }
        (count, type) = (length, type[..<open])
      }
      fields.append(Field(type: String(type), count: count, name: String(words[1])))
    }
    guard !name.isEmpty, !fields.isEmpty, fields.count <= 4096 else { return nil }
    self.fields = fields
  }

  /// Bytes of a basic type; `nil` for the name of another format.
  static func byteCount(of type: String) -> Int? {
    switch type {
    case "int8_t", "uint8_t", "bool", "char": 1
    case "int16_t", "uint16_t": 2
    case "int32_t", "uint32_t", "float": 4
    case "int64_t", "uint64_t", "double": 8
    default: nil
    }
  }
}
