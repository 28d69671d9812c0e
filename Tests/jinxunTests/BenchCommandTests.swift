import Foundation
import TestSupport
import Testing

/// `jinxun bench` answers with one JSON object; how fast it is, is not judged here.
@Suite struct BenchCommandTests {
  static let camera = ProjectFiles.fixture("flights/fixed-camera").path

  let root: TemporaryFolder

  init() throws { root = try TemporaryFolder() }

  private func answer(_ arguments: [String]) throws -> [String: Any] {
    let outcome = try Program.run(["bench"] + arguments, in: root.url)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  @Test(arguments: ["dc", "full"], [1, 2]) func frames(level: String, threads: Int) throws {
    let told = try answer([
      "frames", Self.camera, "--seconds", "0.2", "--threads", "\(threads)", "--level", level,
    ])
    let frames = try #require(told["frames"] as? Double), seconds = try #require(told["seconds"] as? Double)
    let fps = try #require(told["fps"] as? Double), share = try #require(told["analysis_share"] as? Double)
    #expect(frames >= 1 && seconds >= 0.2 && abs(fps * seconds - frames) < 0.01 * frames)
    #expect(told["threads"] as? Int == threads && told["level"] as? String == level)
    #expect(share > 0 && share < 1 && (told["scan_fps"] as? Double ?? 0) >= fps)
    #expect(told["bytes"] as? Int ?? 0 > 0 && told["tier"] is String)
  }

  @Test func fleet() throws {
    let told = try answer(["fleet", Self.camera, "--nodes", "5", "--fps", "4", "--seconds", "1"])
    #expect(told["frames"] as? Int == 20 && told["nodes"] as? Int == 5 && told["fps"] as? Double == 4)
    #expect(told["late"] is Int && told["cpu_share"] is Double && told["full_looks"] is Int)
  }

  @Test func telemetry() throws {
    let log = ProjectFiles.fixture("flights/subtitled/SIM_FLIGHT.SRT").path
    let told = try answer(["telemetry", log, "--seconds", "0.1"])
    let file = try #require((told["files"] as? [[String: Any]])?.first)
    #expect(file["format"] as? String == "djiSubtitles" && file["rounds"] as? Int ?? 0 >= 3)
    #expect(file["megabytes_per_second"] as? Double ?? 0 > 0 && file["samples"] as? Int ?? 0 > 10)
  }

  @Test func kernels() throws {
    let folder = root.file("planes")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (index, name) in ["first", "second", "third"].enumerated() {
      let samples = (0..<40 * 24).map { UInt8(truncatingIfNeeded: $0 * (7 + index)) }
      try (Data("P5\n40 24\n255\n".utf8) + samples).write(to: folder.appending(path: "\(name).pgm"))
    }
    let told = try answer(["kernels", "--seconds", "0.1", "--planes", "planes", "--tile", "8"])
    let planes = try #require(told["planes"] as? [[String: Any]])
    #expect(planes.count == 1 && planes[0]["width_pixels"] as? Int == 40 && planes[0]["tile"] as? Int == 8)
    #expect((planes[0]["kernels"] as? [Any])?.isEmpty == false)
    try Data("P5\n40 25\n255\n".utf8).write(to: folder.appending(path: "third.pgm"))
    let broken = try Program.run(["bench", "kernels", "--planes", "planes"], in: root.url)
    #expect(broken.status == 2 && broken.errors.contains("third.pgm"))
  }

  @Test(arguments: [
    ["frames"], ["frames", "x", "--threads", "0"], ["frames", "x", "--seconds", "0"],
    ["frames", "x", "--level", "deep"], ["fleet", "x", "--nodes", "0"], ["fleet", "x", "--fps", "-1"],
    ["kernels", "--tile", "65"],
  ]) func refusesSenselessOptions(arguments: [String]) throws {
    #expect(try Program.run(["bench"] + arguments, in: root.url).status == 64)
  }

  @Test func namesWhatCannotBeRead() throws {
    let missing = try Program.run(["bench", "frames", "nowhere"], in: root.url)
    #expect(missing.status == 2 && missing.errors.contains("nowhere"))
    try FileManager.default.createDirectory(at: root.file("empty"), withIntermediateDirectories: true)
    let empty = try Program.run(["bench", "fleet", "empty"], in: root.url)
    #expect(empty.status == 2 && empty.errors.contains("expected JPEG files"))
    try Data([0xFF, 0xD8, 0xFF, 0xD9]).write(to: root.file("empty").appending(path: "a.jpg"))
    let broken = try Program.run(["bench", "frames", "empty"], in: root.url)
    #expect(broken.status == 2 && broken.errors.contains("image_truncated"))
  }
}
