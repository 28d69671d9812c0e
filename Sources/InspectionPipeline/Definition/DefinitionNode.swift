import Yams

/// A value of a definition file that remembers its line and its path of keys.
struct DefinitionNode {
  private let node: Node
  let file: String
  /// Path of keys from the top, such as `classes[2].limits`; empty for the whole file.
  let path: String

  private init(node: Node, file: String, path: String) {
    self.node = node
    self.file = file
    self.path = path
  }

  /// The top of a file.
  ///
  /// - Throws: where the text is not YAML, is empty, or has more than one document or duplicate keys.
  init(_ source: DefinitionSource) throws(DefinitionError) {
    func failure(_ line: Int?, _ message: String) -> DefinitionError {
      DefinitionError(file: source.name, line: line, message: message)
    }
    do {
      // The encoding is given so that Yams does not look for one in the environment.
      guard let node = try Yams.compose(yaml: source.text, .default, .default, .utf8) else {
        throw failure(nil, "expected a mapping of keys, found an empty file")
      }
      self.init(node: node, file: source.name, path: "")
    } catch let error as DefinitionError {
      throw error
    } catch let error as YamlError {
      switch error {
      case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
        .composer(_, let problem, let mark, _):
        throw failure(mark.line, "not YAML: \(problem)")
      case .duplicatedKeysInMapping(let duplicates, let context):
        let names = duplicates.sorted().map { "'\($0)'" }.joined(separator: ", ")
        throw failure(context.mark.line, "duplicate key \(names) in the mapping that begins here")
      default:
        throw failure(nil, "not YAML: \(error)")
      }
    } catch {
      throw failure(nil, "not YAML: \(error)")
    }
  }

  /// An error at this value.
  func error(_ message: String) -> DefinitionError {
    DefinitionError(
      file: file, line: node.mark?.line, message: path.isEmpty ? message : "\(path): \(message)")
  }

  /// `expected …, found …` at this value.
  func error(expected: String) -> DefinitionError { error("expected \(expected), found \(found)") }

  /// An error that names a word of a list as the likely intention.
  func error(unknown what: String, _ word: String, known: [String]) -> DefinitionError {
    let nearest = NearestWord.find(word, in: known)
    return error("unknown \(what) '\(word)'" + (nearest.map { "; nearest known: '\($0)'" } ?? ""))
  }

  /// The entries of a mapping.
  ///
  /// - Throws: for anything else and for a key that is not in `keys`.
  func mapping(_ keys: [String]) throws(DefinitionError) -> DefinitionMapping {
    guard case .mapping(let mapping) = node else { throw error(expected: "a mapping of keys") }
    var values: [String: DefinitionNode] = [:]
    for (key, value) in mapping {
      let keyNode = DefinitionNode(node: key, file: file, path: path)
      guard case .scalar(let scalar) = key else { throw keyNode.error(expected: "a word as key") }
      guard keys.contains(scalar.string) else {
        throw keyNode.error(unknown: "key", scalar.string, known: keys)
      }
      let below = path.isEmpty ? scalar.string : "\(path).\(scalar.string)"
      values[scalar.string] = DefinitionNode(node: value, file: file, path: below)
    }
    return DefinitionMapping(node: self, values: values)
  }

  /// The items of a list.
  func items() throws(DefinitionError) -> [DefinitionNode] {
    guard case .sequence(let sequence) = node else { throw error(expected: "a list") }
    return sequence.enumerated().map { index, node in
      DefinitionNode(node: node, file: file, path: "\(path)[\(index)]")
    }
  }

  /// The items of a list, each read by `read`.
  func items<Item>(
    _ read: (DefinitionNode) throws(DefinitionError) -> Item
  ) throws(DefinitionError) -> [Item] {
    var result: [Item] = []
    for item in try items() { result.append(try read(item)) }
    return result
  }

  /// Text that is not empty.
  func text() throws(DefinitionError) -> String {
    guard case .scalar(let scalar) = node, !scalar.string.isEmpty, scalar.style != .plain || !isNull else {
      throw error(expected: "text")
    }
    return scalar.string
  }

  /// A value that `read` makes of the text; it returns `nil` for anything but `expected`.
  func value<Value>(_ expected: String, _ read: (String) -> Value?) throws(DefinitionError) -> Value {
    guard case .scalar(let scalar) = node, let value = read(scalar.string) else {
      throw error(expected: expected)
    }
    return value
  }

  func integer(in range: ClosedRange<Int>) throws(DefinitionError) -> Int {
    try value("a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
      Int(text).flatMap { range.contains($0) ? $0 : nil }
    }
  }

  func number(in range: ClosedRange<Double>) throws(DefinitionError) -> Double {
    try value("a number from \(range.lowerBound) to \(range.upperBound)") { text in
      Self.decimal(text).flatMap { range.contains($0) ? $0 : nil }
    }
  }

  /// A finite decimal number with a point; `nil` for hexadecimal ones and for words such as `inf`.
  static func decimal(_ text: some StringProtocol) -> Double? {
    let isDecimal = text.utf8.allSatisfy { (48...57).contains($0) || [43, 45, 46, 69, 101].contains($0) }
    guard isDecimal, let value = Double(text), value.isFinite else { return nil }
    return value
  }

  /// One of the raw values of a closed set of words.
  func word<Word: RawRepresentable & CaseIterable>(
    _ what: String, as type: Word.Type = Word.self
  ) throws(DefinitionError) -> Word where Word.RawValue == String {
    let text = try text()
    guard let word = Word(rawValue: text) else {
      throw error(unknown: what, text, known: Word.allCases.map(\.rawValue))
    }
    return word
  }

  /// Whether this is a mapping with that key.
  func hasKey(_ key: String) -> Bool {
    guard case .mapping(let mapping) = node else { return false }
    return mapping.keys.contains { $0.scalar?.string == key }
  }

  /// The text of a scalar, empty for anything else: for what another reader judges.
  var looseText: String {
    guard case .scalar(let scalar) = node else { return "" }
    return scalar.string
  }

  private var isNull: Bool {
    guard case .scalar(let scalar) = node else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  private var found: String {
    switch node {
    case .scalar(let scalar) where scalar.style == .plain && isNull: "nothing"
    case .scalar(let scalar): "'\(scalar.string.prefix(60))'"
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }
}
