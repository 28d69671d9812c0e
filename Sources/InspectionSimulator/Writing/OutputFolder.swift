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
}
