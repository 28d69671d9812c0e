import FlightLogs
import Foundation
import Ingest
import InspectionModel
import InspectionSimulator
import TestSupport
import Testing

/// What a folder holds: pictures, one log, other files, and damage that does not stop the reading.
@Suite struct RecordedFlightTests {
  // MARK: - Which files are pictures

  @Test func picturesStandInTheOrderOfTheirNumbers() throws {
    let bytes = try FlightFolder.picture()
    let names = ["IMG_1.JPG", "IMG_2.JPG", "IMG_9.JPG", "IMG_10.JPG", "IMG_100.JPG"]
    let folder = try FlightFolder(files: names.reversed().map { ($0, bytes) })
    let flight = try folder.read()
    #expect(flight.frames.map(\.name) == names)
    #expect(flight.frames.map(\.sequenceNumber) == [0, 1, 2, 3, 4])
    #expect(flight.frames.allSatisfy { $0.byteCount == bytes.count && $0.url.lastPathComponent == $0.name })
    #expect(flight.name == folder.url.lastPathComponent)
  }

  @Test func contentsDecideAndNotNames() throws {
    let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    let folder = try FlightFolder(files: [
      ("a.JPG", png), ("b.dat", try FlightFolder.picture()), ("notes.txt", Array("hello".utf8)),
      ("empty.csv", []),
    ])
    let flight = try folder.read()
    #expect(flight.frames.map(\.metadata.format) == [.png, .jpeg])
    #expect(flight.ignoredFileNames == ["empty.csv", "notes.txt"])
  }

