import FlightLogs
import InspectionModel
import TestSupport
import Testing

/// EXIF tags: what a camera writes comes out, what cannot be true does not.
@Suite struct ExifReaderTests {
  private typealias Entries = [(tag: UInt16, value: TIFFBuilding.Value)]

  private static let place: Entries = TIFFBuilding.position((29, 17, 2450), "N", (106, 15, 1200), "E")

  private func metadata(
    main: Entries = [], exif: Entries = [], gps: Entries = [], bigEndian: Bool = false
  ) throws -> PictureMetadata {
    let reading = try #require(
      PictureBuilding.reading(TIFFBuilding(bigEndian: bigEndian, main: main, exif: exif, gps: gps).bytes()))
    #expect(reading.faults.isEmpty, "\(reading.faults)")
    return reading.metadata
  }

  @Test(arguments: [false, true])
  func everyTagInBothByteOrders(bigEndian: Bool) throws {
    let main: Entries = [
      (0x010F, .text("DJI")), (0x0110, .text("FC300S ")), (0x0112, .short([6])),
      (0x0131, .text("v01.23.4920")), (0x0132, .text("2016:06:23 19:24:55")),
    ]
    let exif: Entries = [
      (0x9003, .text("2016:06:23 16:32:13")), (0x9291, .text("25")), (0x9011, .text("-05:00")),
      (0x920A, .rational([(361, 100)])), (0xA405, .short([20])), (0xA002, .long([4000])),
      (0xA003, .short([2250])), (0xA20E, .rational([(400_000, 617)])), (0xA210, .short([4])),
    ]
    let gps: Entries =
      Self.place + [
        (5, .bytes([0])), (6, .rational([(198_609, 1000)])),
        (7, .rational([(21, 1), (32, 1), (13_500, 1000)])),
        (0x1D, .text("2016:06:23")), (0x1F, .rational([(5, 2)])),
      ]
    let found = try metadata(main: main, exif: exif, gps: gps, bigEndian: bigEndian)
    #expect(found.make == "DJI" && found.model == "FC300S" && found.software == "v01.23.4920")
    #expect(found.orientation == 6)
    #expect(found.modifiedAt == CivilTime(year: 2016, month: 6, day: 23, hour: 19, minute: 24, second: 55))
    #expect(
      found.takenAt
        == CivilTime(
          year: 2016, month: 6, day: 23, hour: 16, minute: 32, second: 13, nanosecond: 250_000_000))
    #expect(found.takenAtOffset == UTCOffset(seconds: -5 * 3600))
    #expect(found.timestamp(assuming: .shanghai)?.iso8601() == "2016-06-23T21:32:13.250Z")
    #expect(found.focalLengthMillimeters == 3.61 && found.focalLength35mmEquivalentMillimeters == 20)
    #expect(found.recordedWidthPixels == 4000 && found.recordedHeightPixels == 2250)
    #expect(abs(found.sensorWidthMillimeters! - 6.17) < 1e-12)
    #expect(abs(found.position!.latitudeDegrees - (29 + 17.0 / 60 + 24.5 / 3600)) < 1e-12)
    #expect(abs(found.position!.longitudeDegrees - (106 + 15.0 / 60 + 12.0 / 3600)) < 1e-12)
    #expect(found.altitudeMetersAMSL == 198.609 && found.horizontalSigmaMeters == 2.5)
    #expect(found.satelliteTime?.iso8601() == "2016-06-23T21:32:13.500Z")
    #expect(found.storedWidthPixels == 640 && found.storedHeightPixels == 480)
  }

  @Test func sensorWidthByEveryUnit() throws {
    // 4000 pixels on 6.17 mm: 648.298… a millimetre.
    for (unit, perUnit) in [(UInt16(2), 16_466.77), (3, 6482.98), (4, 648.298)] {
      let exif: Entries = [
        (0xA002, .long([4000])), (0xA20E, .rational([(UInt32(perUnit * 1000), 1000)])),
        (0xA210, .short([unit])),
      ]
      let width = try #require(try metadata(exif: exif).sensorWidthMillimeters)
      #expect(abs(width - 6.17) < 0.001, "unit \(unit)")
    }
    for exif: Entries in [
      [(0xA002, .long([4000])), (0xA20E, .rational([(648, 1)])), (0xA210, .short([9]))],
      [(0xA20E, .rational([(648, 1)])), (0xA210, .short([4]))],
      [(0xA002, .long([4000])), (0xA20E, .rational([(0, 1)]))],
      [(0xA002, .long([4000])), (0xA20E, .rational([(1, 1000)]))],
    ] {
      #expect(try metadata(exif: exif).sensorWidthMillimeters == nil)
    }
  }

  @Test func hemispheresGiveTheSign() throws {
    for (letters, signs) in [(("N", "E"), (1.0, 1.0)), (("S", "W"), (-1, -1)), (("N", "W"), (1, -1))] {
      let gps = TIFFBuilding.position((46, 50, 3400), letters.0, (91, 59, 3942), letters.1)
      let position = try #require(try metadata(gps: gps).position)
      #expect(position.latitudeDegrees.sign == (signs.0 < 0 ? .minus : .plus))
      #expect(position.longitudeDegrees.sign == (signs.1 < 0 ? .minus : .plus))
    }
    // Without a hemisphere a position could be on the other side of the world.
    for letters in [("", "E"), ("N", ""), ("X", "E"), ("N", "?")] {
      #expect(
        try metadata(gps: TIFFBuilding.position((46, 50, 0), letters.0, (91, 59, 0), letters.1)).position
          == nil)
    }
  }

  @Test func altitudeBelowTheSea() throws {
    for (reference, sign) in [(UInt8(0), 1.0), (1, -1), (2, 1), (3, -1)] {
      let gps = Self.place + [(5, .bytes([reference])), (6, .rational([(405, 10)]))]
      #expect(try metadata(gps: gps).altitudeMetersAMSL == 40.5 * sign)
    }
    #expect(try metadata(gps: Self.place + [(6, .rational([(405, 10)]))]).altitudeMetersAMSL == 40.5)
    #expect(try metadata(gps: Self.place + [(6, .rational([(60_000, 1)]))]).altitudeMetersAMSL == nil)
  }

  /// Zeros before the first fix, and numbers that a receiver keeps after it lost its fix, are no position; nor does
  /// an altitude without a position mean anything.
  @Test func noFixIsNoPosition() throws {
    let altitude: Entries = [(6, .rational([(0, 1)])), (0x1F, .rational([(3, 1)]))]
    for gps: Entries in [
      TIFFBuilding.position((0, 0, 0), "N", (0, 0, 0), "E"), Self.place + [(9, .text("V"))], [],
      TIFFBuilding.position((91, 0, 0), "N", (106, 0, 0), "E"),
      TIFFBuilding.position((29, 60, 0), "N", (106, 0, 0), "E"),
      TIFFBuilding.position((29, 0, 6000), "N", (106, 0, 0), "E"),
      TIFFBuilding.position((29, 0, 0), "N", (181, 0, 0), "E"),
    ] {
      let found = try metadata(gps: gps + altitude)
      #expect(found.position == nil && found.altitudeMetersAMSL == nil && found.horizontalSigmaMeters == nil)
    }
    #expect(try metadata(gps: Self.place + [(9, .text("A"))]).position != nil)
    let equator = try metadata(gps: TIFFBuilding.position((0, 0, 0), "N", (106, 0, 0), "E"))
    #expect(equator.position?.latitudeDegrees == 0)
  }

  @Test func zeroDenominatorsMeanUnknown() throws {
    let gps: Entries = [
      (1, .text("N")), (2, .rational([(29, 1), (17, 1), (0, 0)])), (3, .text("E")),
      (4, .rational([(106, 1), (15, 1), (12, 1)])), (6, .rational([(5, 0)])),
      (7, .rational([(1, 0), (2, 1), (3, 1)])), (0x1D, .text("2016:06:23")), (0x1F, .rational([(0, 0)])),
    ]
    let exif: Entries = [(0x920A, .rational([(0, 0)])), (0xA405, .short([0]))]
    let found = try metadata(exif: exif, gps: gps)
    #expect(found.position == nil && found.altitudeMetersAMSL == nil && found.satelliteTime == nil)
    #expect(found.horizontalSigmaMeters == nil && found.focalLengthMillimeters == nil)
    #expect(found.focalLength35mmEquivalentMillimeters == nil)
  }

  @Test func decimalMinutesAreRead() throws {
    let gps: Entries = [
      (1, .text("S")), (2, .rational([(34, 1), (142_753, 10_000), (0, 1)])), (3, .text("W")),
      (4, .rational([(58, 1), (511_047, 10_000), (0, 1)])),
    ]
    let position = try #require(try metadata(gps: gps).position)
    #expect(abs(position.latitudeDegrees + (34 + 14.2753 / 60)) < 1e-12)
    #expect(abs(position.longitudeDegrees + (58 + 51.1047 / 60)) < 1e-12)
  }

  @Test func timesThatAreNone() throws {
    for text in [
      "", "    :  :     :  :  ", "0000:00:00 00:00:00", "2016:13:01 00:00:00", "2016:02:30 10:00:00",
      "2016:06:23 24:00:00", "2016:06:23", "2016:06:23 16:32", "2016:06:23 16:32:+1", "yesterday",
      "99999999999999999999:06:23 16:32:13",
    ] {
      #expect(try metadata(exif: [(0x9003, .text(text)), (0x9291, .text("5"))]).takenAt == nil, "\(text)")
    }
    for (digits, nanoseconds) in [
      ("5", 500_000_000), ("007", 7_000_000), ("1234567891", 123_456_789), ("x", 0), ("", 0), ("-1", 0),
    ] {
      let exif: Entries = [(0x9003, .text("2016:06:23 16:32:13")), (0x9291, .text(digits))]
      #expect(try metadata(exif: exif).takenAt?.nanosecond == nanoseconds, "'\(digits)'")
    }
  }

  @Test func orientationIsOneToEight() throws {
    for value in UInt16(0)...9 {
      let found = try metadata(main: [(0x0112, .short([value]))]).orientation
      #expect(found == ((1...8).contains(value) ? Int(value) : nil))
    }
  }

  @Test func textsLoseTheirPadding() throws {
    #expect(try metadata(main: [(0x0110, .text("  FC6310 \0\0junk"))]).model == "FC6310")
    #expect(try metadata(main: [(0x0110, .text("   "))]).model == nil)
    let long = String(repeating: "x", count: 5000)
    #expect(try metadata(main: [(0x0131, .text(long))]).software?.count == 256)
    let utf8 = TIFFBuilding.Value.raw(type: 129, count: 7, bytes: Array("大疆\0".utf8))
    #expect(try metadata(main: [(0x010F, utf8)]).make == "大疆")
  }
}
