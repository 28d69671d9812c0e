import FlightLogs
import InspectionModel
import TestSupport
import Testing

/// `drone-dji` properties in the spellings that cameras and later programs give them.
@Suite struct XMPReaderTests {
  private static let namespace = "http://www.dji.com/drone-dji/1.0/"

  private static let properties = [
    ("AbsoluteAltitude", "+198.61"), ("RelativeAltitude", "+40.10"), ("GimbalRollDegree", "+0.00"),
    ("GimbalYawDegree", "-131.40"), ("GimbalPitchDegree", "-89.90"), ("FlightRollDegree", "-0.80"),
    ("FlightYawDegree", "-129.20"), ("FlightPitchDegree", "+2.30"), ("CalibratedFocalLength", "3666.666504"),
  ]

  private static func asAttributes(
    _ properties: [(String, String)], prefix: String = "drone-dji", quote: String = "\"", equals: String = "="
  ) -> String {
    let all = properties.map { "   \(prefix):\($0.0)\(equals)\(quote)\($0.1)\(quote)\n" }.joined()
    return """
      <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
       <rdf:Description rdf:about="" xmlns:\(prefix)\(equals)\(quote)\(namespace)\(quote)
      \(all)   crs:HasCrop="False"/></rdf:RDF></x:xmpmeta>
      """
  }

  private static func asElements(_ properties: [(String, String)], prefix: String = "drone-dji") -> String {
    let all = properties.map { "  <\(prefix):\($0.0)>\($0.1)</\(prefix):\($0.0)>\n" }.joined()
    return "<rdf:Description rdf:about='' xmlns:\(prefix)='\(namespace)'>\n\(all)</rdf:Description>"
  }

