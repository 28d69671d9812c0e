import Foundation
import HazardReports
import InspectionModel
import Testing

@Suite struct JSONTextTests {
  @Test(arguments: HostileText.all)
  func eachObservationIsOneLineForEveryReader(text: String) throws {
    let record = HostileText.record(text)
    let lines = try record.text(.jsonl)
    // Unicode knows more line ends than JSON does.
    let breaks = lines.unicodeScalars.filter {
      "\n\r\u{B}\u{C}\u{85}\u{2028}\u{2029}".unicodeScalars.contains($0)
    }
    #expect(breaks.count == record.observations.count)
    for (line, observation) in zip(lines.split(separator: "\n"), record.observations) {
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(object["key"] as? String == observation.key)
      let frame = try #require(object["frame"] as? [String: Any])
      #expect((frame["name"] as? String).map { Array($0.utf8) } == Array(text.utf8))
      #expect(object["score"] as? Double == observation.score.fraction)
    }
  }

  @Test func observationsKnowTheirIncident() throws {
    let lines = try ExampleRecord.whole.text(.jsonl).split(separator: "\n")
    #expect(lines[0].contains(#""incident":"incident-0001""#))
    #expect(lines[1].contains(#""incident":"incident-0001""#), "the second sighting of the same fire")
  }

  @Test func theRunCountsWhatWasNotLookedAt() throws {
    let data = Data(try ExampleRecord.whole.text(.run).utf8)
    let run = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let counts = try #require(run["counts"] as? [String: Any])
    #expect(counts["frames_found"] as? Int == 300)
    #expect(counts["frames_not_looked_at"] as? Int == 60)
    #expect(counts["frames_faulty"] as? Int == 2)
    #expect(counts["work_orders_open"] as? Int == 5)
    #expect((run["faults"] as? [Any])?.count == 2)
    #expect(run["timing"] is NSNull)
  }

  @Test func membersKeepTheirOrder() {
    let value = JSONValue.object([
      ("b", .integer(1)), ("a", .array([.null, .bool(true), .number(.nan, decimals: 2)])),
    ])
    #expect(value.line == #"{"b":1,"a":[null,true,null]}"#)
    #expect(value.indented == "{\n  \"b\": 1,\n  \"a\": [\n    null,\n    true,\n    null\n  ]\n}")
    #expect(JSONValue.object([]).indented == "{}")
  }
}
