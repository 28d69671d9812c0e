internal import Foundation

/// A small file in a folder of its own that only this user can enter, for as long as it is needed.
struct PrivateFile: Sendable {
  let path: String
  private let folder: URL

  /// Writes the file. Blocks its thread.
  init(_ text: String) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "jinxun-\(UUID().uuidString)")
    // The folder is closed to others before anything is in it.
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    let file = folder.appending(path: "list")
    try Data(text.utf8).write(to: file)
    path = file.path
  }

  /// Removes file and folder; what is gone already is well.
  func remove() { try? FileManager.default.removeItem(at: folder) }
}
