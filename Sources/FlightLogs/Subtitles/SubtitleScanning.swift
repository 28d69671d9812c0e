internal import InspectionModel

extension Span<UInt8> {
  /// Where a byte first stands inside a range.
  @inline(__always)
  func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
    var place = range.lowerBound
    while place < range.upperBound {
      if self[place] == byte { return place }
      place += 1
    }
    return nil
  }

  /// `00:00:01,000 --> …` as nanoseconds of the video.
  func subtitleTimeCode(_ line: Range<Int>) -> Int64? {
    let start = trimmed(line.lowerBound..<(firstIndex(of: UInt8(ascii: "-"), in: line) ?? line.lowerBound))
    var (place, values, last) = (start.lowerBound, [0, 0, 0, 0], 0)
    for index in 0..<4 {
      let end = endOfDigits(place, start.upperBound)
      guard end > place, end - place <= 6, let value = digits(place..<end) else { return nil }
      (values[index], last) = (value, end - place)
      place = end
      guard index < 3 else { break }
      guard place < start.upperBound, self[place] == 58 || self[place] == 44 || self[place] == 46 else {
        return nil
      }
      place += 1
    }
    guard place == start.upperBound, last == 3, values[1] < 60, values[2] < 60 else { return nil }
    return Int64(((values[0] * 60 + values[1]) * 60 + values[2]) * 1000 + values[3]) * 1_000_000
  }

  /// The first `2017.08.05 14:11:51` of a line, with `,393,525` or `.393` behind it.
  func subtitleDate(_ line: Range<Int>, _ isCut: Bool) -> CivilTime? {
    var start = line.lowerBound
    while start < line.upperBound {
      guard self[start] &- 48 < 10 else {
        start += 1
        continue
      }
      let end = endOfDigits(start, line.upperBound)
      // A year has four digits and a separator behind it.
      if end == start + 4, end < line.upperBound, let date = subtitleDate(at: start, line, isCut) {
        return date
      }
      start = end
    }
    return nil
  }

  private func subtitleDate(at start: Int, _ line: Range<Int>, _ isCut: Bool) -> CivilTime? {
    var position = start
    func take(_ limit: Int) -> Int? {
      let end = endOfDigits(position, Swift.min(position + limit, line.upperBound))
      defer { position = end }
      return digits(position..<end)
    }
    func accept(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
      guard position < line.upperBound else { return false }
      let byte = self[position]
      guard byte == first || byte == second || byte == third else { return false }
      position += 1
      return true
    }
    let (point, dash, slash, colon) = (UInt8(46), UInt8(45), UInt8(47), UInt8(58))
    guard let year = take(4), year >= 1990, accept(point, dash, slash), let month = take(2),
      accept(point, dash, slash), let day = take(2), accept(32, UInt8(ascii: "T"), 32), let hour = take(2),
      accept(colon, colon, colon), let minute = take(2),
      accept(colon, colon, colon), let second = take(2)
    else { return nil }
    var date = CivilTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    let comma = UInt8(44)
    if accept(comma, point, colon), let millis = take(3) {
      date.nanosecond = millis * 1_000_000
      if accept(comma, point, point), let micros = take(3) { date.nanosecond += micros * 1000 }
    }
    return date.isValid && !(isCut && position == line.upperBound) ? date : nil
  }
}
