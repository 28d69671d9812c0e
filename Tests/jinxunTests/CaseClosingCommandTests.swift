import Foundation
import TestSupport
import Testing

/// Closing by picture and learning from "not a hazard", from the outside, on pictures that the analyser judges.
@Suite struct CaseClosingCommandTests {
  let root: TemporaryFolder
  private let rules = ProjectFiles.fixture("pipelines/markers.yaml").path

  init() throws { root = try TemporaryFolder() }

  @discardableResult
  private func run(_ arguments: [String], status: Int32 = 0) throws -> Program.Outcome {
    let outcome = try Program.run(arguments, in: root.url)
    #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
    return outcome
  }

  private func advance(
    _ number: String, _ step: String, _ role: String, at time: String, _ more: [String] = [],
    status: Int32 = 0
  ) throws -> String {
    let outcome = try run(
      [
        "cases", "advance", number, step, "--as", role, "--tier", "town_street", "--name", "N", "--store",
        "out/jinxun.sqlite", "--language", "en", "--now", "2026-11-24T\(time):00+08:00", "--pipeline", rules,
      ] + more, status: status)
    return outcome.output + outcome.errors
  }

  private func process(_ flight: String) throws {
    try run([
      "process", ProjectFiles.fixture("flights/\(flight)").path, "--pipeline", rules, "--out", "out", "--now",
      "2026-11-24T10:00:00+08:00", "--quiet",
    ])
  }

  private func number(of hazardClass: String) throws -> String {
    let listed = try run([
      "cases", "list", "--store", "out/jinxun.sqlite", "--class", hazardClass, "--pipeline", rules,
    ])
    return try #require(listed.output.split(separator: " ").first.map(String.init))
  }

  /// Names of pictures that show a hazard, and where it is.
  private func sightings(of hazard: String) throws -> (pictures: Set<String>, place: String) {
    let lines = try String(contentsOf: root.file("out/observations.jsonl"), encoding: .utf8)
    var pictures: Set<String> = [], place = ""
    for line in lines.split(separator: "\n") {
      let value = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      guard value?["hazard"] as? String == hazard, let frame = value?["frame"] as? [String: Any],
        let spot = value?["place"] as? [String: Any]
      else { continue }
      pictures.insert(frame["name"] as? String ?? "")
      place = "\(spot["latitude_deg"] ?? ""),\(spot["longitude_deg"] ?? ""),5"
    }
    return (pictures, place)
  }

  @Test func aCaseClosesOnlyWithAPictureWithoutTheHazard() throws {
    try process("marked")
    let (showing, place) = try sightings(of: "garbage")
    let number = try number(of: "garbage")
    func picture(_ name: String, taken: String, at place: String) -> [String] {
      [
        "--picture", ProjectFiles.fixture("flights/marked/\(name)").path, "--place", place, "--taken",
        "2026-11-24T\(taken):00+08:00",
      ]
    }
    let all = (1...16).map { String(format: "SIM_%04d.JPG", $0) }
    let dirty = try #require(all.last(where: showing.contains))
    let clean = try #require(all.first { !showing.contains($0) })
    _ = try advance(number, "dispatch", "dispatcher", at: "10:05")
    _ = try advance(number, "accept", "handler", at: "10:10")
    _ = try advance(number, "feedback", "handler", at: "11:00", ["--reason", "cleared"])
    let early = try advance(
      number, "check", "checker", at: "11:10", picture(clean, taken: "10:00", at: place), status: 2)
    #expect(early.contains("after the handling began"), "\(early)")
    let far = try advance(
      number, "check", "checker", at: "11:10", picture(clean, taken: "11:00", at: "29.2,106.2,5"), status: 2)
    #expect(far.contains("m away"), "\(far)")
    // A score that stays high sends it back.
    _ = try advance(
      number, "check", "checker", at: "11:10", picture(dirty, taken: "11:00", at: place), status: 0)
    #expect(try advance(number, "note", "checker", at: "11:11", ["--reason", "x"]).contains("returned"))
    _ = try advance(number, "feedback", "handler", at: "12:00", ["--reason", "cleared again"])
    let closed = try advance(
      number, "check", "checker", at: "12:10", picture(clean, taken: "12:05", at: place))
    #expect(closed.contains("checked"), "\(closed)")
    _ = try advance(number, "evaluate", "supervisor", at: "12:30", ["--grade", "4"])
    #expect(
      try advance(number, "reopen", "supervisor", at: "13:00", ["--reason", "it is back"]).contains(
        "registered"))
  }

  /// What a fixed camera took for a hazard raises its threshold at that time of the day, until it is revoked.
  @Test func notAHazardTeachesTheCamera() throws {
    try process("fixed-camera")
    let number = try number(of: "road_damage")
    _ = try advance(number, "notAHazard", "acceptor", at: "10:05", status: 2)
    let ended = try advance(number, "notAHazard", "acceptor", at: "10:05", ["--reason", "a shadow"])
    #expect(ended.contains("void"), "\(ended)")
    let desk = ["--store", "out/jinxun.sqlite", "--language", "en", "--pipeline", rules]
    let lessons = try run(["cases", "lessons"] + desk).output
    #expect(lessons.contains(number) && lessons.contains("fixed-camera"), "\(lessons)")
    let revoked = try run(["cases", "lessons", "--revoke", number, "--reason", "it was a crack"] + desk)
      .output
    #expect(revoked.contains("1 lessons revoked"))
    #expect(!(try run(["cases", "lessons"] + desk).output.contains(number)))
  }
}
