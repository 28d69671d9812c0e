internal import Foundation
package import ImageCodecs

/// One simulated file, in memory.
package struct SimulatedFile: Sendable, Hashable {
  package var name: String
  package var bytes: [UInt8]
}

/// Why simulated files could not be written.
package enum SimulationWritingError: Error, Sendable {
  case image(ImageError)
  /// The folder exists and holds files.
  case folderNotEmpty(path: String)
  case unwritable(path: String, reason: String)

  /// One plain sentence for a person.
  package var message: String {
    switch self {
    case .image(let error): "a picture could not be encoded: \(error.message)"
    case .folderNotEmpty(let path): "\(path): expected an empty or a new folder"
    case .unwritable(let path, let reason): "\(path): cannot write: \(reason)"
    }
  }
}

/// A folder for simulated files alone.
struct OutputFolder {
  private let url: URL

  /// Makes the folder; throws where it holds files already.
  init(_ url: URL) throws(SimulationWritingError) {
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      guard try FileManager.default.contentsOfDirectory(atPath: url.path).isEmpty else {
        throw SimulationWritingError.folderNotEmpty(path: url.path)
      }
    } catch let error as SimulationWritingError {
      throw error
    } catch {
      throw .unwritable(path: url.path, reason: error.localizedDescription)
    }
    self.url = url
  }

  func write(_ file: SimulatedFile) throws(SimulationWritingError) {
    let url = url.appending(path: file.name)
    do {
      try Data(file.bytes).write(to: url)
    } catch {
      throw .unwritable(path: url.path, reason: error.localizedDescription)
    }
  }
  /// Writes a file that comes in pieces of text, so that a long one never lies in memory as a whole.
  func write(
    _ name: String,
    pieces: (_ write: (String) throws(SimulationWritingError) -> Void) throws(SimulationWritingError) -> Void
  ) throws(SimulationWritingError) {
    let path = url.appending(path: name).path
    func failure(_ reason: String) -> SimulationWritingError { .unwritable(path: path, reason: reason) }
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let file = FileHandle(forWritingAtPath: path)
    else { throw failure("the file cannot be made") }
    var pending = Data()
    func flush() throws(SimulationWritingError) {
      do { try file.write(contentsOf: pending) } catch { throw failure(error.localizedDescription) }
      pending.removeAll(keepingCapacity: true)
    }
    try pieces { (text) throws(SimulationWritingError) in
      pending.append(contentsOf: text.utf8)
      if pending.count >= 1 << 20 { try flush() }
    }
    try flush()
    do { try file.close() } catch { throw failure(error.localizedDescription) }
  }
}
