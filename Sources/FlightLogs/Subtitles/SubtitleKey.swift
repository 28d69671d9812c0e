/// The keys of bracketed pairs that are read.
enum SubtitleKey {
  case latitude, longitude, relativeAltitude, absoluteAltitude, gimbalPitch, gimbalRoll, gimbalYaw

  /// `nil` for any other word; capitals do not matter. One key is misspelt by several aircraft.
  init?(_ bytes: borrowing Span<UInt8>, _ word: Range<Int>) {
    func isWord(_ letters: [UInt8]) -> Bool {
      var index = 0
      while index < letters.count {
        let (found, letter) = (bytes[word.lowerBound + index], letters[index])
        guard found == letter || (found | 0x20 == letter && found &- 65 < 26) else { return false }
        index += 1
      }
      return true
    }
    switch (word.count, bytes[word.lowerBound] | 0x20) {
    case (8, UInt8(ascii: "l")) where isWord(SubtitleWord.latitude): self = .latitude
    case (9, UInt8(ascii: "l")) where isWord(SubtitleWord.longitude): self = .longitude
    case (10, UInt8(ascii: "l")) where isWord(SubtitleWord.misspeltLongitude): self = .longitude
    case (7, UInt8(ascii: "r")) where isWord(SubtitleWord.relativeAltitude): self = .relativeAltitude
    case (7, UInt8(ascii: "a")) where isWord(SubtitleWord.absoluteAltitude): self = .absoluteAltitude
    case (8, UInt8(ascii: "a")) where isWord(SubtitleWord.altitude): self = .absoluteAltitude
    case (8, UInt8(ascii: "g")) where isWord(SubtitleWord.gimbalPitch): self = .gimbalPitch
    case (7, UInt8(ascii: "g")) where isWord(SubtitleWord.gimbalRoll): self = .gimbalRoll
    case (6, UInt8(ascii: "g")) where isWord(SubtitleWord.gimbalYaw): self = .gimbalYaw
    default: return nil
    }
  }
}
