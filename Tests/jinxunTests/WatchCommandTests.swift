import Foundation
import TestSupport
import Testing

/// `jinxun watch` from the outside.
@Suite struct WatchCommandTests {
  let root: TemporaryFolder

  init() throws { root = try TemporaryFolder() }

  private func lines(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  /// A camera whose picture stands still is told once; every picture has its line.
  @Test func aFrozenCameraIsTold() throws {
    let drawn = try Program.run(
      [
        "simulate", "camera", "--scenario", "still", "--out", "camera", "--frames", "24", "--width", "320",
        "--height", "192", "--fps", "1",
      ], in: root.url)
    #expect(drawn.status == 0, "\(drawn.errors)")
    let folder = root.file("camera")
    let frozen = try Data(contentsOf: folder.appending(path: "SIM_000010.JPG"))
    for index in 11...24 { try frozen.write(to: folder.appending(path: "SIM_0000\(index).JPG")) }
    let outcome = try Program.run(
      ["watch", "camera", "--fps", "1", "--frames", "--start", "2026-11-24T08:00:00+08:00"], in: root.url)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let told = try lines(outcome.output)
    let events = told.filter { $0["event"] != nil }
    #expect(events.count == 1 && events[0]["event"] as? String == "frozen", "\(events)")
    #expect(events.first?["phase"] as? String == "began")
    #expect(events.first?["since"] as? String == "2026-11-24T08:00:09.000+08:00")
    let frames = told.filter { $0["event"] == nil }
    #expect(frames.count == 24 && frames.allSatisfy { $0["motion"] is Double && $0["full_look"] is Bool })
    // The first look comes once a second, but not to a camera that is frozen.
    #expect(frames.first?["first_look"] is [String: Double] && frames.last?["first_look"] is NSNull)
    #expect(frames.map { $0["file"] as? String } == (1...24).map { String(format: "SIM_%06d.JPG", $0) })
    #expect(outcome.errors.contains("24 pictures, 1 events, 0 faulty"))
  }

  /// A broken picture among good ones is a fault; the watch goes on.
  @Test func aBrokenPictureDoesNotStopTheWatch() throws {
    let folder = root.file("camera")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for index in 1...8 {
      let name = String(format: "SIM_%04d.JPG", index)
      let picture = ProjectFiles.fixture("flights/fixed-camera/\(name)")
      try FileManager.default.copyItem(at: picture, to: folder.appending(path: name))
    }
    try Data("no picture".utf8).write(to: folder.appending(path: "SIM_0003.JPG"))
    let outcome = try Program.run(["watch", "camera", "--frames"], in: root.url)
    #expect(outcome.status == 1 && outcome.errors.contains("SIM_0003.JPG"))
    let frames = try lines(outcome.output).filter { $0["event"] == nil }
    #expect(frames.count == 8 && frames[2]["error"] is String && frames[3]["motion"] is Double)
  }

  @Test func refusesWhatIsNoCamera() throws {
    let missing = try Program.run(["watch", "nowhere"], in: root.url)
    #expect(missing.status == 2 && missing.errors.contains("nowhere"))
    #expect(try Program.run(["watch", "nowhere", "--fps", "0"], in: root.url).status == 64)
    #expect(try Program.run(["watch", "nowhere", "--start", "noon"], in: root.url).status == 64)
  }
}
