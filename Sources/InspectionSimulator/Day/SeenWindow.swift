/// When a hazard is seen: while it lasts, without a gap that is too long for its kind.
struct SeenWindow: Sendable {
  /// Milliseconds of the day; within the hazard's time.
  let milliseconds: Range<Int>
  /// Sightings that come one in each of as many equal parts of the window, so that no gap is longer than two parts.
  let regularCount: Int

  /// What is seen rarely is seen during a part of its time only.
  init(_ outline: DayOutline, _ random: inout SimulatorRandom) {
    let gap = DayTraits.of(outline.kind).longestGapMinutes * 60_000
    let whole = outline.milliseconds
    let needed = whole.count > gap ? (2 * whole.count + gap - 1) / gap : 0
    let affordable = max(1, outline.sightingCount * 6 / 10)
    if needed <= affordable {
      (milliseconds, regularCount) = (whole, needed)
      return
    }
    let length = min(whole.count, affordable > 2 ? gap * affordable / 2 : gap)
    let begin = whole.lowerBound + Int(random.unit() * Double(whole.count - length))
    milliseconds = begin..<begin + length
    regularCount = length > gap ? affordable : 0
  }

  /// One time in each part.
  func regularTimes(_ random: inout SimulatorRandom) -> [Int] {
    (0..<regularCount).map { index in
      let (first, end) = (
        index * milliseconds.count / regularCount, (index + 1) * milliseconds.count / regularCount
      )
      return milliseconds.lowerBound + first + Int(random.unit() * Double(end - first))
    }
  }

  /// Times anywhere in the window.
  func anyTimes(_ count: Int, _ random: inout SimulatorRandom) -> [Int] {
    (0..<count).map { _ in milliseconds.lowerBound + Int(random.unit() * Double(milliseconds.count)) }
  }
}
