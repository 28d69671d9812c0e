internal import Crypto
package import Foundation

internal import Glibc

/// Pictures that findings rest on, each under its SHA-256: `ab/abcdef….jpg`. A file is complete or not there.
package struct EvidenceFolder: Sendable {
  /// The folder's path.
  package let path: String

  package init(path: String) { self.path = path }

  /// SHA-256 of bytes as lower-case hex.
  package static func sha256(of bytes: Data) -> String {
    SHA256.hash(data: bytes).map { byte in
      let text = String(byte, radix: 16)
      return text.count == 1 ? "0" + text : text
    }.joined()
  }

  /// Keeps bytes under their hash and returns when they are durable; does nothing where they are there.
  ///
  /// - Throws: `StoreError` (`disk_full`, or the system's own words).
  package func keep(_ bytes: Data, sha256: String) throws {
    let target = file(sha256)
    guard !FileManager.default.fileExists(atPath: target.path) else { return }
    let folder = target.deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw StoreError(.cannotOpen, subject: folder.path, message: error.localizedDescription)
    }
    // Written beside and renamed: a reader, or a run after a power loss, sees the whole file or none.
    let partial = folder.appending(path: ".\(sha256).\(UUID().uuidString).part")
    do {
      try Data().write(to: partial)
      let handle = try FileHandle(forWritingTo: partial)
      defer { try? handle.close() }
      try handle.write(contentsOf: bytes)
      try handle.synchronize()
      try FileManager.default.moveItem(at: partial, to: target)
      try Self.synchronize(folder: folder)
    } catch {
      try? FileManager.default.removeItem(at: partial)
      // Another process kept the same picture meanwhile: the bytes are equal by their hash.
      if FileManager.default.fileExists(atPath: target.path) { return }
      throw Self.storeError(error, subject: target.path)
    }
  }

  /// The picture's bytes; `nil` where it is not kept.
  ///
  /// - Throws: `evidence_mismatch` where the bytes are not those of the hash.
  package func bytes(sha256: String) throws -> Data? {
    let file = file(sha256)
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    let bytes: Data
    do { bytes = try Data(contentsOf: file) } catch {
      throw StoreError(.other, subject: file.path, message: error.localizedDescription)
    }
    let found = Self.sha256(of: bytes)
    guard found == sha256 else {
      throw StoreError(
        .evidenceMismatch, subject: file.path, message: "expected SHA-256 \(sha256), found \(found)")
    }
    return bytes
  }

  /// Removes a picture; does nothing where it is not kept.
  package func remove(sha256: String) throws {
    let file = file(sha256)
    guard FileManager.default.fileExists(atPath: file.path) else { return }
    do { try FileManager.default.removeItem(at: file) } catch {
      throw Self.storeError(error, subject: file.path)
    }
  }

  /// Hashes of all kept pictures, sorted.
  package func hashes() throws -> [String] {
    guard let walker = FileManager.default.enumerator(atPath: path) else { return [] }
    return walker.compactMap { ($0 as? String).flatMap(Self.hash(ofFile:)) }.sorted()
  }

  private static func hash(ofFile name: String) -> String? {
    guard let last = name.split(separator: "/").last, last.hasSuffix(".jpg"), last.count == 68 else {
      return nil
    }
    return String(last.dropLast(4))
  }

  /// Where a picture lies; the suffix is for people, its bytes may be those of a PNG.
  package func file(_ sha256: String) -> URL {
    URL(filePath: path).appending(path: String(sha256.prefix(2))).appending(path: sha256 + ".jpg")
  }

  /// Makes the names in a folder durable.
  private static func synchronize(folder: URL) throws {
    guard let handle = FileHandle(forReadingAtPath: folder.path) else { return }
    defer { try? handle.close() }
    try handle.synchronize()
  }

  private static func storeError(_ error: any Error, subject: String) -> StoreError {
    let system = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    let number = (error as NSError).domain == NSPOSIXErrorDomain ? (error as NSError).code : system?.code
    let isFull =
      (error as? CocoaError)?.code == .fileWriteOutOfSpace
      || number.map { [Int(ENOSPC), Int(EDQUOT), Int(EFBIG)].contains($0) } ?? false
    return StoreError(
      isFull ? .diskFull : .other, subject: subject,
      message: isFull ? "no space left for evidence" : error.localizedDescription)
  }
}
