internal import Foundation
internal import InspectionModel

/// A folder that pictures are dropped into. Its calls block: they run on threads that may wait.
struct DropFolder: Sendable {
  let path: String
  let maximumFrameBytes: Int
  /// More files than this make a folder unreadable: somebody has to clear it.
  static let maximumFiles = 20_000

  /// The regular files of the folder.
  func listing() throws(NodeFailure) -> [DroppedFiles.Entry] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path)
    } catch {
      throw NodeFailure(.folderUnreadable, "the folder cannot be listed: \((error as NSError).code)")
    }
    guard names.count <= Self.maximumFiles else {
      throw NodeFailure(.folderUnreadable, "\(names.count) files, at most \(Self.maximumFiles)")
    }
    return names.filter(DroppedFiles.isPictureName).compactMap { name in
      let attributes = try? FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")
      guard let attributes, attributes[.type] as? FileAttributeType == .typeRegular,
        let size = attributes[.size] as? Int, let modified = attributes[.modificationDate] as? Date
      else { return nil }
      let time = Timestamp(nanoseconds: Int64((modified.timeIntervalSince1970 * 1e6).rounded()) * 1000)
      return DroppedFiles.Entry(name: name, byteCount: size, modified: time)
    }
  }

  /// The bytes of a file.
  func read(_ entry: DroppedFiles.Entry) throws(NodeFailure) -> [UInt8] {
    guard entry.byteCount <= maximumFrameBytes else {
      throw NodeFailure(.frameTooLong, "a picture of \(entry.byteCount) bytes, at most \(maximumFrameBytes)")
    }
    guard let handle = FileHandle(forReadingAtPath: "\(path)/\(entry.name)"),
      let data = try? handle.read(upToCount: maximumFrameBytes + 1), data.count <= maximumFrameBytes
    else { throw NodeFailure(.damagedPicture, "a file that cannot be read") }
    return Array(data)
  }
}
