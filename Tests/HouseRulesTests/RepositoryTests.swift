import Foundation
import TestSupport
import Testing

/// What may lie in the repository.
@Suite struct RepositoryTests {
  @Test func theTopLevelHoldsOnlyWhatIsPrescribed() throws {
    let allowed: Set<String> = [
      "Package.swift", "Sources", "Tests", "Fixtures", "Pipelines", "README.md", "LICENSE",
      "Package.resolved",
    ]
    let found = try FileManager.default.contentsOfDirectory(atPath: ProjectFiles.root.path)
    let odd = found.filter { !$0.hasPrefix(".") && !allowed.contains($0) }
    #expect(odd.isEmpty, "unexpected at the top level: \(odd.sorted())")
  }

  @Test func fixturesAreSmall() {
    let fixtures = ProjectFiles.root.appending(path: "Fixtures")
    let walker = FileManager.default.enumerator(at: fixtures, includingPropertiesForKeys: [.fileSizeKey])
    let sizes = (walker?.compactMap { $0 as? URL } ?? []).map {
      (try? $0.resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0
    }
    #expect(sizes.reduce(0, +) <= 3 << 20, "Fixtures hold \(sizes.reduce(0, +)) bytes, at most 3 MiB")
  }

  @Test func noPathOfOneMachine() {
    let path = #/(?:^|[^\w.])\/(?:home|root|srv|work)\/[a-z]/#
    for file in SourceTree.files {
      for (index, line) in file.lines.enumerated() where line.contains(path) {
        Issue.record("\(file.path):\(index + 1): \(line)")
      }
    }
  }
}
