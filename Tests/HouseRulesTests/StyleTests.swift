import Foundation
import TestSupport
import Testing

/// Sizes, names and constructs that the house allows.
@Suite struct StyleTests {
  @Test func filesAreShort() {
    for file in SourceTree.files {
      let limit = file.isTest ? 500 : 400
      #expect(file.lines.count <= limit + 1, "\(file.path): \(file.lines.count) lines, at most \(limit)")
    }
  }

  @Test func functionsAreShort() {
    for file in SourceTree.files {
      for (name, start, length) in Self.functions(in: file) {
        #expect(length <= 70, "\(file.path):\(start): \(name) has \(length) lines, at most 70")
      }
    }
  }

  /// Functions with their first line and length, by the indentation that the formatter guarantees.
  static func functions(in file: SourceFile) -> [(name: String, start: Int, length: Int)] {
    var found: [(String, Int, Int)] = []
    for (index, line) in file.lines.enumerated() where line.contains("func ") || line.contains("init") {
      guard let match = line.firstMatch(of: /^( *)(?:[@\w()\. ]+ )?(?:func (\S+?)[(<]|(init)[?(<])/),
        !line.contains("//")
      else { continue }
      let indent = match.1.count
      let end = file.lines[index...].firstIndex {
        $0 == Substring(String(repeating: " ", count: indent) + "}")
      }
      guard let end, line.hasSuffix("{") || !line.hasSuffix("}") else { continue }
      let next = file.lines[(index + 1)...].firstIndex {
        !$0.isEmpty && $0.prefix(while: { $0 == " " }).count <= indent
          && !$0.hasPrefix(String(repeating: " ", count: indent) + ")")
      }
      if let next, next < end { continue }
      found.append((String(match.2 ?? match.3 ?? "?"), index + 1, end - index + 1))
    }
    return found
  }

  @Test func theFunctionFinderFindsFunctions() {
    let names = SourceTree.files.filter { $0.path.hasSuffix("Timestamp.swift") }.flatMap {
      Self.functions(in: $0)
    }
    #expect(names.contains { $0.name == "iso8601" && $0.length > 3 })
  }

  @Test func namesAvoidEmptyWords() {
    let word =
      #/\b(?:class|struct|enum|actor|protocol|typealias)\s+(\w*(?:Manager|Helper|Util|Utils|Handler|Processor|Maintainer))\b/#
    for file in SourceTree.files {
      #expect(!file.path.contains("/Utils/") && !file.path.contains("/Helpers/"), "\(file.path): folder name")
      for (number, code) in file.codeLines {
        if let match = code.firstMatch(of: word) { Issue.record("\(file.path):\(number): \(match.1)") }
      }
    }
  }

  static let unsafeTargets: Set<String> = ["FrameMemory", "PixelKernels", "ImageCodecs"]

  @Test func unsafeCodeHasItsPlaceAndItsReason() {
    for file in SourceTree.files where !file.isTest {
      for (number, code) in file.codeLines
      where code.contains(/\bunsafe\b|nonisolated\(unsafe\)|@unchecked Sendable/) {
        #expect(
          Self.unsafeTargets.contains(file.target), "\(file.path):\(number): unsafe code in \(file.target)")
        let above = file.lines[max(0, number - 9)..<number].joined(separator: "\n")
        #expect(above.contains("SAFETY:"), "\(file.path):\(number): no SAFETY line above")
      }
    }
  }

  @Test func onlyTheCommandLinePrints() {
    for file in SourceTree.files where !file.isTest && file.target != "jinxun" {
      for (number, code) in file.codeLines
      where code.contains(/(?:^|[^\w.])(?:print|debugPrint|fputs|puts)\(/) {
        Issue.record("\(file.path):\(number): prints")
      }
    }
  }

  @Test func noLooseTasksAndNoTraps() {
    let banned = #/(?:^|[^\w.])Task(?:\.detached)?\s*\{|\btry!|\bfatalError\(/#
    for file in SourceTree.files where !file.isTest {
      for (number, code) in file.codeLines where code.contains(banned) {
        Issue.record("\(file.path):\(number): \(code.trimmingCharacters(in: .whitespaces))")
      }
    }
  }

  @Test func packageDeclarationsAreDocumented() {
    let declaration =
      #/^ *(?:@\w+(?:\([^)]*\))? )*(?:package|public) (?:final |indirect )*(?:struct|class|enum|actor|protocol) (\w+)/#
    for file in SourceTree.files where !file.isTest {
      for (index, line) in file.lines.enumerated() {
        guard let match = line.firstMatch(of: declaration), index > 0 else { continue }
        var above = index - 1
        while above > 0, file.lines[above].contains(/^ *@/) { above -= 1 }
        #expect(file.lines[above].contains("///"), "\(file.path):\(index + 1): \(match.1) has no doc comment")
      }
    }
  }
}