  private func read(_ packet: String) throws -> PictureMetadata {
    let reading = try #require(
      PictureMetadataReader.read(
        PictureBuilding.jpeg(JPEGWriting.xmp(packet)), isWholeFile: true))
    #expect(reading.faults.isEmpty, "\(reading.faults)")
    return reading.metadata
  }

  private func expectAll(_ found: PictureMetadata, _ spelling: String) {
    func radians(_ degrees: Double) -> Double { degrees * .pi / 180 }
    #expect(found.altitudeMetersAMSL == 198.61 && found.heightMetersAboveTakeoff == 40.1, "\(spelling)")
    let gimbal = GimbalPose(
      rollRadians: 0, pitchRadians: radians(-89.9), yawRadians: radians(-131.4))
    #expect(found.gimbal == gimbal, "\(spelling)")
    #expect(found.rollRadians == radians(-0.8) && found.pitchRadians == radians(2.3), "\(spelling)")
    #expect(found.yawRadians == radians(-129.2), "\(spelling)")
    #expect(found.calibratedFocalLengthPixels == 3666.666504, "\(spelling)")
  }

  @Test func attributesAndElementsSayTheSame() throws {
    expectAll(try read(Self.asAttributes(Self.properties)), "attributes")
    expectAll(try read(Self.asAttributes(Self.properties, quote: "'")), "single quotes")
    expectAll(try read(Self.asAttributes(Self.properties, equals: " = ")), "blanks")
    expectAll(try read(Self.asAttributes(Self.properties, prefix: "dji")), "another prefix")
    expectAll(try read(Self.asAttributes(Self.properties, prefix: "ns1", quote: "'", equals: " =\n")), "ns1")
    expectAll(try read(Self.asElements(Self.properties)), "elements")
    expectAll(try read(Self.asElements(Self.properties, prefix: "drone")), "elements, another prefix")
    expectAll(try read(Self.asElements(Self.properties.map { ($0.0, "\n   \($0.1)\n  ") })), "blanks inside")
  }

  @Test func otherNamespacesAreNotRead() throws {
    let found = try read(
      "<x other:GimbalYawDegree=\"+1\" my-drone-dji:RelativeAltitude=\"+2\" "
        + "drone-djix:RelativeAltitude=\"+3\" GimbalPitchDegree=\"+4\"/>")
    #expect(found.gimbal == nil && found.heightMetersAboveTakeoff == nil)
  }

  @Test func theFirstOfTwoCounts() throws {
    let found = try read(Self.asAttributes([("RelativeAltitude", "+40.10"), ("RelativeAltitude", "+9")]))
    #expect(found.heightMetersAboveTakeoff == 40.1)
  }

  @Test func whatIsNoNumberIsAbsent() throws {
    for text in [
      "", " ", "+", "nan", "inf", "0x10", "12,5", "n/a", "1e400", String(repeating: "1", count: 70),
    ] {
      let found = try read(Self.asAttributes([("RelativeAltitude", text), ("GimbalPitchDegree", "-90")]))
      #expect(found.heightMetersAboveTakeoff == nil, "'\(text)'")
      #expect(found.gimbal?.pitchRadians == -Double.pi / 2)
    }
  }

  @Test func whatNoInstrumentShowsIsNamed() throws {
    for (name, value) in [
      ("RelativeAltitude", "+99999"), ("AbsoluteAltitude", "-5000"), ("GimbalYawDegree", "400"),
      ("FlightRollDegree", "-1e9"),
    ] {
      let packet = Self.asElements([(name, value)])
      let reading = try #require(
        PictureMetadataReader.read(PictureBuilding.jpeg(JPEGWriting.xmp(packet)), isWholeFile: true))
      #expect(reading.faults.count == 1 && reading.faults.first?.message.contains(name) == true, "\(name)")
      #expect(
        reading.metadata
          == {
            var empty = PictureMetadata(format: .jpeg)
            (empty.storedWidthPixels, empty.storedHeightPixels) = (640, 480)
            return empty
          }())
    }
  }

  /// EXIF has the position to a centimetre; XMP's is used where EXIF has none, in both spellings of its key.
  @Test func positionWhereExifHasNone() throws {
    for key in ["GpsLongitude", "GpsLongtitude"] {
      let packet = Self.asAttributes([("GpsLatitude", "+29.2900000"), (key, "+106.2500000")])
      #expect(
        try read(packet).position == GeodeticPosition(latitudeDegrees: 29.29, longitudeDegrees: 106.25))
      let gps = TIFFBuilding.position((46, 50, 0), "N", (91, 59, 0), "W")
      let both = PictureBuilding.jpeg(
        JPEGWriting.xmp(packet), JPEGWriting.exif(TIFFBuilding(gps: gps).bytes()))
      let reading = try #require(PictureMetadataReader.read(both, isWholeFile: true))
      #expect(reading.metadata.position?.longitudeDegrees == -(91 + 59.0 / 60))
    }
    let zero = try read(Self.asAttributes([("GpsLatitude", "0.0"), ("GpsLongitude", "+0.0")]))
    #expect(zero.position == nil)
  }

  @Test func accuracyOfTheReceiver() throws {
    let found = try read(Self.asAttributes([("RtkStdLon", "0.03"), ("RtkStdLat", "0.04")]))
    #expect(abs(found.horizontalSigmaMeters! - 0.0353553390593) < 1e-12)
    #expect(
      try read(Self.asAttributes([("RtkStdLon", "0"), ("RtkStdLat", "0.04")])).horizontalSigmaMeters == nil)
  }

  /// Cut anywhere, a packet gives whole values only: half a number is another number.
  @Test(arguments: [true, false])
  func everyPrefixGivesWholeValuesOnly(attributes: Bool) throws {
    let packet = attributes ? Self.asAttributes(Self.properties) : Self.asElements(Self.properties)
    let whole = try read(packet)
    for count in 0...packet.utf8.count {
      let part = try read(String(packet.prefix(count)))
      #expect(part.altitudeMetersAMSL == nil || part.altitudeMetersAMSL == whole.altitudeMetersAMSL)
      #expect(part.gimbal?.yawRadians == nil || part.gimbal?.yawRadians == whole.gimbal?.yawRadians)
      #expect(part.yawRadians == nil || part.yawRadians == whole.yawRadians)
      #expect(
        part.calibratedFocalLengthPixels == nil
          || part.calibratedFocalLengthPixels == whole.calibratedFocalLengthPixels)
    }
  }
}
