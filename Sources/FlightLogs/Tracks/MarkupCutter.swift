internal import InspectionModel

/// Cuts XML that comes in windows into tags and texts.
///
/// A scanner of our own instead of an XML library: tracks of gigabytes pass in bounded memory, there is no entity to
/// expand and nothing external to load, and a file that was cut in the middle gives what is there. Comments, CDATA,
/// declarations and instructions are passed over. Texts longer than `textLimit` come in pieces that end at blanks.
struct MarkupCutter {
  enum Token {
    /// `<name attributes>`; `isEmpty` for `<name/>`.
    case open(name: Range<Int>, attributes: Range<Int>, isEmpty: Bool)
    case close(name: Range<Int>)
    /// Not whole: a piece of a long text, or a text longer than `textLimit`.
    case text(Range<Int>, isWhole: Bool)
  }

  /// Longest text that comes in one piece for certain, bytes.
  static let textLimit = 4096
  /// Longest tag, bytes; what claims to be longer is text.
  static let tagLimit = 1 << 16

  /// What closes the comment, CDATA, declaration or instruction that the window before ended in.
  private enum Passage { case comment, data, instruction, declaration, subset }

  private var passage: Passage?
  private var isInLongWord = false

  /// The next token from `position` on, which moves behind it; `nil` where the window holds no whole one.
  mutating func next(_ bytes: borrowing Span<UInt8>, _ position: inout Int, isEnd: Bool) -> Token? {
    if isInLongWord, !leaveWord(bytes, &position) { return nil }
    while position < bytes.count {
      if let passage {
        guard leave(passage, bytes, &position, isEnd: isEnd) else { return nil }
        continue
      }
      guard bytes[position] == UInt8(ascii: "<") else { return text(bytes, &position, isEnd: isEnd) }
      // The longest beginning that tells what it is has nine characters.
      guard bytes.count - position >= 9 || isEnd else { return nil }
      if let (opened, length) = Self.passage(bytes, position) {
        passage = opened
        position += length
        continue
      }
      let limit = min(bytes.count, position + Self.tagLimit)
      var close = position + 1
      while close < limit, bytes[close] != UInt8(ascii: ">"), bytes[close] != UInt8(ascii: "<") { close += 1 }
      guard close < limit || isEnd || limit < bytes.count || bytes.count - position >= Self.tagLimit else {
        return nil
      }
      guard close < limit, bytes[close] == UInt8(ascii: ">") else {
        // No tag has another `<` inside: this one, and what follows it, is damage.
        position = close
        continue
      }
      defer { position = close + 1 }
      return Self.tag(bytes, position + 1..<close)
    }
    return nil
  }

  private mutating func text(_ bytes: borrowing Span<UInt8>, _ position: inout Int, isEnd: Bool) -> Token? {
    let start = position
    let found = bytes.firstIndex(of: UInt8(ascii: "<"), in: start..<bytes.count)
    if let end = found ?? (isEnd ? bytes.count : nil) {
      position = end
      isInLongWord = false
      return .text(start..<end, isWhole: end - start <= Self.textLimit)
    }
    guard bytes.count - start > Self.textLimit else { return nil }
    var last = bytes.count
    while last > start, bytes[last - 1] > 32 { last -= 1 }
    // A word as long as that is not a number: its beginning is told, its rest passed over.
    if last == start {
      guard bytes.count - start > Self.tagLimit else { return nil }
      last = bytes.count
      isInLongWord = true
    }
    position = last
    return .text(start..<last, isWhole: false)
  }

  /// Moves behind the rest of a long word; false where the window does not hold its end.
  private mutating func leaveWord(_ bytes: borrowing Span<UInt8>, _ position: inout Int) -> Bool {
    while position < bytes.count, bytes[position] > 32, bytes[position] != UInt8(ascii: "<") { position += 1 }
    guard position < bytes.count else { return false }
    isInLongWord = false
    return true
  }

  private static func passage(_ bytes: borrowing Span<UInt8>, _ place: Int) -> (Passage, Int)? {
    // Nearly every tag is an element.
    guard place + 1 < bytes.count,
      bytes[place + 1] == UInt8(ascii: "!") || bytes[place + 1] == UInt8(ascii: "?")
    else { return nil }
    if bytes.matches("<!--", at: place, end: bytes.count) { return (.comment, 4) }
    if bytes.matches("<![CDATA[", at: place, end: bytes.count) { return (.data, 9) }
    if bytes.matches("<?", at: place, end: bytes.count) { return (.instruction, 2) }
    if bytes.matches("<!", at: place, end: bytes.count) { return (.declaration, 2) }
    return nil
  }

