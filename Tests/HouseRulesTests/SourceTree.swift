import Foundation
import TestSupport

/// The Swift files of the repository as the rules read them.
struct SourceFile {
  /// Path from the repository's top, such as `Sources/Ingest/RecordedFlight.swift`.
  let path: String
  let text: String
  let lines: [Substring]

  /// The target: the folder below `Sources` or `Tests`.
  var target: String { String(path.split(separator: "/")[1]) }
  var isTest: Bool { path.hasPrefix("Tests/") }

  /// Lines without comments and without the contents of string literals on one line: what the compiler acts on.
  var codeLines: [(number: Int, code: String)] {
    var inBlockText = false
    return lines.enumerated().map { index, line in
      let quotes = line.components(separatedBy: "\"\"\"").count - 1
      defer { if quotes % 2 == 1 { inBlockText.toggle() } }
      if inBlockText || quotes > 0 { return (index + 1, "") }
      let withoutText = line.replacing(/"(?:\\.|[^"\\])*"/, with: "\"\"")
      let code = withoutText.split(separator: "//", maxSplits: 1, omittingEmptySubsequences: false)[0]
      return (index + 1, String(code))
    }
  }
}

enum SourceTree {
  /// Every Swift file below `Sources` and `Tests`, sorted by path.
  static let files: [SourceFile] = read("Sources") + read("Tests")

  static let readme = text(of: "README.md")
  static let manifest = text(of: "Package.swift")

  static func text(of path: String) -> String {
    (try? String(contentsOf: ProjectFiles.root.appending(path: path), encoding: .utf8)) ?? ""
  }

  private static func read(_ folder: String) -> [SourceFile] {
    let root = ProjectFiles.root.appending(path: folder)
    let walker = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    let urls = (walker?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
    return urls.map { url in
      let relative = String(url.standardizedFileURL.path.dropFirst(ProjectFiles.root.path.count))
      let path = relative.hasPrefix("/") ? String(relative.dropFirst()) : relative
      let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
      return SourceFile(
        path: path, text: text, lines: text.split(separator: "\n", omittingEmptySubsequences: false))
    }.sorted { $0.path < $1.path }
  }
}
