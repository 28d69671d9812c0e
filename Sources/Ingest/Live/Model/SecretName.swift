internal import Foundation

/// Where a secret is kept: definitions and logs carry this name, never the value.
package enum SecretName: Sendable, Hashable {
  /// A variable of the program's environment.
  case environment(String)
  /// A file with the secret as its only line.
  case file(String)

  /// The most that a file of a secret may have.
  private static let maximumBytes = 4096

  /// Why a secret cannot be had; tells its name, never a value.
  package struct Unavailable: Error, Hashable, CustomStringConvertible {
    package let description: String
  }

  /// The secret.
  ///
  /// - Throws: `Unavailable` where the variable is not set, the file cannot be read, or the text is empty, too long or
  ///   has control characters (which would end a header line).
  package func read(environment: [String: String]) throws(Unavailable) -> String {
    let text: String
    switch self {
    case .environment(let name):
      guard let value = environment[name] else {
        throw Unavailable(description: "the environment variable \(name) is not set")
      }
      text = value
    case .file(let path):
      guard let handle = FileHandle(forReadingAtPath: path),
        let data = try? handle.read(upToCount: Self.maximumBytes + 1),
        let value = String(validating: data, as: UTF8.self)
      else { throw Unavailable(description: "the file \(path) of a secret cannot be read") }
      text = value.hasSuffix("\n") ? String(value.dropLast()) : value
    }
    let isPrintable = text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    guard !text.isEmpty, text.utf8.count <= Self.maximumBytes, isPrintable else {
      throw Unavailable(description: "\(self): expected one line of printable ASCII, found something else")
    }
    return text
  }
}

extension SecretName: CustomStringConvertible {
  /// `environment variable NAME` or `file PATH`.
  package var description: String {
    switch self {
    case .environment(let name): "environment variable \(name)"
    case .file(let path): "file \(path)"
    }
  }
}
