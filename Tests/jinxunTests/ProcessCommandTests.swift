import Foundation
import InspectionModel
import InspectionStore
import TestSupport
import Testing

/// `jinxun process` from the outside: what it writes, what it says about wrong input, what a kill leaves.
@Suite(.serialized) struct ProcessCommandTests {
  static let pipeline = ProjectFiles.fixture("pipelines/markers.yaml").path
  static let flight = ProjectFiles.fixture("flights/marked").path
  let root: TemporaryFolder

  init() throws { root = try TemporaryFolder() }

  func process(_ arguments: [String]) throws -> Program.Outcome {
    try Program.run(["process", "--pipeline", Self.pipeline, "--language", "en"] + arguments, in: root.url)
  }

  @Test func aRunWritesItsFilesAndASecondOneAddsNothing() throws {
    let first = try process([Self.flight, "--out", "out"])
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output.contains("work orders"))
    #expect(first.output.split(separator: "\n").count <= 24, "a summary fits a screen")
    for name in ["report.html", "incidents.geojson", "work-orders.csv", "observations.jsonl", "run.json"] {
      #expect(FileManager.default.fileExists(atPath: root.file("out/\(name)").path), "\(name)")
    }
    let second = try process([Self.flight, "--out", "out"])
    #expect(second.status == 0 && second.output.contains("Nothing was added"))
  }

  @Test func wrongInputIsNamed() throws {
    let absent = try process(["no-such-flight", "--out", "out"])
    #expect(absent.status == 2 && absent.errors.contains("no-such-flight"))
    #expect(try process(["--out", "out"]).status == 64)
    #expect(try process([Self.flight]).status == 64)
    #expect(try process([Self.flight, "--out", "out", "--workers", "0"]).status == 64)
    let time = try process([Self.flight, "--out", "out", "--now", "yesterday"])
    #expect(time.status == 64 && time.errors.contains("yesterday"))
    try Data("a file".utf8).write(to: root.file("taken"))
    let taken = try process([Self.flight, "--out", "taken"])
    #expect(taken.status == 2 && taken.errors.contains("taken"))
    let store = try process([Self.flight, "--out", "out", "--store", "taken"])
    #expect(store.status == 2 && store.errors.contains("taken"))
    try Data("workers: many\n".utf8).write(to: root.file("wrong.yaml"))
    let wrong = try Program.run(
      ["process", Self.flight, "--out", "out", "--pipeline", "wrong.yaml"], in: root.url)
    #expect(wrong.status == 2 && wrong.errors.contains("wrong.yaml"))
  }

  @Test func aDamagedFlightEndsWithItsFaultsCounted() throws {
    let outcome = try process([ProjectFiles.fixture("flights/damaged").path, "--out", "out"])
    #expect([0, 1].contains(outcome.status), "\(outcome.errors)")
    #expect(outcome.output.contains("faults:"))
  }

  /// Kills runs with SIGKILL and SIGTERM in their middle, again and again, and lets the last one finish.
  @Test func killedRunsLoseNothingAndDoubleNothing() async throws {
    let flight = root.file("long")
    try FileManager.default.createDirectory(at: flight, withIntermediateDirectories: true)
    let camera = ProjectFiles.fixture("flights/fixed-camera")
    let pictures = try FileManager.default.contentsOfDirectory(atPath: camera.path)
      .filter { $0.lowercased().hasSuffix(".jpg") }.sorted()
    for number in 0..<240 {
      let source = camera.appending(path: pictures[number % pictures.count])
      // A comment at the end makes the bytes differ, so that every picture counts.
      let bytes = try Data(contentsOf: source) + Data("picture \(number)".utf8)
      try bytes.write(to: flight.appending(path: "p\(number).jpg"))
    }
    let arguments = { (store: String) in
      [
        "process", flight.path, "--out", "out", "--store", store, "--pipeline", Self.pipeline, "--quiet",
        "--now", "2026-11-24T10:00:00+08:00",
      ]
    }
    #expect(try Program.run(arguments("whole.sqlite"), in: root.url).status == 0)
    for (goal, signal) in [(32, SIGKILL), (96, SIGTERM), (160, SIGKILL)] {
      let process = try Program.start(arguments("killed.sqlite"), in: root.url)
      while process.isRunning, try await frameCount("killed.sqlite") < goal { await Task.yield() }
      kill(process.processIdentifier, signal)
      process.waitUntilExit()
    }
    #expect(try Program.run(arguments("killed.sqlite"), in: root.url).status == 0)
    let whole = try await InspectionStore.existing(path: root.file("whole.sqlite").path).snapshot()
    let killed = try await InspectionStore.existing(path: root.file("killed.sqlite").path).snapshot()
    #expect(whole.observations == killed.observations && !whole.observations.isEmpty)
    #expect(whole.incidents == killed.incidents && whole.workOrders == killed.workOrders)
    #expect(killed.sources.map(\.frameCount) == [240])
  }

  private func frameCount(_ store: String) async throws -> Int {
    let path = root.file(store).path
    guard FileManager.default.fileExists(atPath: path) else { return 0 }
    // While the program makes the store, its tables may not be there yet.
    guard let opened = try? InspectionStore.existing(path: path) else { return 0 }
    defer { try? opened.close() }
    return (try? await opened.snapshot().sources.first?.frameCount) ?? 0
  }
}
