package import Foundation
package import HazardReports

/// Writes a record's files; each appears under its name only when it is complete.
package struct ExportFiles {
  package let export: RecordExport

  package init(_ export: RecordExport) { self.export = export }

  /// Why a file could not be written.
  package struct Failure: Error, CustomStringConvertible {
    package var path: String
    package var reason: String

    /// `out/report.html: cannot be written: …`
    package var description: String { "\(path): cannot be written: \(reason)" }
  }

  /// The files that a run leaves in its output folder.
  package static let formatsOfARun: [ExportFormat] = [.html, .geojson, .csv, .jsonl, .run]

  /// Writes one file each into a folder, which is made where it is missing.
  ///
  /// - Returns: the names of the files.
  package func write(_ formats: [ExportFormat], into folder: URL) throws(Failure) -> [String] {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure(path: folder.relativePath, reason: (error as NSError).localizedDescription)
    }
    for format in formats { try write(format, to: folder.appending(path: format.fileName)) }
    return formats.map(\.fileName)
  }

  /// Writes one file; what was there before stays until the new one is whole.
  package func write(_ format: ExportFormat, to file: URL) throws(Failure) {
    let folder = file.deletingLastPathComponent()
    let partial = folder.appending(path: ".\(file.lastPathComponent).part")
    do {
      try Data().write(to: partial)
      let handle = try FileHandle(forWritingTo: partial)
      defer { try? handle.close() }
      try export.write(format) { try handle.write(contentsOf: Data($0)) }
      try handle.synchronize()
      // Foundation's replaceItemAt fails on Linux; an atomic write of the mapped file takes the name over safely.
      try Data(contentsOf: partial, options: .alwaysMapped).write(to: file, options: .atomic)
      try FileManager.default.removeItem(at: partial)
    } catch {
      try? FileManager.default.removeItem(at: partial)
      throw Failure(path: file.relativePath, reason: (error as NSError).localizedDescription)
    }
  }
}
