package import Foundation

/// The frames of one camera, read into memory: what benchmarks loop over.
package struct CameraSequence: Sendable {
  /// The folder's name.
  package let name: String
  /// Encoded JPEGs in the order of their names; never empty.
  package let frames: [[UInt8]]

  package init(name: String, frames: [[UInt8]]) {
    precondition(!frames.isEmpty, "a camera has frames")
    self.name = name
    self.frames = frames
  }

  /// Reads the JPEG files of a folder.
  ///
  /// - Throws: `BenchmarkError` for a folder that cannot be read or has no JPEG files.
  package init(folder: URL) throws {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    } catch {
      throw BenchmarkError("\(folder.path): cannot be read: \(error.localizedDescription)")
    }
    let pictures = names.filter { name in
      [".jpg", ".jpeg"].contains { name.lowercased().hasSuffix($0) }
    }.sorted()
    guard !pictures.isEmpty else {
      throw BenchmarkError("\(folder.path): expected JPEG files of one camera, found none")
    }
    self.init(
      name: folder.lastPathComponent,
      frames: try pictures.map { [UInt8](try Data(contentsOf: folder.appending(path: $0))) })
  }

  /// The sequences shared out among threads; too few are cut in two until each thread has one.
  package static func shared(_ sequences: [CameraSequence], among threads: Int) -> [[CameraSequence]] {
    var sequences = sequences
    while sequences.count < threads {
      let longest = sequences.indices.max { sequences[$0].frames.count < sequences[$1].frames.count }!
      let frames = sequences[longest].frames, half = frames.count / 2
      let name = sequences[longest].name
      sequences[longest] = CameraSequence(name: name, frames: half > 0 ? Array(frames[..<half]) : frames)
      sequences.append(CameraSequence(name: name, frames: Array(frames[half...])))
    }
    return (0..<threads).map { thread in
      stride(from: thread, to: sequences.count, by: threads).map { sequences[$0] }
    }
  }
}

/// Why a benchmark could not run.
package struct BenchmarkError: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}
