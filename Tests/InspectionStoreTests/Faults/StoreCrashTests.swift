import Foundation
import Testing

/// The trials that need a process of their own, in small. `StoreCrash storm --kills 100` is the large form.
@Suite(.serialized) struct StoreCrashTests {
  /// Beside the test bundle, where the build puts every product.
  static let program: URL = {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") } ?? Bundle.main
    var folder =
      (bundle.bundlePath.hasSuffix(".xctest") ? bundle.bundleURL : URL(filePath: CommandLine.arguments[0]))
      .deletingLastPathComponent()
    while folder.path != "/",
      !FileManager.default.fileExists(atPath: folder.appending(path: "StoreCrash").path)
    {
      folder.deleteLastPathComponent()
    }
    return folder.appending(path: "StoreCrash")
  }()

  static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Foundation.Process()
    let pipe = Pipe()
    process.executableURL = program
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }

  @Test func killedProgramsLoseNothingAndDoNothingTwice() throws {
    let (status, output) = try Self.run(["storm", "--kills", "5", "--seed", "7"])
    #expect(status == 0, "\(output)")
  }

  @Test func evidenceOnAFullDiskIsRefusedWithoutRemains() throws {
    let (status, output) = try Self.run(["evidence"])
    #expect(status == 0, "\(output)")
  }
}
