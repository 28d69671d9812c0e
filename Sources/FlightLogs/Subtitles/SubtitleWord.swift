/// The words that tell what a subtitle's line says.
enum SubtitleWord {
  static let arrow = Array("-->".utf8)
  static let height = Array(", H ".utf8)
  static let speed = Array(", H.S ".utf8)
  static let position = Array("GPS".utf8)
  static let gimbal = Array("G.PRY".utf8)
  static let airframe = Array("F.PRY".utf8)
  static let frameCount = Array("FrameCnt".utf8)
  static let barometer = Array("BAROMETER:".utf8)
  static let shortBarometer = Array("Hb:".utf8)
  static let home = Array("HOME".utf8)
  static let subtitleCount = Array("SrtCnt".utf8)
  static let iso = Array("ISO".utf8)
  static let signal = Array("signal:".utf8)
  static let flightTime = Array("flightTime:".utf8)

  // Keys in brackets.
  static let latitude = Array("latitude".utf8)
  static let longitude = Array("longitude".utf8)
  static let misspeltLongitude = Array("longtitude".utf8)
  static let relativeAltitude = Array("rel_alt".utf8)
  static let absoluteAltitude = Array("abs_alt".utf8)
  static let altitude = Array("altitude".utf8)
  static let gimbalPitch = Array("gb_pitch".utf8)
  static let gimbalRoll = Array("gb_roll".utf8)
  static let gimbalYaw = Array("gb_yaw".utf8)
}
