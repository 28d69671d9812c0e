import Foundation
import TestSupport
import Testing

/// `jinxun evaluate` from the outside.
@Suite struct EvaluateCommandTests {
  let root: TemporaryFolder

  init() throws { root = try TemporaryFolder() }

  private func writeManifest(_ rows: [String]) throws {
    let text = (["file,set,fire_smoke,water,road_damage,garbage,vehicles,note"] + rows).joined(
      separator: "\n")
    try FileManager.default.createDirectory(at: root.file("data"), withIntermediateDirectories: true)
    try Data((text + "\n").utf8).write(to: root.file("data/manifest.csv"))
  }

  @Test func figuresAndProposalsAreTold() throws {
    try writeManifest((1...4).map { "SIM_000\($0).JPG,street,\($0 % 2),0,0,,0," })
    for index in 1...4 {
      let name = "SIM_000\(index).JPG"
      try FileManager.default.copyItem(
        at: ProjectFiles.fixture("flights/fixed-camera/\(name)"), to: root.file("data/\(name)"))
    }
    let outcome = try Program.run(
      ["evaluate", "--data", "data", "--threshold-for", "recall=0.95", "--json", "figures.json"], in: root.url
    )
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("hazard") && outcome.output.contains("recall=0.95"))
    let figures = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: root.file("figures.json"))) as? [String: Any])
    #expect(figures["fire_smoke.positives"] as? Double == 2 && figures["answers.usable"] as? Double == 4)
    #expect(figures["threshold.recall=0.95.fire_smoke"] is Double)
  }

  @Test(arguments: [
    (["evaluate", "--data", "none"], 2, "manifest.csv: cannot read it"),
    (["evaluate", "--data", "data"], 2, "none of the 1 pictures could be read"),
    (["evaluate", "--data", "data", "--threshold-for", "precision=1"], 64, "precision=1"),
    (["evaluate", "--data", "data", "--threshold", "2"], 64, "--threshold: expected 0 to 1"),
    (["evaluate", "--data", "data", "--only", "missing.txt"], 2, "--only missing.txt: cannot read it"),
  ]) func wrongInputIsExplained(arguments: [String], status: Int32, message: String) throws {
    try writeManifest(["gone.jpg,street,1,0,0,,0,"])
    let outcome = try Program.run(arguments, in: root.url)
    #expect(outcome.status == status && outcome.errors.contains(message), "\(outcome.errors)")
  }
}