  @Test func hiddenFilesAndFoldersAreLeftOut() throws {
    let bytes = try FlightFolder.picture()
    let folder = try FlightFolder(files: [("a.JPG", bytes), (".b.JPG", bytes), (".DS_Store", [0, 1])])
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "c.JPG"), withIntermediateDirectories: false)
    let flight = try folder.read()
    #expect(flight.frames.map(\.name) == ["a.JPG"])
    #expect(flight.ignoredFileNames.isEmpty && flight.faults.isEmpty)
  }

  @Test func onlyTheBeginningOfAPictureIsRead() throws {
    let picture = try FlightFolder.picture(.pose)
    let long = picture + [UInt8](repeating: 0, count: RecordedFlight.metadataByteCount)
    let flight = try FlightFolder(files: [("a.JPG", long)]).read()
    #expect(flight.frames[0].byteCount == long.count)
    #expect(flight.frames[0].telemetry?.gimbal != nil && flight.faults.isEmpty)
  }

  // MARK: - Errors

  @Test func foldersThatAreNoFlightAreRefused() throws {
    let empty = try FlightFolder(files: [])
    #expect(throws: RecordedFlightError.noPictures(path: empty.url.path, fileCount: 0)) { try empty.read() }
    let texts = try FlightFolder(files: [("a.txt", [65]), ("b.JPG", [])])
    #expect(throws: RecordedFlightError.noPictures(path: texts.url.path, fileCount: 2)) { try texts.read() }
    let many = try FlightFolder(files: (0..<4).map { ("\($0).txt", []) })
    #expect(throws: RecordedFlightError.tooManyFiles(path: many.url.path, limit: 3)) {
      try many.read { $0.fileLimit = 3 }
    }
    let missing = empty.folder.file("absent")
    let error = #expect(throws: RecordedFlightError.self) { try RecordedFlight.read(folder: missing) }
    guard case .unreadableFolder(let path, let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(path == missing.path && !reason.isEmpty)
    for message in [error!.message, RecordedFlightError.noPictures(path: "x", fileCount: 1).message] {
      #expect(!message.contains("Error") && message.contains(": "))
    }
  }

  @Test func pipesAndFoldersAreNoPictures() throws {
    let root = try TemporaryFolder()
    try Data(FlightFolder.picture()).write(to: root.file("a.jpg"))
    let maker = try Process.run(URL(filePath: "/usr/bin/mkfifo"), arguments: [root.file("b.jpg").path])
    maker.waitUntilExit()
    #expect(maker.terminationStatus == 0)
    try FileManager.default.createDirectory(at: root.file("c.jpg"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(at: root.file("d.jpg"), withDestinationURL: root.file("a.jpg"))
    try FileManager.default.createSymbolicLink(at: root.file("e.jpg"), withDestinationURL: root.file("b.jpg"))
    #expect(try RecordedFlight.read(folder: root.url).frames.map(\.name) == ["a.jpg", "d.jpg"])
  }

  // MARK: - Damage

  /// Every fault of the damaged fixture, with its file and its place.
  @Test func damageIsAFaultWithItsPlace() throws {
    let flight = try RecordedFlight.read(folder: ProjectFiles.fixture("flights/damaged"))
    #expect(flight.frames.map(\.name) == (1...4).map { "SIM_000\($0).JPG" })
    let faults = Set(flight.faults.map { "\($0.code) \($0.subject) \($0.place?.text ?? "-")" })
    #expect(
      faults == [
        "file_mislabelled SIM_9001.JPG byte 0", "file_mislabelled SIM_9002.JPG byte 0",
        "telemetry_damaged SIM_FLIGHT.SRT line 25", "telemetry_damaged SIM_FLIGHT.SRT line 55",
        "telemetry_damaged SIM_FLIGHT.SRT line 283",
      ])
    let truth = try JSONDecoder().decode(
      FlightTruth.self, from: Data(contentsOf: ProjectFiles.fixture("flights/damaged/truth.json")))
    let stated = truth.damages.filter { $0.kind != FlightDamage.missingAttitude.rawValue }
    // The cut picture's tags are whole: its damage shows when it is decoded.
    #expect(
      stated.filter { $0.kind != FlightDamage.truncatedFrame.rawValue }.map(\.file)
        == flight.faults.map(\.subject))
    #expect(flight.frames.allSatisfy { $0.telemetry?.gimbal != nil })
  }

  @Test func tagsThatAreCutAreAFault() throws {
    let whole = try FlightFolder.picture(.pose)
    for length in [3, 30, 200, 600] {
      let flight = try FlightFolder(files: [("a.JPG", Array(whole.prefix(length)))]).read()
      #expect(flight.frames.count == 1, "\(length) bytes")
      let fault = try #require(flight.faults.first, "\(length) bytes")
      #expect(fault.code == "metadata_damaged" && fault.subject == "a.JPG")
      guard case .byte(let offset) = fault.place else {
        Issue.record("\(length) bytes: \(fault)")
        continue
      }
      #expect((0...length).contains(offset))
    }
  }

  @Test func pictureNamesWithoutPicturesAreFaults() throws {
    let picture = try FlightFolder.picture()
    let flight = try FlightFolder(files: [
      ("1.JPG", picture), ("2.jpeg", []), ("3.png", [0x89, 0x50]), ("4.SRT", []),
      ("5.srt", Array("no log".utf8)),
      ("6.txt", []),
    ]).read()
    #expect(flight.faults.map(\.code) == [String](repeating: "file_mislabelled", count: 4))
    #expect(flight.faults.map(\.subject) == ["2.jpeg", "3.png", "4.SRT", "5.srt"])
    #expect(flight.faults.map { $0.message.contains("empty") } == [true, false, true, false])
    #expect(flight.ignoredFileNames == ["6.txt"])
  }

  // MARK: - Logs

  @Test func ofSeveralLogsTheFirstIsUsed() throws {
    let folder = try FlightFolder(FlightFolder.plan { ($0.tags, $0.sidecar) = (.time, .srt) })
    let other = try FlightFolder(FlightFolder.plan { $0.sidecar = .airdata })
    try folder.write("ZZ.csv", other.bytes("SIM_FLIGHT.csv"))
    let flight = try folder.read()
    #expect(flight.sidecar?.fileName == "SIM_FLIGHT.SRT" && flight.sidecar?.log.format == .djiSubtitles)
    #expect(flight.faults.map(\.code) == ["sidecar_surplus"] && flight.faults[0].subject == "ZZ.csv")
    #expect(flight.faults[0].message.contains("SIM_FLIGHT.SRT"))
  }

  @Test func aLogThatCannotBeReadGivesWayToTheNext() throws {
    let folder = try FlightFolder(FlightFolder.plan { ($0.tags, $0.sidecar) = (.time, .srt) })
    try folder.write("AA.SRT", text: "1\n")
    let flight = try folder.read()
    #expect(flight.sidecar?.fileName == "SIM_FLIGHT.SRT")
    #expect(flight.faults.map(\.code) == ["telemetry_unreadable"] && flight.faults[0].subject == "AA.SRT")
  }

  // MARK: - Fixtures

  @Test(arguments: [
    ("marked", 16, TimeSource.exif, true), ("subtitled", 10, .exif, true),
    ("fixed-camera", 10, .nominal, false),
  ])
  func soundFixturesHaveNoFaults(name: String, count: Int, source: TimeSource, hasPose: Bool) throws {
    let flight = try RecordedFlight.read(folder: ProjectFiles.fixture("flights/\(name)"))
    #expect(flight.faults.isEmpty && flight.name == name)
    #expect(flight.frames.count == count && flight.frames.allSatisfy { $0.timeSource == source })
    #expect(flight.frames.allSatisfy { ($0.telemetry?.gimbal != nil) == hasPose })
    #expect(flight.frames.allSatisfy { ($0.telemetryRemark == nil) == hasPose })
    #expect(flight.ignoredFileNames == ["tiepoints.csv", "truth.json"])
  }
}
