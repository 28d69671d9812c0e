import InspectionPipeline
import TestSupport
import Testing

/// A file of the repository with one place changed, and what the reader says about it.
struct BrokenText: Sendable, CustomTestStringConvertible {
  let path: String
  let original: String
  let replacement: String
  let message: String

  var testDescription: String { message }

  static func pipeline(_ original: String, _ replacement: String, _ message: String) -> BrokenText {
    BrokenText(
      path: "recorded-flight.yaml", original: original, replacement: replacement, message: message)
  }

  static func governance(_ original: String, _ replacement: String, _ message: String) -> BrokenText {
    BrokenText(
      path: "governance/jiangjin.yaml", original: original, replacement: replacement, message: message)
  }
}

@Suite struct BrokenDefinitionTests {
  static let pipelines: [BrokenText] = [
    .pipeline("workers:", "worker:", "unknown key 'worker'; nearest known: 'workers'"),
    .pipeline(
      "workers: cores", "workers: many",
      "workers: expected 'cores' or a whole number from 1 to 256, found 'many'"),
    .pipeline(
      "workers: cores", "workers:", "workers: expected 'cores' or a whole number from 1 to 256, found nothing"
    ),
    .pipeline(
      "workers: cores", "workers: [1]",
      "workers: expected 'cores' or a whole number from 1 to 256, found a list"),
    .pipeline(
      "    water: fitted", "    watter: fitted",
      "analysis.thresholds: unknown key 'watter'; nearest known: 'water'"),
    .pipeline(
      "    water: fitted", "    water: 1.5",
      "analysis.thresholds.water: expected 'fitted' or a number from 0 to 1, found '1.5'"),
    .pipeline(
      "  maximumScans: 50 ", "  maximumScans: 5e1 ",
      "decode.maximumScans: expected a whole number from 1 to 10000, found '5e1'"),
    .pipeline(
      "nominalPeriodSeconds: 1", "nominalPeriodSeconds: 0",
      "nominalPeriodSeconds: expected a number from 0.001 to 86400.0, found '0'"),
    .pipeline("  jpegQuality: 90", "  xyz: 90", "evidence: unknown key 'xyz'"),
    .pipeline(
      "workers: cores", "workers: cores\nworkers: 2",
      "duplicate key 'workers' in the mapping that begins here"),
    .pipeline("workers: cores", "workers: [", "not YAML: did not find expected ',' or ']'"),
    .pipeline(
      "governance: governance/jiangjin.yaml", "governance: ''", "governance: expected text, found ''"),
  ]

  static let governances: [BrokenText] = [
    .governance(
      "  code: \"500116\"", "  code: \"5001166\"", "district.code: expected six digits, found '5001166'"),
    .governance("south: 28.5276", "south: 29.9", "district.box: the box has no inside"),
    .governance(
      "  polygon: []", "  polygon: [\"29.1, 106.1\", \"29.2, 106.1\"]",
      "district.polygon: expected at least three corners, found 2"),
    .governance(
      "[\"09:00-12:30\", ", "[\"14:00-18:00\", ",
      "calendar.officeHours: expected spans of one day, in order and apart"),
    .governance(
      "2026-02-15..2026-02-23", "2026-02-23..2026-02-15",
      "calendar.holidays[1]: expected a day such as 2026-10-01, or two days with '..' between (at most 31 days), found '2026-02-23..2026-02-15'"
    ),
    .governance("- \"2026-01-04\"", "- \"2026-01-03\"", "calendar.makeUpDays: 2026-01-03 is a holiday, too"),
    .governance("{id: D02,", "{id: D01,", "departments[1]: the department 'D01' is defined twice"),
    .governance(
      "code: \"500116002\"", "code: \"500116001\"", "towns[1]: the town '500116001' is defined twice"),
    .governance(
      "hazard: garbage", "hazard: garbages",
      "rules[4].hazard: unknown hazard 'garbages'; nearest known: 'garbage'"),
    .governance(
      "class: waterlogging", "class: waterloging",
      "rules[2].class: unknown class 'waterloging'; nearest known: 'waterlogging'"),
    .governance("when: {time: day}", "when: {time: noon}", "rules[6].when.time: unknown time of day 'noon'"),
    .governance(
      "lead: {department: D13,", "lead: {department: D99,",
      "classes[20].lead.department: unknown department 'D99'; nearest known: 'D09'"),
    .governance(
      "limit: 5 min", "limit: 5 minutes",
      "classes[0].limits[0].limit: expected a limit such as '30 min', '4 working h' or '5 working d', found '5 minutes'"
    ),
    .governance(
      "{kind: local, number: \"21001\"}", "{kind: local, number: \"06020\"}",
      "classes[0].code.number: a local extension begins with 21, found '06020'"),
    .governance(
      "{kind: national, number: \"06013\"}", "{kind: national, number: \"21007\"}",
      "classes[2].code.number: '21007' is no national code: 21 is kept for local extensions"),
    .governance(
      "default: severe", "default: sever",
      "classes[0].severity.default: unknown severity 'sever'; nearest known: 'severe'"),
    .governance(
      "alert: {category: Fire, ", "alert: {category: Fier, ",
      "classes[0].alert.category: unknown CAP category 'Fier'; nearest known: 'Fire'"),
    .governance(
      "  gateSigmas: 4.7", "  gateSigma: 3.0", "fusion: unknown key 'gateSigma'; nearest known: 'gateSigmas'"),
    .governance(
      "gap: 30 d", "gap: 30",
      "fusion.hazards.road_damage.gap: expected a time such as '30 min', '2 h' or '3 d', found '30'"),
    .governance(
      "name: {zh: 道路积水/内涝, en: Waterlogging}", "name: {zh: 道路积水/内涝}",
      "classes[1].name: the key 'en' is missing"),
    .governance(
      "{percent: 150, takeOver: district", "{percent: 100, takeOver: district",
      "escalation[3]: the percent '100' is defined twice"),
    .governance(
      "takeOver: district", "takeOver: districts",
      "escalation[3].takeOver: unknown tier 'districts'; nearest known: 'district'"),
    .governance(
      "takeOver: district", "supervise: district, takeOver: district",
      "escalation[3].takeOver: a tier that takes over does not supervise, too"),
    .governance(
      "    neverPauses: true", "    neverPauses: yes",
      "classes[0].neverPauses: unknown truth value 'yes'"),
    .governance(
      "city: [waterlogging,", "city: [waterloging,",
      "cases.pushDown.city[0]: unknown class 'waterloging'; nearest known: 'waterlogging'"),
    .governance(
      "bandHours: 3", "bandHours: 5",
      "cases.tuning.bandHours: expected a number of hours that divides 24, found '5'"),
    .governance(
      "alwaysFrom: severe", "alwaysFrom: sever",
      "cases.alarms.alwaysFrom: unknown severity 'sever'; nearest known: 'severe'"),
    .governance(
      "key: quality", "key: four-improvements",
      "campaigns[1]: the campaign 'four-improvements' is defined twice"),
    .governance(
      "classes: [congestion, ", "classes: [congestion, congestion, ",
      "campaigns[2].classes[1]: the class 'congestion' is defined twice"),
  ]

