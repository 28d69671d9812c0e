/// `1 / (1 + e⁻ˣ)` in integers.
package enum Logistic {
  private static let limit = 16 << 16
  /// Steps of 1/8 from -16 to 16, millionths with eight more fraction bits. Made from one constant by IEEE
  /// products and quotients only, so that it is the same table on every processor (`exp` of a C library is not).
  private static let table: [Int] = {
    let base = 0.882_496_902_584_595_4  // e^(-1/8)
    var power = 1.0
    var upper: [Int] = []
    for _ in 0...128 {
      upper.append(Int((256e6 / (1 + power)).rounded()))
      power *= base
    }
    return upper.dropFirst().reversed().map { 256_000_000 - $0 } + upper
  }()

  /// The value at a Q16 argument, millionths, linear between the table's steps (error below 200 millionths).
  package static func millionths(_ argument: Int) -> Int {
    let shifted = min(max(argument, -limit), limit - 1) + limit
    let index = shifted >> 13, fraction = shifted & 8191
    return (table[index] * (8192 - fraction) + table[index + 1] * fraction + (1 << 20)) >> 21
  }
}
