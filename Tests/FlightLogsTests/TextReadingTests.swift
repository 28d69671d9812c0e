import FlightLogs
import TestSupport
import Testing

/// Numbers and lines: the scanners that every text format stands on.
@Suite struct TextReadingTests {
  private func number(_ text: String) -> Double? { finiteDouble(Array(text.utf8)[...]) }

  /// The fast path rounds as `Double(String)` does, bit for bit.
  @Test func numbersEqualTheStandardLibrarys() {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<20_000 {
      var text = ["", "-", "+"].randomElement(using: &generator)!
      let digits = Int.random(in: 1...24, using: &generator)
      let point = Int.random(in: -1...digits, using: &generator)
      for place in 0..<digits {
        if place == point { text += "." }
        text += String(Int.random(in: 0...9, using: &generator))
      }
      if Int.random(in: 0..<5, using: &generator) == 0 {
        text += "e\(Int.random(in: -20...20, using: &generator))"
      }
      #expect(number(text)?.bitPattern == Double(text)?.bitPattern, "\(text)")
      #expect(number(" \t\(text)\r ") == number(text))
    }
  }

  @Test func whatIsNoNumberIsNone() {
    for text in [
      "", " ", "-", "+", ".", "-.", "e5", "1e", "--1", "+-1", "1..2", "1.2.3", "1,2", "0x1F", "nan", "inf",
      "-inf",
      "infinity", "1e999", "1 2", "１", "1_000", String(repeating: "9", count: 41),
    ] { #expect(number(text) == nil, "'\(text)'") }
    #expect(number("-0")?.sign == .minus && number("1.") == 1 && number(".5") == 0.5)
    #expect(number(String(repeating: "9", count: 40)) == 1e40)
  }

  private func lines(_ text: String) -> [String] {
    var reader = TextLines(Array(text.utf8)[...])
    var all: [String] = []
    while let line = reader.next() {
      all.append("\(line.number)\(line.isCut ? "!" : ":")\(String(decoding: line.text, as: UTF8.self))")
    }
    return all
  }

  @Test func linesEndByAnyConvention() {
    #expect(lines("") == [])
    #expect(lines("a") == ["1!a"])
    #expect(lines("a\nb\r\nc\rd\n") == ["1:a", "2:b", "3:c", "4:d"])
    #expect(lines("\n\r\n\r") == ["1:", "2:", "3:"])
    #expect(lines("\u{FEFF}a\n\u{FEFF}b") == ["1:a", "2!\u{FEFF}b"])
  }

  @Test func searchFindsTheFirstPlace() {
    let text = Array("abababc".utf8)
    #expect(text.firstOccurrence(of: Array("ab".utf8), from: 1) == 2)
    #expect(text.firstOccurrence(of: Array("abc".utf8), from: 0) == 4)
    #expect(text.firstOccurrence(of: Array("abcd".utf8), from: 0) == nil)
    #expect(text.firstOccurrence(of: Array("c".utf8), from: 7) == nil)
    #expect(text.firstOccurrence(of: [], from: 0) == nil)
    #expect([UInt8]().firstOccurrence(of: [1], from: 0) == nil)
    #expect(text[3...].firstOccurrence(of: Array("ab".utf8), from: 3) == 4)
  }

  @Test func cellsHonourQuotes() {
    func cells(_ row: String, _ limit: Int = 9) -> [String] {
      let cells = CSVCells(Array(row.utf8)[...], limit: limit)
      return (0..<cells.count).map { String(decoding: cells[$0]!, as: UTF8.self) }
    }
    #expect(cells("a, b ,\"c, d\",\" e \"") == ["a", "b", "c, d", "e"])
    #expect(cells("") == [""])
    #expect(cells(",") == ["", ""])
    #expect(cells("a,b,c,d", 2) == ["a", "b"])
    #expect(cells("a,\"b,c") == ["a", "\"b,c"])
    #expect(CSVCells([], limit: 3)[1] == nil)
  }
}