  /// The line is that of the changed place; where the mapping around it is meant, the mapping's first line.
  @Test(arguments: pipelines + governances)
  func theMessageNamesFileLinePlaceExpectedAndFound(_ broken: BrokenText) throws {
    let whole = try #require(try BuiltInPipelines.source(broken.path)).text
    let place = try #require(whole.firstRange(of: broken.original), "the file has no '\(broken.original)'")
    let line = whole[..<place.lowerBound].split(separator: "\n", omittingEmptySubsequences: false).count
    let source = DefinitionSource(
      name: "file.yaml", text: whole[..<place.lowerBound] + broken.replacement + whole[place.upperBound...])
    let error = try #require(throws: DefinitionError.self) {
      if broken.path == PipelineLocator.defaultName {
        _ = try PipelineDefinition(source)
      } else {
        _ = try GovernanceFile(source)
      }
    }
    #expect(error.message == broken.message)
    let foundLine = try #require(error.line)
    let isAboutAGroup =
      ["duplicate", "not YAML", "evidence:"].contains { broken.message.hasPrefix($0) }
      || broken.message.contains("holiday, too")
    #expect(isAboutAGroup || foundLine == line, "line \(foundLine), expected \(line)")
    #expect(error.description.hasPrefix("file.yaml:\(foundLine): "))
  }

  @Test func textsThatAreNoMappingAreRefused() {
    func message(_ text: String) -> String? {
      do throws(DefinitionError) {
        _ = try PipelineDefinition(DefinitionSource(name: "f", text: text))
        return nil
      } catch { return error.description }
    }
    #expect(message("") == "f: expected a mapping of keys, found an empty file")
    #expect(message("# nothing\n") == "f: expected a mapping of keys, found an empty file")
    #expect(message("- a\n") == "f:1: expected a mapping of keys, found a list")
    #expect(message("word\n") == "f:1: expected a mapping of keys, found 'word'")
    #expect(message("{}\n") == "f:1: the key 'governance' is missing")
    #expect(message("a: 1\n---\nb: 2\n")?.hasPrefix("f:2: not YAML: ") == true)
    #expect(message(String(repeating: "[", count: 100_000))?.hasPrefix("f:1: not YAML: ") == true)
    #expect(message("governance: &a x\nworkers: *a\n")?.hasPrefix("f:") == true)
  }

  /// Whatever happens to the text, the reader answers with a value or an error, never a crash.
  @Test func mutatedTextsNeverTrap() throws {
    let whole = Array(try #require(try BuiltInPipelines.source("governance/jiangjin.yaml")).text.utf8)
    for seed in 0..<300 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let index = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[index] = UInt8.random(in: 32...126, using: &generator)
        case 1: bytes.removeSubrange(index..<min(bytes.count, index + 20))
        default: bytes.insert(contentsOf: bytes[index..<min(bytes.count, index + 30)], at: index / 2)
        }
      }
      do throws(DefinitionError) {
        _ = try GovernanceFile(DefinitionSource(name: "f", bytes: bytes))
      } catch {
        #expect(!error.message.isEmpty, "seed \(seed)")
      }
    }
  }

  @Test func nearestWordsAreNear() {
    #expect(NearestWord.distance("", "abc") == 3)
    #expect(NearestWord.distance("kitten", "sitting") == 3)
    #expect(NearestWord.distance("limts", "limits") == 1)
    #expect(NearestWord.distance("tiesr", "tiers") == 1)
    #expect(NearestWord.find("xyz", in: ["jpegQuality", "maximumSidePixels"]) == nil)
    #expect(NearestWord.find("a", in: []) == nil)
  }
}
