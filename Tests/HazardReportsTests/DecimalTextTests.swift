import Foundation
import HazardReports
import TestSupport
import Testing

@Suite struct DecimalTextTests {
  @Test func writesKnownNumbers() {
    #expect(decimalText(0, decimals: 0) == "0")
    #expect(decimalText(-0.001, decimals: 2) == "0.00", "no minus before a zero")
    #expect(decimalText(-0.5, decimals: 1) == "-0.5")
    #expect(decimalText(1e-9, decimals: 9) == "0.000000001")
    #expect(decimalText(106.25588, decimals: 5) == "106.25588")
    #expect(decimalText(0.999, decimals: 2) == "1.00")
    #expect(decimalText(9.5, decimals: 0) == "10")
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300, -1e16])
  func refusesWhatHasNoText(value: Double) { #expect(decimalText(value, decimals: 3) == nil) }

  @Test func agreesWithTheCLibrary() {
    let seed: UInt64 = 11
    var random = SeededGenerator(seed: seed)
    for _ in 0..<5000 {
      let decimals = Int.random(in: 0...9, using: &random)
      let value = Double.random(in: -400...400, using: &random)
      let expected = String(format: "%.\(decimals)f", value)
      let found = decimalText(value, decimals: decimals)
      // Ties may round either way; a minus before zero is the one intended difference.
      let isZero = expected.allSatisfy { "-0.".contains($0) }
      #expect(found == expected || isZero, "seed \(seed), \(value), \(decimals) decimals")
    }
  }

  @Test func errorsHaveTwoDigits() {
    #expect(
      [0.123, 0.997, 6.24, 9.97, 62.4, 1234].map(errorMetersText) == [
        "0.12", "1.0", "6.2", "10", "62", "1234",
      ])
  }

  /// Rounding may not add what matters to the error, and one decimal fewer must be too coarse.
  @Test func coordinatesHaveTheDecimalsThatTheirErrorDeserves() {
    for sigma in stride(from: 0.02, through: 300, by: 0.37) {
      let decimals = coordinateDecimals(sigmaMeters: sigma)
      let step = 111_320 / Foundation.pow(10, Double(decimals))
      #expect(step <= sigma / 2 * 1.001 || decimals == 7, "sigma \(sigma)")
      #expect(step * 10 > sigma / 2 * 0.999 || decimals == 3, "sigma \(sigma)")
    }
    #expect(coordinateDecimals(sigmaMeters: 0) == 7)
    #expect(coordinateDecimals(sigmaMeters: 1e6) == 3)
  }
}
