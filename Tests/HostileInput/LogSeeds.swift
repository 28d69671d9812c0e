import TestSupport

/// Sound logs and tags to damage.
enum LogSeeds {
  /// A JPEG or PNG file that carries these tags and no picture.
  static func picture(tiff: [UInt8]?, packet: [UInt8]?, _ generator: inout SeededGenerator) -> [UInt8] {
    var bytes: [UInt8]
    if generator.once(in: 2) {
      let segments = [
        tiff.map { Array("Exif\0\0".utf8) + $0 },
        packet.map { Array("http://ns.adobe.com/xap/1.0/\0".utf8) + $0 },
      ]
      bytes =
        JPEGWriting.startOfImage
        + segments.compactMap { $0 }.flatMap { JPEGWriting.segment(0xE1, Array($0.prefix(65_533))) }
        + JPEGWriting.frameHeader(width: 640, height: 480) + JPEGWriting.scanHeader(components: 1)
        + JPEGWriting.endOfImage
    } else {
      var writing = PNGWriting(width: 640, height: 480, depth: 8, colourType: .grey)
      if let tiff { writing.extraChunks += PNGWriting.chunk("eXIf", tiff) }
      if let packet {
        writing.extraChunks += PNGWriting.chunk("iTXt", Array("XML:com.adobe.xmp\0\0\0\0\0".utf8) + packet)
      }
      bytes = writing.bytes(stream: [])
    }
    for _ in 0..<generator.below(2) { bytes.damage(from: 3, &generator) }
    return bytes
  }

  static let tiffs: [[UInt8]] = [false, true].map { bigEndian in
    TIFFBuilding(
      bigEndian: bigEndian,
      main: [
        (0x010F, .text("DJI")), (0x0110, .text("FC6310S camera")), (0x0112, .short([1])),
        (0x0131, .text("v01.23.4920")), (0x0132, .text("2016:06:23 19:24:55")),
      ],
      exif: [
        (0x9003, .text("2016:06:23 16:32:13")), (0x9291, .text("250")), (0x9011, .text("+08:00")),
        (0x920A, .rational([(361, 100)])), (0xA405, .short([20])), (0xA002, .long([4000])),
        (0xA003, .long([2250])), (0xA20E, .rational([(400_000, 617)])), (0xA210, .short([4])),
        (0x927C, .bytes([UInt8](repeating: 7, count: 40))),
      ],
      gps: TIFFBuilding.position((29, 17, 2450), "N", (106, 15, 1200), "E") + [
        (5, .bytes([0])), (6, .rational([(198_609, 1000)])),
        (7, .rational([(21, 1), (32, 1), (13_500, 1000)])),
        (9, .text("A")), (0x1D, .text("2016:06:23")), (0x1F, .rational([(5, 2)])),
      ]
    ).bytes()
  }

  private static let properties = [
    ("AbsoluteAltitude", "+198.61"), ("RelativeAltitude", "+40.10"), ("GimbalRollDegree", "+0.00"),
    ("GimbalYawDegree", "-131.40"), ("GimbalPitchDegree", "-89.90"), ("FlightYawDegree", "-129.20"),
    ("GpsLatitude", "+29.29"), ("GpsLongtitude", "+106.25"), ("RtkStdLon", "0.01"), ("RtkStdLat", "0.02"),
  ]

  static let packets: [String] = [
    "<rdf:Description xmlns:drone-dji=\"http://www.dji.com/drone-dji/1.0/\" "
      + properties.map { "drone-dji:\($0.0)=\"\($0.1)\"" }.joined(separator: "\n") + "/>",
    "<rdf:Description xmlns:d = 'http://www.dji.com/drone-dji/1.0/'>"
      + properties.map { "<d:\($0.0)>\($0.1)</d:\($0.0)>" }.joined(separator: "\n") + "</rdf:Description>",
  ]

  static let texts: [String] =
    subtitles + [
      "time(millisecond),datetime(utc),latitude,longitude,height_above_takeoff(feet),altitude_above_seaLevel(feet),"
        + "speed(mph), compass_heading(degrees), pitch(degrees), roll(degrees),isPhoto,gimbal_heading(degrees),"
        + "gimbal_pitch(degrees),message\n"
        + (0..<12).map {
          "\($0 * 100),2021-09-06 02:47:5\($0 % 10),47.57268\($0),-122.6266\($0),\($0).5,17.71,0.\($0),349.9, 2.3, -1.6,"
            + "\($0 % 3 == 0 ? 1 : 0),268,-90,\"Hello, you\"\n"
        }.joined(),
      "time(millisecond),latitude,longitude,height_above_takeoff(meters),speed(m/s)\n0,29.29,106.25,12.5,3.25\n100,0,0,,\n",
    ]

  private static let subtitles: [String] = [
    "HOME(149.0251,-20.2532) 2017.08.05 14:11:51\nGPS(149.0251,-20.2533,16) BAROMETER:1.9\nISO:100 Shutter:60 EV: Fnum:2.2",
    "HOME(149.0251,-20.2532) 2017.8.5 14:11:51\nGPS(149.0251,-20.2533,16) Hb:1.9 Hs:1.9\nISO:100 TV:60 EV: 0 IR:F2.8",
    "2017.08.05 14:11:51,393,525\n[latitude : -20.2533] [longtitude : 149.0251] [iso : 100] [fnum : 220]",
    "F/5.6, SS 400, ISO 100, EV 0, GPS (-58.851745, -34.237922, 15), HOME (-58.847509, -34.232707, -57.98m), D 698.70m, "
      + "H 85.80m, H.S 2.88m/s, V.S 0.00m/s, F.PRY (2.7°, -7.0°, 110.1°), G.PRY (-24.4°, 0.0°, 110.4°)",
    "<font size=\"36\">SrtCnt : 1, DiffTime : 33ms\n2022-08-07 13:40:40,774,808\n[iso : 100] [focal_len : 240] "
      + "[latitude: 41.424724] [longitude: 2.234156] [altitude: 117.000000] </font>",
    "<font size=\"28\">FrameCnt: 1, DiffTime: 33ms\n2023-10-01 09:15:02.123\n[latitude: 29.29] [longitude: 106.25] "
      + "[rel_alt: -2.400 abs_alt: 210.401] [gb_yaw: -4.4 gb_pitch: -90.0 gb_roll: 0.0] </font>",
    "2022.06.21 16:06:17\nGPS(36.6146,-6.1120,0.0M) BAROMETER:0.3M",
    "signal:4 ch:2 flightTime:14 uavBat:15.9V glsBat:7.8V",
  ].map { body in
    (1...6).map { "\($0)\n00:00:0\($0),000 --> 00:00:0\($0),033\n\(body)\n\n" }.joined()
  }
}
