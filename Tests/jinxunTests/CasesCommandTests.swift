import Foundation
import TestSupport
import Testing

/// A day from observations to closed cases, from the outside.
@Suite struct CasesCommandTests {
  let root: TemporaryFolder

  init() throws { root = try TemporaryFolder() }

  @discardableResult
  private func run(_ arguments: String, status: Int32 = 0) throws -> Program.Outcome {
    let outcome = try Program.run(arguments.split(separator: " ").map(String.init), in: root.url)
    #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
    return outcome
  }

  private func day(seed: Int) throws {
    try run("simulate day --hazards 24 --observations 400 --seed \(seed) --out day")
  }

  private func export(_ store: String, _ format: String) throws -> String {
    try run("export --store \(store) --format \(format) --out -").output
  }

  /// Lines in any order, in parts, doubled, and a file taken twice: the same incidents and cases, byte for byte.
  @Test func theOrderOfLinesDoesNotMatter() throws {
    let seed: UInt64 = 5
    try day(seed: 5)
    try run("import day/observations.jsonl day/looks.jsonl --store a.sqlite --quiet")
    var generator = SeededGenerator(seed: seed)
    let lines = try String(contentsOf: root.file("day/observations.jsonl"), encoding: .utf8)
      .split(separator: "\n")
    let shuffled = (lines + lines.prefix(50)).shuffled(using: &generator).joined(separator: "\n")
    try Data(shuffled.utf8).write(to: root.file("shuffled.jsonl"))
    try run("import day/looks.jsonl shuffled.jsonl --store b.sqlite --quiet")
    let again = try run("import day/observations.jsonl --store b.sqlite --quiet")
    #expect(again.output.contains("0 incidents opened") && again.output.contains("0 cases established"))
    for format in ["geojson", "csv", "jsonl"] {
      #expect(try export("a.sqlite", format) == export("b.sqlite", format), "\(format), seed \(seed)")
    }
  }

  /// Every observation of the day is listed by exactly one incident.
  @Test func everyIncidentListsItsObservations() throws {
    try day(seed: 7)
    try run("import day/observations.jsonl --store a.sqlite --quiet")
    let map = try JSONSerialization.jsonObject(with: Data(try export("a.sqlite", "geojson").utf8))
    let features = try #require((map as? [String: Any])?["features"] as? [[String: Any]])
    let listed = features.flatMap {
      ($0["properties"] as? [String: Any])?["observations"] as? [String] ?? []
    }
    let truth = try JSONSerialization.jsonObject(with: Data(contentsOf: root.file("day/truth.json")))
    let known = try #require((truth as? [String: Any])?["observations"] as? [String: String])
    #expect(listed.count == 400 && Set(listed) == Set(known.keys))
    let cases = try run("cases list --store a.sqlite --json --limit 1000").output.split(separator: "\n")
    #expect(cases.count <= features.count && !cases.isEmpty)
  }

  @Test func badLinesAreToldAndTheRestIsTaken() throws {
    try day(seed: 1)
    let good = try String(contentsOf: root.file("day/observations.jsonl"), encoding: .utf8)
      .split(separator: "\n").prefix(3).joined(separator: "\n")
    let first = String(good.prefix { $0 != "\n" })
    let bad: [String] = [
      "no json", "{}", "{\"key\":\"\(String(repeating: "k", count: 300))\"}",
      first.replacing("2026-11-24T", with: "2036-11-24T"),
      first.replacing("\"sigma_m\":", with: "\"sigma_m\":-"),
    ]
    try Data((bad.joined(separator: "\n") + "\n\n" + good + "\n").utf8).write(to: root.file("some.jsonl"))
    let outcome = try run("import some.jsonl --store a.sqlite --quiet", status: 1)
    #expect(outcome.output.contains("8 lines: 3 observations") && outcome.output.contains("5 refused"))
    for (number, words) in [
      (1, "JSON object"), (2, "the key 'key' is missing"), (4, "in the future"), (5, "place.sigma_m"),
    ] {
      #expect(outcome.errors.contains("some.jsonl: line \(number): "), "\(outcome.errors)")
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
    }
    try run("import none.jsonl --store a.sqlite", status: 2)
  }

