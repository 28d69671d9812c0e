import FlightLogs
import InspectionModel
import TestSupport
import Testing

/// JPEG segments and PNG chunks: where metadata stands in a file, and what is said about damaged files.
@Suite struct PictureContainerTests {
  private static func tiff(_ model: String, orientation: UInt16 = 1) -> [UInt8] {
    TIFFBuilding(main: [(0x0110, .text(model)), (0x0112, .short([orientation]))]).bytes()
  }

  private static let packet =
    "<a xmlns:drone-dji='http://www.dji.com/drone-dji/1.0/' drone-dji:RelativeAltitude='+40'/>"

  private func read(_ bytes: [UInt8], isWholeFile: Bool = true) throws -> PictureMetadataReader.Reading {
    try #require(PictureMetadataReader.read(bytes, isWholeFile: isWholeFile))
  }

  @Test func otherFilesAreNoPicture() {
    for bytes: [UInt8] in [
      [], [0xFF], [0xFF, 0xD8], [0xFF, 0xD8, 0x00], Array("GIF89a".utf8), [0x89, 0x50, 0x4E],
    ] {
      #expect(PictureMetadataReader.read(bytes, isWholeFile: true) == nil)
      #expect(PictureMetadataReader.format(of: bytes) == nil)
    }
    #expect(PictureMetadataReader.format(of: PictureBuilding.jpeg()) == .jpeg)
    #expect(PictureMetadataReader.format(of: PictureBuilding.png()) == .png)
  }

  @Test func segmentsInAnyOrderAndNumber() throws {
    let exif = JPEGWriting.exif(Self.tiff("camera"))
    let xmp = JPEGWriting.xmp(Self.packet)
    let comment = JPEGWriting.segment(0xFE, Array("Exif\0\0II*\0".utf8))
    let jfif = JPEGWriting.segment(0xE0, Array("JFIF\0".utf8) + [1, 2, 0, 0, 1, 0, 1, 0, 0])
    let fill: [UInt8] = [0xFF, 0xFF, 0xFF]
    for segments in [
      [exif, xmp], [xmp, exif], [jfif, comment, fill, exif, fill, xmp], [comment, xmp, fill, exif],
    ] {
      let reading = try read(PictureBuilding.jpeg(segments.flatMap { $0 }))
      #expect(reading.faults.isEmpty)
      #expect(reading.metadata.model == "camera" && reading.metadata.heightMetersAboveTakeoff == 40)
      #expect(reading.metadata.storedWidthPixels == 640 && reading.metadata.storedHeightPixels == 480)
    }
  }

  /// Programs append blocks of their own; the camera's stands first.
  @Test func theFirstBlockOfAKindCounts() throws {
    let first = JPEGWriting.exif(Self.tiff("first", orientation: 6))
    let second = JPEGWriting.exif(TIFFBuilding(main: [(0x0112, .short([3]))]).bytes())
    let metadata = try read(PictureBuilding.jpeg(first, second)).metadata
    #expect(metadata.model == "first" && metadata.orientation == 6)
    let chunks = PictureBuilding.png(
      PNGWriting.chunk("eXIf", Self.tiff("first")), PNGWriting.chunk("eXIf", Self.tiff("second")))
    #expect(try read(chunks).metadata.model == "first")
  }

  @Test func pngCarriesBothBlocksInAnyOrder() throws {
    let altitude = TIFFBuilding(
      main: [(0x0110, .text("camera"))],
      gps: TIFFBuilding.position((29, 0, 0), "N", (106, 0, 0), "E") + [(6, .rational([(300, 1)]))])
    let exif = PNGWriting.chunk("eXIf", altitude.bytes())
    let xmp = PictureBuilding.textChunk(
      xmp: "<a xmlns:d=\"http://www.dji.com/drone-dji/1.0/\" d:AbsoluteAltitude=\"+301.5\"/>")
    for chunks in [exif + xmp, xmp + exif] {
      let metadata = try read(PictureBuilding.png(chunks, width: 70_000, height: 3)).metadata
      #expect(metadata.model == "camera" && metadata.position?.latitudeDegrees == 29)
      // XMP states the altitude more precisely, wherever it stands.
      #expect(metadata.altitudeMetersAMSL == 301.5)
      #expect(metadata.storedWidthPixels == 70_000 && metadata.storedHeightPixels == 3)
    }
  }

  @Test func compressedAndForeignTextsAreLeftAlone() throws {
    let body = Array(Self.packet.utf8)
    for name: [UInt8] in [
      Array("XML:com.adobe.xmp\0\u{1}\0\0\0".utf8), Array("Comment\0\0\0\0\0".utf8),
      Array("XML:com.adobe.xmp\0\0\0".utf8),
    ] {
      // The last one lacks the two zeros before its text, so the text itself holds none.
      let chunk = PNGWriting.chunk("iTXt", name + body)
      #expect(try read(PictureBuilding.png(chunk)).metadata.heightMetersAboveTakeoff == nil)
    }
    let zipped = PNGWriting.chunk("zTXt", Array("XML:com.adobe.xmp\0\0".utf8) + body)
    #expect(try read(PictureBuilding.png(zipped)).faults.isEmpty)
  }

  @Test func cutFilesSayWhereUnlessMoreMayFollow() throws {
    let jpeg = PictureBuilding.jpeg(JPEGWriting.exif(Self.tiff("camera")))
    let cut = Array(jpeg.prefix(40))
    let reading = try read(cut)
    #expect(reading.faults.map(\.offset) == [4] && reading.metadata.model == nil)
    #expect(try read(cut, isWholeFile: false).faults.isEmpty)
    let png = PictureBuilding.png(PNGWriting.chunk("eXIf", Self.tiff("camera")))
    // Signature 8, header chunk 25: the cut chunk begins at byte 33.
    let part = Array(png.prefix(60))
    #expect(try read(part).faults.map(\.offset) == [33])
    #expect(try read(part, isWholeFile: false).faults.isEmpty)
    #expect(try read(Array(png.dropLast())).faults.count == 1)
  }

  @Test func damageIsNamedEvenInAFirstPart() throws {
    let exif = JPEGWriting.exif(Self.tiff("camera"))
    for (junk, message) in [
      ([0x41, 0x42], "expected a marker (FF)"), ([0xFF, 0x00, 0, 4, 0, 0], "expected a marker, found FF 00"),
      ([0xFF, 0xE5, 0, 1], "expected a segment length of 2 or more"),
    ] as [([UInt8], String)] {
      let reading = try read(PictureBuilding.jpeg(exif + junk), isWholeFile: false)
      #expect(reading.faults.map(\.message) == [message])
      #expect(reading.metadata.model == "camera")
    }
  }

  @Test func everyPrefixIsReadWithoutTrouble() throws {
    let whole = [
      PictureBuilding.jpeg(JPEGWriting.exif(Self.tiff("camera")), JPEGWriting.xmp(Self.packet)),
      PictureBuilding.png(
        PNGWriting.chunk("eXIf", Self.tiff("camera")), PictureBuilding.textChunk(xmp: Self.packet)),
    ]
    for bytes in whole {
      for count in 8..<bytes.count {
        let metadata = try read(Array(bytes.prefix(count))).metadata
        #expect(metadata.model == nil || metadata.model == "camera", "\(count)")
        #expect(
          metadata.heightMetersAboveTakeoff == nil || metadata.heightMetersAboveTakeoff == 40, "\(count)")
      }
    }
  }
}
