import Foundation

/// The bytes of one picture file.
enum PictureFile {
  /// Why a file gave no bytes.
  struct Failure: Error {
    /// A constant word for counting.
    var code: String
    var message: String
  }

  /// Reads a whole file.
  ///
  /// - Throws: where it cannot be read, and where it has more than `limit` bytes, before they are read.
  static func read(_ url: URL, limit: Int) throws(Failure) -> [UInt8] {
    do {
      let handle = try FileHandle(forReadingFrom: url)
      defer { try? handle.close() }
      let size = Int(clamping: try handle.seekToEnd())
      guard size <= limit else {
        throw Failure(
          code: "image_too_large", message: "\(size) bytes exceed the limit of \(limit) bytes")
      }
      try handle.seek(toOffset: 0)
      return [UInt8](try handle.read(upToCount: size) ?? Data())
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(
        code: "file_unreadable",
        message: "cannot read the file: \((error as NSError).localizedDescription)")
    }
  }
}
