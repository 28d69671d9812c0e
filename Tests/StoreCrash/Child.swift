import Foundation
import Glibc

/// This program once more, as a process that will be killed.
struct Child {
  let process: Foundation.Process
  let output: URL

  init(_ arguments: [String], output: URL) throws {
    self.output = output
    try Data().write(to: output)
    process = Foundation.Process()
    process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = FileHandle.nullDevice
    try process.run()
  }

  /// Lets it run that long, then kills it; whether it was still running.
  func kill(afterMilliseconds milliseconds: Int) -> Bool {
    usleep(UInt32(milliseconds) * 1000)
    let wasRunning = process.isRunning
    Glibc.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    return wasRunning
  }

  /// The whole lines that it wrote.
  func lines() throws -> [[String]] {
    let text = String(decoding: try Data(contentsOf: output), as: UTF8.self)
    return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      .map { $0.split(separator: " ").map(String.init) }
  }
}
