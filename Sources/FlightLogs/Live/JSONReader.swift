/// Reads one JSON text (RFC 8259) of bounded depth; `nil` for anything else.
struct JSONReader {
  private static let depthLimit = 32
  private static let memberLimit = 65_536

  private var place: Int
  private let end: Int

  static func value(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> JSONValue? {
    var reader = JSONReader(place: range.lowerBound, end: range.upperBound)
    guard let value = reader.value(bytes, depth: 0) else { return nil }
    reader.skipBlanks(bytes)
    return reader.place == reader.end ? value : nil
  }

  private mutating func skipBlanks(_ bytes: borrowing Span<UInt8>) {
    while place < end, bytes[place] == 32 || (9...13).contains(bytes[place]) { place += 1 }
  }

  private mutating func accept(_ byte: UInt8, _ bytes: borrowing Span<UInt8>) -> Bool {
    guard place < end, bytes[place] == byte else { return false }
    place += 1
    return true
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue, _ bytes: borrowing Span<UInt8>)
    -> JSONValue?
  {
    guard bytes.matches(word, at: place, end: end) else { return nil }
    place += word.utf8CodeUnitCount
    return value
  }

  private mutating func value(_ bytes: borrowing Span<UInt8>, depth: Int) -> JSONValue? {
    skipBlanks(bytes)
    guard place < end, depth <= Self.depthLimit else { return nil }
    switch bytes[place] {
    case UInt8(ascii: "{"): return object(bytes, depth)
    case UInt8(ascii: "["): return list(bytes, depth)
    case UInt8(ascii: "\""): return text(bytes).map { .text($0) }
    case UInt8(ascii: "t"): return word("true", .bool(true), bytes)
    case UInt8(ascii: "f"): return word("false", .bool(false), bytes)
    case UInt8(ascii: "n"): return word("null", .null, bytes)
    default: return number(bytes)
    }
  }

  private mutating func object(_ bytes: borrowing Span<UInt8>, _ depth: Int) -> JSONValue? {
    place += 1
    var members: [String: JSONValue] = [:]
    skipBlanks(bytes)
    if accept(UInt8(ascii: "}"), bytes) { return .object(members) }
    while members.count < Self.memberLimit {
      skipBlanks(bytes)
      guard place < end, bytes[place] == UInt8(ascii: "\""), let key = text(bytes) else { return nil }
      skipBlanks(bytes)
      guard accept(UInt8(ascii: ":"), bytes), let value = value(bytes, depth: depth + 1) else { return nil }
      members[key] = value
      skipBlanks(bytes)
      if accept(UInt8(ascii: "}"), bytes) { return .object(members) }
      guard accept(UInt8(ascii: ","), bytes) else { return nil }
    }
    return nil
  }

  private mutating func list(_ bytes: borrowing Span<UInt8>, _ depth: Int) -> JSONValue? {
    place += 1
    var items: [JSONValue] = []
    skipBlanks(bytes)
    if accept(UInt8(ascii: "]"), bytes) { return .list(items) }
    while items.count < Self.memberLimit {
      guard let value = value(bytes, depth: depth + 1) else { return nil }
      items.append(value)
      skipBlanks(bytes)
      if accept(UInt8(ascii: "]"), bytes) { return .list(items) }
      guard accept(UInt8(ascii: ","), bytes) else { return nil }
    }
    return nil
  }

  private mutating func number(_ bytes: borrowing Span<UInt8>) -> JSONValue? {
    let start = place
    while place < end, bytes[place] != UInt8(ascii: ","), bytes[place] != UInt8(ascii: "}"),
      bytes[place] != UInt8(ascii: "]"), bytes[place] > 32
    {
      place += 1
    }
    guard place > start, bytes[start] != UInt8(ascii: "+") else { return nil }
    return bytes.finiteDouble(start..<place).map { .number($0) }
  }

  private mutating func text(_ bytes: borrowing Span<UInt8>) -> String? {
    place += 1
    let start = place
    var hasEscapes = false
    while place < end, bytes[place] != UInt8(ascii: "\"") {
      guard bytes[place] >= 32 else { return nil }
      if bytes[place] == UInt8(ascii: "\\") {
        hasEscapes = true
        place += 1
      }
      place += 1
    }
    guard place < end else { return nil }
    defer { place += 1 }
    return hasEscapes ? Self.unescaped(bytes, start..<place) : bytes.text(start..<place)
  }

  private static func unescaped(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> String? {
    var units: [UInt16] = []
    var plain: [UInt8] = []
    var text = ""
    func flush() {
      if !plain.isEmpty { text += String(decoding: plain, as: UTF8.self) }
      if !units.isEmpty { text += String(decoding: units, as: UTF16.self) }
      (plain, units) = ([], [])
    }
    var place = range.lowerBound
    while place < range.upperBound {
      guard bytes[place] == UInt8(ascii: "\\") else {
        if !units.isEmpty { flush() }
        plain.append(bytes[place])
        place += 1
        continue
      }
      guard place + 1 < range.upperBound else { return nil }
      let kind = bytes[place + 1]
      place += 2
      if kind == UInt8(ascii: "u") {
        guard place + 4 <= range.upperBound, let unit = UInt16(bytes.text(place..<place + 4), radix: 16)
        else {
          return nil
        }
        // Halves of a pair have to stay together.
        if !plain.isEmpty { flush() }
        units.append(unit)
        place += 4
        continue
      }
      if !units.isEmpty { flush() }
      switch kind {
      case UInt8(ascii: "n"): plain.append(10)
      case UInt8(ascii: "t"): plain.append(9)
      case UInt8(ascii: "r"): plain.append(13)
      case UInt8(ascii: "b"): plain.append(8)
      case UInt8(ascii: "f"): plain.append(12)
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): plain.append(kind)
      default: return nil
      }
    }
    flush()
    return text
  }
}
