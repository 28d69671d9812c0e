package import Foundation

/// Where the files of the repository and the data beside it lie.
package enum ProjectFiles {
  /// The repository's top folder.
  package static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// `Fixtures/<path>`.
  package static func fixture(_ path: String) -> URL { root.appending(path: "Fixtures/\(path)") }
}

/// Real data beside the repository, which is not part of it: tests that need it skip where it is absent.
package enum SharedData {
  /// The data folder, or `nil` on machines that do not have it.
  package static let folder: URL? = {
    let url = ProjectFiles.root.deletingLastPathComponent().appending(path: "shared/data")
    return FileManager.default.fileExists(atPath: url.path) ? url : nil
  }()

  /// A file or folder of the real data; `nil` where it is absent. Use with `.enabled(if:)`.
  package static func item(_ path: String) -> URL? {
    guard let url = folder?.appending(path: path), FileManager.default.fileExists(atPath: url.path) else {
      return nil
    }
    return url
  }
}
