import Foundation
import Testing

/// The built program, run as a person would.
struct Program {
  /// What one run gave.
  struct Outcome {
    var status: Int32
    var output: String
    var errors: String
  }

  /// Beside the test bundle, where the build puts every product.
  static let url: URL = {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") } ?? Bundle.main
    let start =
      bundle.bundlePath.hasSuffix(".xctest") ? bundle.bundleURL : URL(filePath: CommandLine.arguments[0])
    var folder = start.deletingLastPathComponent()
    while folder.path != "/", !FileManager.default.fileExists(atPath: folder.appending(path: "jinxun").path) {
      folder.deleteLastPathComponent()
    }
    return folder.appending(path: "jinxun")
  }()

  /// Starts the program without waiting for it.
  static func start(
    _ arguments: [String], in folder: URL, output: URL? = nil, errors: URL? = nil
  ) throws -> Foundation.Process {
    let process = Foundation.Process()
    process.executableURL = url
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try output.map { try handle($0) } ?? FileHandle.nullDevice
    process.standardError = try errors.map { try handle($0) } ?? FileHandle.nullDevice
    try process.run()
    return process
  }

  /// Runs the program to its end.
  static func run(_ arguments: [String], in folder: URL) throws -> Outcome {
    let name = UUID().uuidString
    let (output, errors) = (folder.appending(path: ".\(name).out"), folder.appending(path: ".\(name).err"))
    let process = try start(arguments, in: folder, output: output, errors: errors)
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus,
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }

  private static func handle(_ file: URL) throws -> FileHandle {
    try Data().write(to: file)
    return try FileHandle(forWritingTo: file)
  }
}
