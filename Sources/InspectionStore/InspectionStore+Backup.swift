package import Foundation
internal import GRDB

extension InspectionStore {
  /// Name of the store's copy inside a backup folder.
  package static let backupName = "store.sqlite"

  /// Copies the store, as it is at one instant, and its evidence into a new folder.
  ///
  /// The folder appears under its name only when it is complete.
  /// - Throws: `already_exists`, or what reading and writing throw.
  package func backUp(to folder: URL) throws {
    let files = FileManager.default
    guard !files.fileExists(atPath: folder.path) else {
      throw StoreError(
        .alreadyExists, subject: folder.path, message: "expected a new folder name, found a file or folder")
    }
    let partial = folder.appendingPathExtension("part")
    do {
      if files.fileExists(atPath: partial.path) { try files.removeItem(at: partial) }
      try files.createDirectory(at: partial, withIntermediateDirectories: true)
      let copy = try DatabaseQueue(path: partial.appending(path: Self.backupName).path)
      try database.backup(to: copy)
      // The copy inherits the write-ahead mode; a backup is one plain file.
      try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
      try copy.close()
      let target = EvidenceFolder(path: partial.appending(path: Self.backupName + ".evidence").path)
      for sha256 in try evidence.hashes() {
        if let bytes = try evidence.bytes(sha256: sha256) { try target.keep(bytes, sha256: sha256) }
      }
      try files.moveItem(at: partial, to: folder)
    } catch let error as DatabaseError {
      throw StoreError(error, subject: folder.path)
    } catch let error as CocoaError {
      throw StoreError(.other, subject: folder.path, message: error.localizedDescription)
    }
  }

  /// Puts a backup back as a new store, after checking the database and every picture's hash.
  ///
  /// - Throws: `already_exists` where the store's path is taken, `corrupt`, `evidence_mismatch`.
  package static func restore(from folder: URL, to path: String) throws {
    let files = FileManager.default
    for taken in [path, path + ".evidence"] where files.fileExists(atPath: taken) {
      throw StoreError(
        .alreadyExists, subject: taken, message: "restoring never overwrites: move it away first")
    }
    let saved = folder.appending(path: backupName)
    guard files.fileExists(atPath: saved.path) else {
      throw StoreError(
        .cannotOpen, subject: folder.path, message: "expected a backup with \(backupName), found none")
    }
    do {
      var configuration = Configuration()
      configuration.readonly = true
      let source = try DatabaseQueue(path: saved.path, configuration: configuration)
      let verdict = try source.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") ?? "no answer" }
      guard verdict == "ok" else { throw StoreError(.corrupt, subject: saved.path, message: verdict) }
      let known = try source.read {
        try String.fetchAll($0, sql: "SELECT sha256 FROM evidence ORDER BY sha256")
      }
      let kept = EvidenceFolder(path: saved.path + ".evidence")
      let target = EvidenceFolder(path: path + ".evidence")
      for sha256 in Set(try kept.hashes()).union(known).sorted() {
        guard let bytes = try kept.bytes(sha256: sha256) else {
          throw StoreError(
            .evidenceMismatch, subject: kept.file(sha256).path, message: "the picture is missing")
        }
        try target.keep(bytes, sha256: sha256)
      }
      let copy = try DatabaseQueue(path: path)
      try source.backup(to: copy)
      try copy.close()
    } catch let error as DatabaseError {
      throw StoreError(error, subject: saved.path)
    }
  }
}
