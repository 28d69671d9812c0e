internal import Foundation
internal import GRDB

/// The durable memory of an inspection: frames looked at, observations, incidents, work orders, faults.
///
/// SQLite in write-ahead mode, durable on this host when a write returns (`synchronous=FULL`). Evidence pictures
/// lie in the folder `<store>.evidence` beside it. All methods may be called from any task; two processes may
/// share a store. Errors are `StoreError`.
package final class InspectionStore: Sendable {
  /// The store's file.
  package let path: String
  /// Pictures by hash, beside the store.
  package let evidence: EvidenceFolder
  let database: DatabasePool

  /// Opens a store and brings it to the newest schema; makes it where there is none.
  package init(path: String) throws {
    self.path = path
    evidence = EvidenceFolder(path: path + ".evidence")
    var configuration = Configuration()
    configuration.busyMode = .timeout(30)
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA synchronous = FULL")
      try db.execute(sql: "PRAGMA foreign_keys = ON")
      // Deleted bytes are not worth a write of their own; a queue deletes as much as it stores.
      try db.execute(sql: "PRAGMA secure_delete = FAST")
      if !db.configuration.readonly {
        // Keys are hashes: a batch touches as many pages as it has items, and should find them in memory.
        try db.execute(sql: "PRAGMA cache_size = -262144")
        // Pages that many batches write go to the file once (16 MiB between checkpoints).
        try db.execute(sql: "PRAGMA wal_autocheckpoint = 4096")
      }
    }
    database = try Self.open(path, configuration)
  }

  private static let openingAttempts = 5

  /// Opens the database and brings it to the newest schema.
  ///
  /// Another program may change to the write-ahead mode or migrate at the same time. SQLite does not always wait for the
  /// first, and a migration that the other one finished meanwhile fails (and is undone) here: then it is tried again.
  private static func open(_ path: String, _ configuration: Configuration) throws -> DatabasePool {
    var attempt = 1
    while true {
      do {
        let database = try DatabasePool(path: path, configuration: configuration)
        let migrator = Self.migrator
        if try database.read({ try migrator.hasBeenSuperseded($0) }) {
          throw StoreError(
            .tooNew, subject: path, message: "the store was written by a newer version of this program")
        }
        try migrator.migrate(database)
        return database
      } catch let error as DatabaseError
        where attempt < openingAttempts
        && [.SQLITE_BUSY, .SQLITE_ERROR, .SQLITE_CONSTRAINT].contains(error.resultCode)
      {
        attempt += 1
      } catch let error as DatabaseError {
        throw StoreError(error, subject: path)
      }
    }
  }

  /// Opens a store that has to be there already.
  package static func existing(path: String) throws -> InspectionStore {
    guard FileManager.default.fileExists(atPath: path) else {
      throw StoreError(.cannotOpen, subject: path, message: "expected a store, found no file")
    }
    return try InspectionStore(path: path)
  }

  /// Closes the store; further calls fail. Afterwards the store's file alone holds everything, unless another process
  /// has it open.
  package func close() throws {
    do {
      // SQLite empties the write-ahead file when the last connection closes, but that may be one that only reads.
      do {
        try database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
        // Somebody else is reading; the write-ahead file stays and is as durable.
      }
      try database.close()
    } catch let error as DatabaseError {
      throw StoreError(error, subject: path)
    }
  }

  /// Runs a write as one transaction. A cancelled task still writes: what was seen is kept before it stops.
  func write<Result: Sendable>(_ body: @Sendable @escaping (Database) throws -> Result) async throws -> Result
  {
    do {
      return try await withCheckedThrowingContinuation { continuation in
        database.asyncWrite(body) { _, result in continuation.resume(with: result) }
      }
    } catch let error as DatabaseError {
      throw StoreError(error, subject: path)
    }
  }

  /// Runs a read on one snapshot.
  func read<Result: Sendable>(_ body: @Sendable @escaping (Database) throws -> Result) async throws -> Result
  {
    do { return try await database.read(body) } catch let error as DatabaseError {
      throw StoreError(error, subject: path)
    }
  }
}

/// Values as JSON text with sorted keys: the same value gives the same bytes.
enum StoredJSON {
  static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  static func value<Value: Decodable>(_ type: Value.Type, from text: String) throws -> Value {
    try JSONDecoder().decode(type, from: Data(text.utf8))
  }
}
