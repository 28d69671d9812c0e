internal import GRDB

/// Why the store could not do what was asked. `code` is a constant word, fit for counting.
package struct StoreError: Error, Sendable, CustomStringConvertible {
  /// The kinds of failure, constant words.
  package enum Code: String, Sendable {
    case cannotOpen = "cannot_open"
    case diskFull = "disk_full"
    /// The disk or the file system failed.
    case io
    case busy
    case corrupt
    case tooNew = "too_new"
    case evidenceMismatch = "evidence_mismatch"
    case alreadyExists = "already_exists"
    case badPageToken = "bad_page_token"
    case other
  }

  package let code: Code
  /// Path of the store or the evidence file.
  package let subject: String
  package let message: String

  package init(_ code: Code, subject: String, message: String) {
    self.code = code
    self.subject = subject
    self.message = message
  }

  /// What an error of SQLite means for the caller.
  init(_ error: DatabaseError, subject: String) {
    let code: Code =
      switch error.resultCode {
      case .SQLITE_FULL: .diskFull
      case .SQLITE_IOERR: .io
      case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
      case .SQLITE_CORRUPT, .SQLITE_NOTADB: .corrupt
      case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM: .cannotOpen
      default: .other
      }
    self.init(code, subject: subject, message: error.message ?? error.resultCode.description)
  }

  package var description: String { "\(subject): \(message) (\(code.rawValue))" }
}
