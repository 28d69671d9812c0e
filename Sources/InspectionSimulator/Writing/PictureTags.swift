internal import ImageCodecs
internal import InspectionModel

/// The EXIF and XMP segments of one picture, as the aircraft of this project's simulator writes them.
struct PictureTags {
  let pose: CameraPose
  let takenAt: Timestamp
  let widthPixels: Int
  let heightPixels: Int
  let tagging: FlightPlan.PictureTagging
  /// One standard deviation of the recorded horizontal position, centimetres; 0 where the receiver states
  /// none.
  var positionSigmaCentimeters = 0
  var hasAttitude = true
  /// Saved again by a desktop program at this time.
  var savedAgainAt: Timestamp?

  static let make = "JINXUN"
  static let model = "SIM-27"
  static let firmware = "v01.00.0024"
  static let desktopProgram = "Desktop Photo Viewer 10.0.10240.16384"

  /// In the order in which they stand in the file.
  var segments: [ImageEncoder.Segment] {
    switch tagging {
    case .none: []
    case .time: [.exif(tiff: exif)]
    case .pose: [.exif(tiff: exif), .xmp(packet)]
    }
  }

  // MARK: - EXIF

  private var exif: [UInt8] {
    var main = TIFFBuilder.Directory()
    main.text(0x010E, "drawn by jinxun simulate flight")
    main.text(0x010F, Self.make)
    main.text(0x0110, Self.model)
    main.short(0x0112, 1)
    main.rational(0x011A, [(72, 1)])
    main.rational(0x011B, [(72, 1)])
    main.short(0x0128, 2)
    main.text(0x0131, savedAgainAt == nil ? Self.firmware : Self.desktopProgram)
    main.text(0x0132, dateTime(savedAgainAt ?? takenAt))
    return TIFFBuilder.build(
      main: main, exif: cameraDirectory, satellite: tagging == .pose ? satelliteDirectory : nil)
  }

  private var cameraDirectory: TIFFBuilder.Directory {
    var exif = TIFFBuilder.Directory()
    exif.rational(0x829A, [(1, 500)])
    exif.rational(0x829D, [(28, 10)])
    exif.short(0x8827, 100)
    exif.undefined(0x9000, Array("0232".utf8))
    exif.text(0x9003, dateTime(takenAt))
    exif.text(0x9004, dateTime(takenAt))
    exif.text(0x9010, UTCOffset.shanghai.suffix)
    exif.text(0x9011, UTCOffset.shanghai.suffix)
    exif.text(0x9291, padded(takenAt.civil(in: .shanghai).nanosecond / 1_000_000, 3))
    exif.rational(0x920A, [(SimulatedCamera.focalLengthMicrometers, 1000)])
    exif.short(0xA001, 1)
    exif.long(0xA002, widthPixels)
    exif.long(0xA003, heightPixels)
    // Pixels a centimetre of the sensor.
    exif.rational(0xA20E, [(widthPixels * 10_000, SimulatedCamera.sensorWidthMicrometers)])
    exif.rational(0xA20F, [(widthPixels * 10_000, SimulatedCamera.sensorWidthMicrometers)])
    exif.short(0xA210, 3)
    exif.short(0xA405, SimulatedCamera.focalLength35mmEquivalentMillimeters)
    return exif
  }

  private var satelliteDirectory: TIFFBuilder.Directory {
    var satellite = TIFFBuilder.Directory()
    satellite.byte(0, [2, 3, 0, 0])
    satellite.text(1, pose.latitudeMicrodegrees < 0 ? "S" : "N")
    satellite.rational(2, angle(microdegrees: pose.latitudeMicrodegrees))
    satellite.text(3, pose.longitudeMicrodegrees < 0 ? "W" : "E")
    satellite.rational(4, angle(microdegrees: pose.longitudeMicrodegrees))
    let altitude = GroundScene.groundMetersAMSL * 10 + pose.heightDecimeters
    satellite.byte(5, [altitude < 0 ? 1 : 0])
    satellite.rational(6, [(abs(altitude), 10)])
    let utc = takenAt.civil(in: .utc)
    satellite.rational(
      7, [(utc.hour, 1), (utc.minute, 1), (utc.second * 1000 + utc.nanosecond / 1_000_000, 1000)])
    satellite.text(0x12, "WGS-84")
    satellite.text(0x1D, "\(padded(utc.year, 4)):\(padded(utc.month, 2)):\(padded(utc.day, 2))")
    if positionSigmaCentimeters > 0 { satellite.rational(0x1F, [(positionSigmaCentimeters, 100)]) }
    return satellite
  }

  /// Degrees, minutes and seconds; a millionth of a degree is 36 ten-thousandths of a second.
  private func angle(microdegrees: Int) -> [(Int, Int)] {
    let units = abs(microdegrees) * 36
    return [(units / 36_000_000, 1), (units / 600_000 % 60, 1), (units % 600_000, 10_000)]
  }

  private func dateTime(_ instant: Timestamp) -> String {
    let civil = instant.civil(in: .shanghai)
    return "\(padded(civil.year, 4)):\(padded(civil.month, 2)):\(padded(civil.day, 2)) "
      + "\(padded(civil.hour, 2)):\(padded(civil.minute, 2)):\(padded(civil.second, 2))"
  }

  // MARK: - XMP

  /// Attributes as an aircraft writes them; elements where a desktop program saved the picture again.
  private var packet: String {
    let properties = xmpProperties.map { (name: "drone-dji:\($0.name)", value: $0.value) }
    let body =
      if savedAgainAt == nil {
        properties.map { "\n   \($0.name)=\"\($0.value)\"" }.joined() + ">\n"
      } else {
        ">\n" + properties.map { "   <\($0.name)>\($0.value)</\($0.name)>\n" }.joined()
      }
    return "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
      + "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
      + " <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
      + "  <rdf:Description rdf:about=\"\" xmlns:drone-dji=\"http://www.dji.com/drone-dji/1.0/\"" + body
      + "  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>"
  }

  private var xmpProperties: [(name: String, value: String)] {
    let height = pose.heightDecimeters
    var properties = [
      ("AbsoluteAltitude", signed(GroundScene.groundMetersAMSL * 10 + height)),
      ("RelativeAltitude", signed(height)),
    ]
    if hasAttitude {
      properties += [
        ("GimbalRollDegree", signed(pose.gimbal.rollDecidegrees)),
        ("GimbalYawDegree", signed(pose.gimbal.yawDecidegrees)),
        ("GimbalPitchDegree", signed(pose.gimbal.pitchDecidegrees)),
        ("FlightRollDegree", signed(pose.airframe.rollDecidegrees)),
        ("FlightYawDegree", signed(pose.airframe.yawDecidegrees)),
        ("FlightPitchDegree", signed(pose.airframe.pitchDecidegrees)),
      ]
    }
    return properties + [("CamReverse", "0"), ("GimbalReverse", "0")]
  }

  /// Tenths with a sign and two decimals, as these aircraft write them: `+40.10`.
  private func signed(_ tenths: Int) -> String {
    "\(tenths < 0 ? "-" : "+")\(abs(tenths) / 10).\(abs(tenths) % 10)0"
  }
}
