internal import Foundation

/// `truth.json`: sorted keys, and long lists with one element a line.
enum TruthText {
  /// - Parameters:
  ///   - head: everything, with the lists left empty.
  ///   - lists: the lists by their keys in the head.
  static func bytes(_ head: some Encodable, lists: [(key: String, elements: [any Encodable])]) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Every value of a truth is a number, a text or a list of them: encoding cannot fail.
    func line(_ value: some Encodable) -> String {
      (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }
    let text = lists.reduce(line(head)) { text, list in
      let lines = list.elements.map { line($0) }.joined(separator: ",\n")
      return text.replacing("\"\(list.key)\":[]", with: "\"\(list.key)\":[\n\(lines)\n]")
    }
    return Array((text + "\n").utf8)
  }
}