  /// Moves behind a passage's end; false where the window does not hold it.
  private mutating func leave(
    _ passage: Passage, _ bytes: borrowing Span<UInt8>, _ position: inout Int, isEnd: Bool
  ) -> Bool {
    let closing: StaticString =
      switch passage {
      case .comment: "-->"
      case .data: "]]>"
      case .instruction: "?>"
      case .declaration: ">"
      // Declarations inside a document type are passed over with it.
      case .subset: "]>"
      }
    let length = closing.utf8CodeUnitCount
    while position < bytes.count {
      guard bytes.count - position >= length || isEnd else { return false }
      // The last character of each closing is the same one.
      let last = position + length - 1
      if last < bytes.count, bytes[last] == UInt8(ascii: ">"),
        bytes.matches(closing, at: position, end: bytes.count)
      {
        position += length
        self.passage = nil
        return true
      }
      if passage == .declaration, bytes[position] == UInt8(ascii: "[") {
        self.passage = .subset
        return true
      }
      position += 1
    }
    return false
  }

  private static func tag(_ bytes: borrowing Span<UInt8>, _ inner: Range<Int>) -> Token {
    var inner = inner
    if inner.count > 0, bytes[inner.lowerBound] == UInt8(ascii: "/") {
      return .close(name: bytes.trimmed(inner.lowerBound + 1..<inner.upperBound))
    }
    let isEmpty = inner.count > 0 && bytes[inner.upperBound - 1] == UInt8(ascii: "/")
    if isEmpty { inner = inner.lowerBound..<inner.upperBound - 1 }
    var end = inner.lowerBound
    while end < inner.upperBound, bytes[end] > 32 { end += 1 }
    return .open(name: inner.lowerBound..<end, attributes: end..<inner.upperBound, isEmpty: isEmpty)
  }
}

extension Span<UInt8> {
  /// Whether a range holds exactly these characters.
  @inline(__always)
  func isWord(_ word: [UInt8], _ range: Range<Int>) -> Bool {
    word.count == range.count && matches(word, at: range.lowerBound, end: range.upperBound)
  }

  /// The value of an attribute, `name="…"` or `name='…'`.
  func attribute(_ name: [UInt8], _ attributes: Range<Int>) -> Range<Int>? {
    var place = attributes.lowerBound
    let end = attributes.upperBound
    while place < end {
      while place < end, self[place] <= 32 { place += 1 }
      let start = place
      while place < end, self[place] > 32, self[place] != UInt8(ascii: "=") { place += 1 }
      let word = start..<place
      while place < end, self[place] <= 32 { place += 1 }
      guard place < end, self[place] == UInt8(ascii: "=") else { continue }
      place += 1
      while place < end, self[place] <= 32 { place += 1 }
      guard place < end, self[place] == UInt8(ascii: "\"") || self[place] == UInt8(ascii: "'") else {
        return nil
      }
      let quote = self[place]
      guard let close = firstIndex(of: quote, in: place + 1..<end) else { return nil }
      if isWord(name, word) { return place + 1..<close }
      place = close + 1
    }
    return nil
  }

  /// ISO 8601 date and time; what has no zone is taken in `zone`.
  func isoTime(_ range: Range<Int>, assuming zone: UTCOffset) -> Timestamp? {
    let range = trimmed(range)
    guard range.count >= 19, range.count <= 40 else { return nil }
    // The form that nearly all files have, without making a string: 2021-09-06T02:48:09.100Z.
    let start = range.lowerBound
    guard let year = digits(start..<start + 4), let month = digits(start + 5..<start + 7),
      let day = digits(start + 8..<start + 10), let hour = digits(start + 11..<start + 13),
      let minute = digits(start + 14..<start + 16), let second = digits(start + 17..<start + 19),
      self[start + 4] == 45, self[start + 7] == 45, self[start + 10] | 0x20 == UInt8(ascii: "t"),
      self[start + 13] == 58, self[start + 16] == 58, self[range.upperBound - 1] == UInt8(ascii: "Z")
    else { return Timestamp(iso8601: text(range), assuming: zone) }
    var civil = CivilTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    var place = start + 19
    if place < range.upperBound - 1 {
      guard self[place] == 46 || self[place] == 44 else { return nil }
      var weight = 100_000_000
      place += 1
      guard endOfDigits(place, range.upperBound - 1) == range.upperBound - 1, place < range.upperBound - 1
      else {
        return nil
      }
      while place < range.upperBound - 1 {
        civil.nanosecond += Int(self[place] - 48) * weight
        weight /= 10
        place += 1
      }
    }
    return Timestamp(civil, zone: .utc)
  }
}
