internal import Foundation

/// The first bytes of a file.
struct FileStart {
  let bytes: [UInt8]
  /// Size of the whole file.
  let byteCount: Int

  var isWhole: Bool { bytes.count == byteCount }

  /// Why a file could not be read.
  struct Failure: Error {
    let reason: String
  }

  /// Reads at most `byteCount` bytes.
  static func read(_ url: URL, byteCount: Int) throws(Failure) -> FileStart {
    do {
      let handle = try FileHandle(forReadingFrom: url)
      defer { try? handle.close() }
      let bytes = [UInt8](try handle.read(upToCount: byteCount) ?? Data())
      let size = Int(clamping: try handle.seekToEnd())
      return FileStart(bytes: bytes, byteCount: max(size, bytes.count))
    } catch {
      throw Failure(reason: reason(of: error))
    }
  }

  /// What an error of the file system says, without the class names around it.
  static func reason(of error: any Error) -> String {
    if let failure = error as? Failure { return failure.reason }
    return (error as NSError).localizedDescription
  }
}
