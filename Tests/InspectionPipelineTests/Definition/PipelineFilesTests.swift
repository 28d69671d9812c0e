import Foundation
import ImageCodecs
import InspectionModel
import InspectionPipeline
import TestSupport
import Testing
import WorkOrders

/// The files of `Pipelines/` as they stand in the repository.
@Suite struct PipelineFilesTests {
  static let folder = ProjectFiles.root.appending(path: "Pipelines", directoryHint: .isDirectory)

  static func governance() throws -> GovernanceFile {
    try GovernanceFile(DefinitionSource(file: folder.appending(path: "governance/jiangjin.yaml")))
  }

  @Test func everyFileOfTheFolderIsEmbeddedByteForByte() throws {
    let walker = FileManager.default.enumerator(atPath: Self.folder.path)
    let paths = (walker?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".yaml") }
    #expect(paths.sorted() == BuiltInPipelines.names.sorted())
    for path in paths {
      let text = try DefinitionSource(file: Self.folder.appending(path: path)).text
      #expect(try BuiltInPipelines.source(path)?.text == text, "\(path) differs from its embedded copy")
    }
    #expect(try BuiltInPipelines.source("other.yaml") == nil)
  }

  @Test func theDefaultPipelineLoads() throws {
    let named = Self.folder.appending(path: PipelineLocator.defaultName).path
    let pipeline = try PipelineLocator(named: named, environment: [:], programFolder: nil).load()
    #expect(pipeline.definition.workers == .cores)
    #expect(pipeline.definition.thresholds.isEmpty)
    #expect(pipeline.definition.decodeLimits == .recorded)
    #expect(pipeline.sources.count == 2)
    let settings = pipeline.effectiveSettings
    #expect(Set(settings.map(\.name)).count == settings.count)
    #expect(pipeline.settingsText.split(separator: "\n").count == settings.count)
  }

  @Test func allClassesTownsAndDepartmentsAreThere() throws {
    let governance = try Self.governance().governance
    #expect(governance.classes.count == 21)
    #expect(governance.towns.count == 30)
    #expect(governance.departments.map(\.id) == (1...38).map { "D\($0 < 10 ? "0" : "")\($0)" })
    #expect(governance.towns.allSatisfy { governance.area.contains($0.position) })
    #expect(governance.attributions.contains { $0.contains("Vonng/adcode") && $0.contains("CC BY 4.0") })
    let local = governance.classes.filter(\.isLocalExtension).map(\.code).sorted()
    #expect(local == ["21001", "21002", "21003", "21004", "21005", "21006"])
  }

  @Test func theLifeOfCasesHasItsRules() throws {
    let governance = try Self.governance().governance
    #expect(governance.classes.filter(\.neverPauses).map(\.key) == ["fire_smoke", "landslide"])
    #expect(
      governance.escalation.map(\.effect) == [.tell, .tell, .supervise(.district), .takeOver(.district)])
    // The district pushes down what goes to towns alone; what endangers life at once is on no list.
    let towns = governance.classes.filter { $0.tiers == [.townStreet] }.map(\.key)
    #expect(governance.caseRules.pushDown[.district] == Set(towns))
    let city = try #require(governance.caseRules.pushDown[.city])
    #expect(city == Set(governance.classes.filter { !$0.neverPauses }.map(\.key)))
    #expect(governance.caseRules.alarms.perHour == [.city: 6, .district: 30, .townStreet: 60])
  }

  /// Names as the press text prints them.
  @Test func theEightCampaignsAreThereAndEveryClassCountsForOne() throws {
    let governance = try Self.governance().governance
    #expect(
      governance.campaigns.map(\.name.zh) == [
        "四化提升", "城市品质更新提升", "交通拥堵保畅", "城市运行除险清患", "城市秩序治理护安", "城市服务惠企便民",
        "城市文明培育实践", "城市社区和谐共建",
      ])
    let counted = Set(governance.campaigns.flatMap(\.classes))
    #expect(counted == Set(governance.classes.map(\.key)))
  }

  /// Counted by hand from the State Council's notice: 365 days, 104 weekend days, and so on.
  @Test func theYear2026HasItsWorkingDays() throws {
    let calendar = try Self.governance().governance.calendar
    let first = try #require(CalendarDay("2026-01-01"))
    let worked = (0..<365).filter { calendar.isWorkingDay(first.advanced(byDays: Int64($0))) }.count
    // 261 weekdays, 19 holidays on weekdays, 6 weekend days worked.
    let weekdaysOff = calendar.holidays.filter { $0.weekday <= 5 }.count
    #expect(calendar.makeUpDays.count == 6)
    #expect(calendar.makeUpDays.allSatisfy { $0.weekday >= 6 })
    #expect(weekdaysOff == 19)
    #expect(worked == 261 - 19 + 6)
  }

  @Test func theLocatorPrefersTheNamedFileThenTheEnvironmentThenTheProgramsFolder() throws {
    let root = FileManager.default.temporaryDirectory.appending(path: "jinxun-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    func plant(_ folder: String, workers: Int) throws -> URL {
      let url = root.appending(path: folder, directoryHint: .isDirectory)
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      let text = try #require(try BuiltInPipelines.source(PipelineLocator.defaultName)).text
      try Data(text.replacing("workers: cores", with: "workers: \(workers)").utf8)
        .write(to: url.appending(path: PipelineLocator.defaultName))
      return url
    }
    let named = try plant("named", workers: 1).appending(path: PipelineLocator.defaultName).path
    let environment = [PipelineLocator.environmentName: try plant("environment", workers: 2).path]
    _ = try plant("program/Pipelines", workers: 3)
    let program = root.appending(path: "program", directoryHint: .isDirectory)
    func workers(_ named: String?, _ environment: [String: String], _ program: URL?) throws
      -> PipelineDefinition.Workers
    {
      try PipelineLocator(named: named, environment: environment, programFolder: program).load()
        .definition.workers
    }
    #expect(try workers(named, environment, program) == .count(1))
    #expect(try workers(nil, environment, program) == .count(2))
    #expect(try workers(nil, [:], program) == .count(3))
    #expect(try workers(nil, [:], nil) == .cores)
    #expect(throws: DefinitionError.self) { try workers(root.appending(path: "no.yaml").path, [:], nil) }
    #expect(throws: DefinitionError.self) {
      try workers(nil, [PipelineLocator.environmentName: root.appending(path: "no").path], nil)
    }
  }

  @Test func filesThatAreNoTextAreRefused() throws {
    let root = FileManager.default.temporaryDirectory.appending(path: "jinxun-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: root) }
    let file = root.appending(path: "a.yaml")
    try Data([0x61, 0xFF, 0xFE]).write(to: file)
    #expect(
      throws: DefinitionError(
        file: file.relativePath, line: nil, message: "expected UTF-8 text, found other bytes")
    ) {
      try DefinitionSource(file: file)
    }
    try Data(count: DefinitionSource.maximumBytes + 1).write(to: file)
    #expect(
      throws: DefinitionError(
        file: file.relativePath, line: nil, message: "expected at most 1048576 bytes, found more")
    ) {
      try DefinitionSource(file: file)
    }
    #expect(
      throws: DefinitionError(
        file: root.relativePath, line: nil, message: "expected a file, found something else")
    ) {
      try DefinitionSource(file: root)
    }
    #expect(throws: DefinitionError.self) { try DefinitionSource(file: URL(filePath: "/dev/zero")) }
  }
}
