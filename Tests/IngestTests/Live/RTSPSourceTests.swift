import Foundation
import Glibc
import Ingest
import InspectionModel
import TestSupport
import Testing

/// RTSP nodes, with a program in place of `ffmpeg` that does as the test says.
@Suite struct RTSPSourceTests {
  static func node(credentials: SecretName? = nil) throws -> LiveNode {
    var node = LiveRun.node(.rtsp(try NodeAddress("rtsp://127.0.0.1:8554/s1?channel=1")), period: 0.5)
    node.credentials = credentials
    return node
  }

  static let policy = AddressPolicy(
    schemes: ["rtsp"], ports: [8554], networks: ["127.0.0.1/32"].compactMap { AddressNetwork($0) })

  /// A folder with a program `ffmpeg` that runs the given lines of shell.
  static func folder(_ lines: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let program = folder.file("ffmpeg")
    try Data("#!/bin/sh\ncd \(folder.url.path)\n\(lines)\n".utf8).write(to: program)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
    return folder
  }

  static func path(_ folder: TemporaryFolder) -> String { "\(folder.url.path):/usr/bin:/bin" }

  @Test func picturesOfTheChildAreReadAndItIsGoneAfterwards() async throws {
    let folder = try Self.folder(
      "echo $$ >pid\nfor word; do case $word in */list) cat $word >input;; esac; done\necho \"$@\" >arguments\ncat pictures\nexec sleep 1000"
    )
    let pictures = (0..<4).map { MultipartReaderTests.picture($0, count: 4000) }
    let bytes = pictures.flatMap { MultipartReaderTests.part($0, boundary: "ffmpeg") }
    try Data(bytes).write(to: folder.file("pictures"))
    let outcome = await LiveRun.run(
      [try Self.node(credentials: .environment("CAMERA"))], policy: Self.policy, limits: SourceLimits(),
      environment: ["PATH": Self.path(folder), "CAMERA": "user:p@ss 'word"]
    ) { $0.frames.count == 4 }
    #expect(outcome.frames.map(\.bytes) == pictures)
    let input = try String(contentsOf: folder.file("input"), encoding: .utf8)
    #expect(input.contains("file 'rtsp://user:p%40ss%20%27word@127.0.0.1:8554/s1?channel=1'"))
    let arguments = try String(contentsOf: folder.file("arguments"), encoding: .utf8)
    #expect(!arguments.contains("127.0.0.1") && !arguments.contains("word"))
    let text = try String(contentsOf: folder.file("pid"), encoding: .utf8)
    let pid = try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(kill(pid, 0) == -1)
  }

  @Test func aMissingProgramIsNamedWithItsPackage() async throws {
    let folder = try TemporaryFolder()
    let outcome = await LiveRun.run(
      [try Self.node()], policy: Self.policy, environment: ["PATH": folder.url.path]
    ) { !$0.failures.isEmpty }
    #expect(outcome.failures.first == .decoderMissing)
    #expect("\(outcome.events)".contains("Debian package"))
  }

  @Test func aChildThatEndsOrHangsIsAFailure() async throws {
    for (lines, code) in [("exit 1", NodeFailure.Code.decoderFailed), ("exec sleep 1000", .replyTimeout)] {
      let folder = try Self.folder(lines)
      let outcome = await LiveRun.run(
        [try Self.node()], policy: Self.policy,
        limits: SourceLimits(connectSeconds: 0.2, replySeconds: 0.2), environment: ["PATH": Self.path(folder)]
      ) { !$0.failures.isEmpty }
      #expect(outcome.failures.first == code)
    }
  }
}
