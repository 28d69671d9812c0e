package import Foundation

/// The text of a definition file and where it came from.
package struct DefinitionSource: Sendable, Hashable {
  /// The most that a definition file may have: the largest of this project has 30 KB.
  package static let maximumBytes = 1 << 20

  /// How errors and reports name it.
  package let name: String
  package let text: String

  package init(name: String, text: String) {
    self.name = name
    self.text = text
  }

  /// Reads a file.
  ///
  /// - Throws: where it cannot be opened, is no regular file, is too large or not UTF-8.
  package init(file: URL) throws(DefinitionError) {
    let name = file.relativePath
    let data: Data
    do {
      let values = try file.resourceValues(forKeys: [.isRegularFileKey])
      guard values.isRegularFile == true else {
        throw DefinitionError(file: name, line: nil, message: "expected a file, found something else")
      }
      let handle = try FileHandle(forReadingFrom: file)
      data = try handle.read(upToCount: Self.maximumBytes + 1) ?? Data()
    } catch let error as DefinitionError {
      throw error
    } catch {
      throw DefinitionError(file: name, line: nil, message: "cannot be read: \(error.localizedDescription)")
    }
    try self.init(name: name, bytes: data)
  }

  /// Text from bytes.
  ///
  /// - Throws: for more than `maximumBytes` and for bytes that are not UTF-8.
  package init(name: String, bytes: some Sequence<UInt8>) throws(DefinitionError) {
    let bytes = Array(bytes)
    guard bytes.count <= Self.maximumBytes else {
      throw DefinitionError(
        file: name, line: nil, message: "expected at most \(Self.maximumBytes) bytes, found more")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw DefinitionError(file: name, line: nil, message: "expected UTF-8 text, found other bytes")
    }
    self.init(name: name, text: text)
  }
}
