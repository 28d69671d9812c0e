/// Where the words of a subtitle's line stand that tell what it says, found in one pass over its bytes.
struct SubtitleMarks {
  let line: Range<Int>
  /// First byte of `GPS`, `F.PRY` and `G.PRY`.
  private(set) var position: Int?
  private(set) var airframe: Int?
  private(set) var gimbal: Int?
  /// First byte behind `BAROMETER:`, `Hb:`, `, H ` and `, H.S `.
  private(set) var barometer: Int?
  private(set) var shortBarometer: Int?
  private(set) var height: Int?
  private(set) var speed: Int?
  private(set) var hasArrow = false
  private(set) var hasParenthesis = false
  private(set) var hasBracket = false
  /// A `<` that is not the first byte of a tag at the end of the line.
  private(set) var hasTag = false
  /// The last `(` or `[` has no partner behind it.
  private(set) var isUnclosed = false
  /// `SrtCnt`, `FrameCnt`, `ISO`, `HOME`, `signal:` or `flightTime:`.
  private(set) var hasKnownWord = false

  init(_ bytes: borrowing Span<UInt8>, _ whole: Range<Int>) {
    var end = whole.upperBound
    // `</font>` at the end.
    if end > whole.lowerBound, bytes[end - 1] == UInt8(ascii: ">") {
      var open = end - 1
      while open > whole.lowerBound, bytes[open] != UInt8(ascii: "<"), end - open < 16 { open -= 1 }
      if bytes[open] == UInt8(ascii: "<") { end = open }
    }
    line = whole.lowerBound..<end
    var (parenthesis, bracket) = (false, false)
    var place = line.lowerBound
    while place < end {
      let byte = bytes[place]
      // Digits, blanks, points and lower-case letters but f and s are most of a line and tell nothing.
      if byte > 57 || byte < 46 {
        switch byte {
        case UInt8(ascii: "("): (hasParenthesis, parenthesis) = (true, true)
        case UInt8(ascii: ")"): parenthesis = false
        case UInt8(ascii: "["): (hasBracket, bracket) = (true, true)
        case UInt8(ascii: "]"): bracket = false
        case UInt8(ascii: "<"): hasTag = true
        case UInt8(ascii: "-"): if bytes.matches(SubtitleWord.arrow, at: place, end: end) { hasArrow = true }
        case UInt8(ascii: "G"), UInt8(ascii: "F"), UInt8(ascii: "B"), UInt8(ascii: "H"), UInt8(ascii: ","),
          UInt8(ascii: "S"), UInt8(ascii: "I"), UInt8(ascii: "s"), UInt8(ascii: "f"):
          note(byte, bytes, place, end)
        default: break
        }
      }
      place += 1
    }
    isUnclosed = parenthesis || bracket
  }

  @inline(__always)
  private mutating func note(_ byte: UInt8, _ bytes: borrowing Span<UInt8>, _ place: Int, _ end: Int) {
    switch byte {
    case UInt8(ascii: ","):
      if height == nil, bytes.matches(SubtitleWord.height, at: place, end: end) { height = place + 4 }
      if speed == nil, bytes.matches(SubtitleWord.speed, at: place, end: end) { speed = place + 6 }
    case UInt8(ascii: "G"):
      if position == nil, bytes.matches(SubtitleWord.position, at: place, end: end) { position = place }
      if gimbal == nil, bytes.matches(SubtitleWord.gimbal, at: place, end: end) { gimbal = place }
    case UInt8(ascii: "F"):
      if airframe == nil, bytes.matches(SubtitleWord.airframe, at: place, end: end) { airframe = place }
      if bytes.matches(SubtitleWord.frameCount, at: place, end: end) { hasKnownWord = true }
    case UInt8(ascii: "B"):
      if barometer == nil, bytes.matches(SubtitleWord.barometer, at: place, end: end) {
        barometer = place + 10
      }
    case UInt8(ascii: "H"):
      if shortBarometer == nil, bytes.matches(SubtitleWord.shortBarometer, at: place, end: end) {
        shortBarometer = place + 3
      }
      if bytes.matches(SubtitleWord.home, at: place, end: end) { hasKnownWord = true }
    case UInt8(ascii: "S"):
      if bytes.matches(SubtitleWord.subtitleCount, at: place, end: end) { hasKnownWord = true }
    case UInt8(ascii: "I"): if bytes.matches(SubtitleWord.iso, at: place, end: end) { hasKnownWord = true }
    case UInt8(ascii: "s"): if bytes.matches(SubtitleWord.signal, at: place, end: end) { hasKnownWord = true }
    default: if bytes.matches(SubtitleWord.flightTime, at: place, end: end) { hasKnownWord = true }
    }
  }
}
