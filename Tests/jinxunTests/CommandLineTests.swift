import Foundation
import TestSupport
import Testing

/// The other commands from the outside.
@Suite struct CommandLineTests {
  let root: TemporaryFolder

  init() throws { root = try TemporaryFolder() }

  @Test(arguments: [
    "process", "export", "score", "locate", "telemetry", "simulate", "check", "watch", "bench", "backup",
    "restore", "report",
  ]) func everyCommandHasHelp(command: String) throws {
    let outcome = try Program.run([command, "--help"], in: root.url)
    #expect(outcome.status == 0 && outcome.output.contains("USAGE"))
  }

  @Test func anUnknownCommandIsAUsageError() throws {
    let outcome = try Program.run(["fly"], in: root.url)
    #expect(outcome.status == 64 && outcome.errors.contains("fly"))
  }

  @Test func aStoreIsExportedBackedUpAndRestored() throws {
    let process = try Program.run(
      [
        "process", ProcessCommandTests.flight, "--out", "out", "--pipeline", ProcessCommandTests.pipeline,
        "--store", "a.sqlite", "--now", "2026-11-24T10:00:00+08:00", "--quiet",
      ], in: root.url)
    #expect(process.status == 0, "\(process.errors)")
    #expect(try Program.run(["backup", "--store", "a.sqlite", "--out", "saved"], in: root.url).status == 0)
    #expect(try Program.run(["backup", "--store", "a.sqlite", "--out", "saved"], in: root.url).status == 2)
    #expect(try Program.run(["restore", "--from", "saved", "--store", "b.sqlite"], in: root.url).status == 0)
    for format in ["geojson", "csv", "kml", "jsonl", "html", "run"] {
      let texts = try ["a.sqlite", "b.sqlite"].map { store in
        let outcome = try Program.run(
          [
            "export", "--store", store, "--format", format, "--out", "-", "--pipeline",
            ProcessCommandTests.pipeline,
          ], in: root.url)
        #expect(outcome.status == 0, "\(format): \(outcome.errors)")
        return outcome.output
      }
      #expect(texts[0] == texts[1] && !texts[0].isEmpty, "\(format)")
    }
  }

  @Test func aCameraScenarioIsDrawnIntoANewFolder() throws {
    let command = [
      "simulate", "camera", "--scenario", "dumping", "--out", "camera", "--frames", "4", "--width", "96",
      "--height", "64",
    ]
    let drawn = try Program.run(command, in: root.url)
    #expect(drawn.status == 0, "\(drawn.errors)")
    let names = try FileManager.default.contentsOfDirectory(atPath: root.file("camera").path).sorted()
    #expect(names == (1...4).map { "SIM_00000\($0).JPG" } + ["truth.json"])
    #expect(try Program.run(command, in: root.url).status == 2, "the folder holds files")
    #expect(try Program.run(command + ["--fps", "0"], in: root.url).status == 64)
  }

  @Test func exportFiltersAndRefusesUnknownWords() throws {
    let missing = try Program.run(
      ["export", "--store", "none.sqlite", "--format", "csv", "--out", "-"], in: root.url)
    #expect(missing.status == 2 && missing.errors.contains("none.sqlite"))
    let word = try Program.run(
      ["export", "--store", "none.sqlite", "--format", "csv", "--out", "-", "--hazard", "flood"],
      in: root.url)
    #expect(word.status == 64 && word.errors.contains("flood"))
  }

  @Test func checkPrintsEverySettingAndTellsTheLineOfAMistake() throws {
    let built = try Program.run(["check"], in: root.url)
    #expect(built.status == 0 && built.output.contains("threshold fire_smoke"))
    try Data("governance: x\nworkers: cores\nanalyses: 3\n".utf8).write(to: root.file("wrong.yaml"))
    let wrong = try Program.run(["check", "wrong.yaml"], in: root.url)
    #expect(wrong.status == 2 && wrong.errors.contains("wrong.yaml:3") && wrong.errors.contains("analysis"))
  }
}