  /// The life of a case by the command line: refused where a link is skipped, told of limits, explained, reported.
  @Test func aCaseIsHandled() throws {
    try day(seed: 3)
    try run("import day/observations.jsonl --store a.sqlite --quiet")
    let listed = try run("cases list --store a.sqlite --language en --status registered --limit 1").output
    let number = try #require(listed.split(separator: " ").first.map(String.init))
    let desk = "--store a.sqlite --language en --now 2026-11-26T09:00:00+08:00"
    let skipped = try run(
      "cases advance \(number) accept --as handler --tier district --name N \(desk)", status: 2)
    #expect(skipped.errors.contains("cannot accept in state registered"), "\(skipped.errors)")
    try run("cases advance \(number) dispatch --as dispatcher --tier district --name N \(desk)")
    try run("cases advance \(number) accept --as handler --tier town_street --name N \(desk)")
    try run("cases advance \(number) feedback --as handler --tier town_street --name N --reason done \(desk)")
    let explained = try run("cases explain \(number) \(desk)").output
    #expect(explained.split(separator: "\n").count == 4, "\(explained)")
    let shown = try JSONSerialization.jsonObject(
      with: Data(try run("cases show \(number) \(desk)").output.utf8))
    let events = (shown as? [String: Any])?["events"] as? [[String: Any]]
    #expect(events?.count == 4 && events?.first?["time"] is String)
    #expect(!(try run("cases advance --due \(desk)").output.isEmpty))
    #expect(try run("cases advance --due \(desk)").output.isEmpty, "a limit is told of once")
    try run("cases show 500116-20200101-N-000001 \(desk)", status: 2)
  }

  /// Notices come once, what exceeds the budget in a digest, and nothing is lost.
  @Test func noticesAreHandedOutOnce() throws {
    try day(seed: 2)
    try run("import day/observations.jsonl --store a.sqlite --quiet")
    let cases = try run("cases list --store a.sqlite --limit 1000").output.split(separator: "\n").count
    let told = try run("digest --store a.sqlite --language en").output
    let named = Set(told.matches(of: /500116-\d{8}-[A-Z]-\d{6}/).map { String($0.output) })
    #expect(named.count == cases, "\(told)")
    #expect(try run("digest --store a.sqlite").output.isEmpty)
  }

  /// Other rules are tried on the same day without touching the store.
  @Test func otherRulesAreTried() throws {
    try day(seed: 4)
    try run("import day/observations.jsonl --store a.sqlite --quiet")
    let before = try export("a.sqlite", "csv")
    let rules = try String(
      contentsOf: ProjectFiles.root.appending(path: "Pipelines/governance/jiangjin.yaml"), encoding: .utf8)
    try Data(rules.utf8).write(to: root.file("same.yaml"))
    let same = try run("replay --store a.sqlite --rules same.yaml").output
    #expect(same.contains("differences: 0"), "\(same)")
    let other = rules.replacing(
      "    hazard: garbage\n    class: garbage", with: "    hazard: garbage\n    class: dumping")
    try Data(other.utf8).write(to: root.file("other.yaml"))
    let outcome = try run("replay --store a.sqlite --rules other.yaml").output
    #expect(outcome.contains("class: garbage → dumping"), "\(outcome)")
    #expect(try export("a.sqlite", "csv") == before)
    try run("replay --store a.sqlite --rules none.yaml", status: 2)
  }

  @Test func aReportIsWritten() throws {
    try day(seed: 6)
    try run("import day/observations.jsonl --store a.sqlite --quiet")
    try run(
      "report --daily 2026-11-24 --store a.sqlite --out r --now 2026-11-26T09:00:00+08:00 --language en")
    let table = try Data(contentsOf: root.file("r/statistics.csv"))
    #expect(table.starts(with: [0xEF, 0xBB, 0xBF]))
    #expect(String(decoding: table, as: UTF8.self).contains("garbage"))
    #expect(try String(contentsOf: root.file("r/statistics.html"), encoding: .utf8).contains("<html"))
    try run("report --campaign nothing --period 2026-11-01..2026-11-30 --store a.sqlite --out r", status: 64)
  }
}
