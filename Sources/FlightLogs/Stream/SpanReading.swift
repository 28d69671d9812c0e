/// Numbers at a place of a byte sequence. Every access is checked by the span; callers check lengths first.
extension Span<UInt8> {
  @inline(__always)
  func uint16LE(_ place: Int) -> UInt16 { UInt16(self[place]) | UInt16(self[place + 1]) << 8 }

  @inline(__always)
  func uint32LE(_ place: Int) -> UInt32 {
    UInt32(self[place]) | UInt32(self[place + 1]) << 8 | UInt32(self[place + 2]) << 16
      | UInt32(self[place + 3]) << 24
  }

  @inline(__always)
  func uint64LE(_ place: Int) -> UInt64 {
    UInt64(uint32LE(place)) | UInt64(uint32LE(place + 4)) << 32
  }

  @inline(__always)
  func int16LE(_ place: Int) -> Int16 { Int16(bitPattern: uint16LE(place)) }

  @inline(__always)
  func int32LE(_ place: Int) -> Int32 { Int32(bitPattern: uint32LE(place)) }

  @inline(__always)
  func floatLE(_ place: Int) -> Float { Float(bitPattern: uint32LE(place)) }

  @inline(__always)
  func doubleLE(_ place: Int) -> Double { Double(bitPattern: uint64LE(place)) }

  /// `length` bytes from `place` on, the first one the most significant; at most 8.
  @inline(__always)
  func unsignedBE(_ place: Int, _ length: Int) -> UInt64 {
    var value: UInt64 = 0
    for index in 0..<length { value = value << 8 | UInt64(self[place + index]) }
    return value
  }

  /// Whether these characters stand at `place`; false where the span ends before they do.
  @inline(__always)
  func matches(_ text: StaticString, at place: Int, end: Int) -> Bool {
    let length = text.utf8CodeUnitCount
    guard place >= 0, length <= end - place else { return false }
    var index = place
    for byte in text.description.utf8 {
      if self[index] != byte { return false }
      index += 1
    }
    return true
  }

  /// Whether these bytes stand at `place`, for words that are looked for everywhere: a literal text costs more.
  @inline(__always)
  func matches(_ word: [UInt8], at place: Int, end: Int) -> Bool {
    guard place >= 0, word.count <= end - place else { return false }
    var index = 0
    while index < word.count {
      if self[place + index] != word[index] { return false }
      index += 1
    }
    return true
  }

  /// Where `pattern` first occurs inside a range; `nil` where it does not.
  func firstOccurrence(of pattern: [UInt8], in range: Range<Int>) -> Int? {
    guard let first = pattern.first, pattern.count <= range.count else { return nil }
    var position = range.lowerBound
    let last = range.upperBound - pattern.count
    while position <= last {
      if self[position] == first {
        var index = 1
        while index < pattern.count, self[position + index] == pattern[index] { index += 1 }
        if index == pattern.count { return position }
      }
      position += 1
    }
    return nil
  }

  /// A range without blanks and control characters at both ends.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, self[start] <= 32 { start += 1 }
    while end > start, self[end - 1] <= 32 { end -= 1 }
    return start..<end
  }

  /// The bytes of a range as an array of their own.
  func array(_ range: Range<Int>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    for index in range { bytes.append(self[index]) }
    return bytes
  }

  /// The text of a range; what is not UTF-8 is replaced.
  func text(_ range: Range<Int>) -> String { String(decoding: array(range), as: UTF8.self) }
}
