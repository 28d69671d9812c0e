/// Random pictures made of chosen coefficients.
package enum CoefficientPictures {
  /// Sampling factors of each component: grey, and luma with both chroma components.
  package static let samplings: [[(horizontal: Int, vertical: Int)]] = [
    [(1, 1)], [(2, 2)], [(1, 1), (1, 1), (1, 1)], [(2, 1), (1, 1), (1, 1)], [(2, 2), (1, 1), (1, 1)],
    [(1, 2), (1, 1), (1, 1)], [(4, 1), (1, 1), (1, 1)], [(4, 2), (1, 1), (1, 1)], [(2, 2), (2, 1), (2, 1)],
    [(2, 1), (2, 1), (2, 1)],
  ]

  /// Every symbol that 8-bit sequential coding has.
  private static let acSymbols: [UInt8] =
    [0x00, 0xF0] + (0...15).flatMap { run in (1...10).map { UInt8(run << 4 | $0) } }

  /// A picture with blocks from flat to full, coded by random tables: long codes, runs over 15 and blocks without
  /// an end are all in it.
  package static func random(
    _ width: Int, _ height: Int, _ factors: [(horizontal: Int, vertical: Int)],
    using generator: inout SeededGenerator
  ) -> JPEGCoefficientWriting {
    let codes = factors.map { _ in
      (
        dc: JPEGCoefficientWriting.Code(symbols: Array(0...11), using: &generator),
        ac: JPEGCoefficientWriting.Code(symbols: acSymbols, using: &generator)
      )
    }
    var picture = JPEGCoefficientWriting(
      width: width, height: height, factors: factors, blocks: [], codes: codes)
    picture.blocks = factors.indices.map { component in
      (0..<picture.blocksAcross(component) * picture.blocksDown(component)).map { _ in
        block(using: &generator)
      }
    }
    return picture
  }

  private static func block(using generator: inout SeededGenerator) -> [Int] {
    let reach = [3, 60, 1023].randomElement(using: &generator)!
    let share = [0, 1, 8, 40, 64].randomElement(using: &generator)!
    let dc = Int.random(in: -1023...1023, using: &generator)
    return [dc]
      + (1..<64).map { _ in
        Int.random(in: 0..<64, using: &generator) < share
          ? Int.random(in: -reach...reach, using: &generator) : 0
      }
  }
}
