import FlightLogs
import InspectionModel
import TestSupport
import Testing

/// EXIF structures that contradict themselves: what is there is read, what is wrong is named, nothing traps.
@Suite struct ExifDamageTests {
  private typealias Entries = [(tag: UInt16, value: TIFFBuilding.Value)]

  private func reading(_ tiff: [UInt8]) throws -> PictureMetadataReader.Reading {
    try #require(PictureBuilding.reading(tiff))
  }

  /// A ring of directories and a directory that is its own child end at once.
  @Test func ringsOfDirectoriesEnd() throws {
    var builder = TIFFBuilding(main: [(0x010F, .text("DJI camera"))])
    builder.directories[1] = [(0x8769, .directory(0)), (0x8825, .directory(1)), (0xA002, .long([4000]))]
    let found = try reading(builder.bytes())
    #expect(found.metadata.make == "DJI camera" && found.metadata.recordedWidthPixels == 4000)
    builder.directories = [[(0x010F, .text("self")), (0x8769, .directory(0)), (0x8825, .directory(0))]]
    #expect(try reading(builder.bytes()).metadata.make == "self")
    // The link to the next directory, which nobody follows, points back to the first.
    var bytes = TIFFBuilding(main: [(0x0112, .short([3]))]).bytes()
    bytes.replaceSubrange(8 + 2 + 36..<8 + 2 + 40, with: [8, 0, 0, 0])
    #expect(try reading(bytes).metadata.orientation == 3)
  }

  @Test func valuesOutsideAreNamedAndLeftOut() throws {
    let main: Entries = [(0x0110, .pointer(type: 2, count: 100, offset: 0xFFFF_FFF0)), (0x0112, .short([8]))]
    let found = try reading(TIFFBuilding(main: main).bytes())
    #expect(found.metadata.model == nil && found.metadata.orientation == 8)
    #expect(
      found.faults.map(\.message) == [
        "the value of tag 0x110 in the first directory lies outside the segment"
      ])
    // The fault's place is the TIFF header: 2 of the start marker, 4 of the segment, 6 of its name.
    #expect(found.faults.first?.offset == 12)
    // Maker notes and thumbnails may point anywhere.
    let other: Entries = [
      (0x927C, .pointer(type: 7, count: .max, offset: 8)), (0x920A, .rational([(361, 100)])),
    ]
    let fine = try reading(TIFFBuilding(exif: other).bytes())
    #expect(fine.faults.isEmpty && fine.metadata.focalLengthMillimeters == 3.61)
  }

  @Test func countsThatOverflowAreRefused() throws {
    for type in UInt16(0)...20 {
      for count in [UInt32.max, 1 << 31, 1 << 29, 1 << 24] {
        let found = try reading(
          TIFFBuilding(main: [(0x010F, .pointer(type: type, count: count, offset: 8))]).bytes())
        #expect(found.metadata.make == nil, "type \(type) count \(count)")
      }
    }
  }

  @Test func directoriesOutsideAreNamed() throws {
    for offset in [UInt32.max, 100_000, 0x7FFF_FFFF] {
      var builder = TIFFBuilding(main: [(0x0112, .short([6]))])
      builder.directories[0] = [
        (0x0112, .short([6])), (0x8769, .long([offset])), (0x8825, .long([offset])),
      ]
      let found = try reading(builder.bytes())
      #expect(found.metadata.orientation == 6)
      #expect(found.faults.map(\.message) == ["the EXIF directory lies outside the segment"])
    }
    let header = Array("II*\0".utf8) + [0xFF, 0xFF, 0xFF, 0x7F]
    #expect(
      try reading(header).faults.map(\.message) == ["the first EXIF directory lies outside the segment"])
  }

  @Test func otherHeadersAreNamed() throws {
    for header in ["", "I", "II*", "II*\0", "II+\0\u{8}\0\0\0", "MM*\0\0\0\0\u{8}", "Exif\0\0II*\0"] {
      #expect(try reading(Array(header.utf8)).faults.map(\.message) == ["expected a TIFF header (II or MM)"])
    }
  }

  @Test func directoryThatPromisesTooMuchIsCut() throws {
    var bytes = TIFFBuilding(main: [(0x0112, .short([6])), (0x010F, .text("DJI"))]).bytes()
    bytes[8] = 0xFF
    bytes[9] = 0xFF
    let found = try reading(bytes)
    #expect(found.metadata.orientation == 6 && found.metadata.make == "DJI")
    #expect(found.faults.count == 1)
  }

  @Test func theFirstOfTwoEntriesCounts() throws {
    let main: Entries = [(0x0112, .short([6])), (0x0112, .short([3]))]
    #expect(try reading(TIFFBuilding(main: main).bytes()).metadata.orientation == 6)
  }

  @Test func valuesOfTheWrongTypeAreLeftOut() throws {
    let main: Entries = [(0x0112, .text("6")), (0x010F, .short([68])), (0x8769, .rational([(8, 1)]))]
    let found = try reading(TIFFBuilding(main: main).bytes())
    #expect(found.metadata.orientation == nil && found.metadata.make == nil && found.faults.isEmpty)
    let gps: Entries = [
      (1, .short([78])), (2, .long([29, 17, 24])), (3, .text("E")), (4, .rational([(106, 1)])),
    ]
    #expect(try reading(TIFFBuilding(gps: gps).bytes()).metadata.position == nil)
  }

  /// Cut anywhere, a structure gives what is there, never something else.
  @Test func everyPrefixGivesAPartOfTheTruth() throws {
    let gps = TIFFBuilding.position((29, 17, 2450), "N", (106, 15, 1200), "E")
    let bytes = TIFFBuilding(
      bigEndian: true, main: [(0x0110, .text("camera")), (0x0112, .short([6]))],
      exif: [(0x9003, .text("2016:06:23 16:32:13"))], gps: gps
    ).bytes()
    let whole = try reading(bytes).metadata
    for count in 0..<bytes.count {
      let part = try reading(Array(bytes.prefix(count))).metadata
      #expect(part.model == nil || part.model == whole.model, "\(count)")
      #expect(part.orientation == nil || part.orientation == whole.orientation, "\(count)")
      #expect(part.takenAt == nil || part.takenAt == whole.takenAt, "\(count)")
      #expect(part.position == nil || part.position == whole.position, "\(count)")
    }
    #expect(whole.position != nil && whole.takenAt != nil)
  }

  @Test func randomDamageNeverTraps() throws {
    let gps = TIFFBuilding.position((29, 17, 2450), "N", (106, 15, 1200), "E")
    let seed = TIFFBuilding(
      main: [(0x0110, .text("camera"))], exif: [(0x9003, .text("2016:06:23 16:32:13"))], gps: gps
    ).bytes()
    var generator = SeededGenerator(seed: 3)
    for round in 0..<5000 {
      var bytes = seed
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
          in: 0...255, using: &generator)
      }
      let found = try reading(bytes).metadata
      if let position = found.position { #expect(position.isPlausible, "round \(round)") }
    }
  }
}
