import Foundation
import HazardReports
import InspectionModel
import Testing

/// Writes the example record to a folder, for people who change the report and want to look at it:
/// `JINXUN_EXAMPLE_REPORTS=<folder> swift test --filter ExampleReports`. Pictures come from `<folder>/DJI_0001.JPG` ….
@Suite struct ExampleReports {
  private static let folder = ProcessInfo.processInfo.environment["JINXUN_EXAMPLE_REPORTS"]

  @Test(.enabled(if: folder != nil, "set JINXUN_EXAMPLE_REPORTS to a folder"))
  func writeThem() throws {
    let folder = URL(filePath: try #require(Self.folder))
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for language in Language.allCases {
      for format in ExportFormat.allCases {
        let text = try ExampleRecord.whole.text(format, language: language) { observation in
          let picture = folder.appending(path: observation.frame.name)
          guard let data = FileManager.default.contents(atPath: picture.path) else { return nil }
          return EvidenceImage(bytes: Array(data), isAnnotated: false)
        }
        #expect(!text.isEmpty)
        try Data(text.utf8).write(to: folder.appending(path: "\(language.rawValue)-\(format.fileName)"))
      }
    }
  }
}
