import Georeferencing
import TestSupport
import Testing

/// The sparse solver against plain elimination of the whole matrix.
@Suite struct EnvelopeMatrixTests {
  /// A random positive definite matrix with a random envelope, and the same in full.
  private func make(
    count: Int, _ random: inout SeededGenerator
  ) -> (sparse: EnvelopeMatrix, full: [[Double]]) {
    let columns = (0..<count).map { row in Int.random(in: max(0, row - 6)...row, using: &random) }
    var sparse = EnvelopeMatrix(firstColumns: columns)
    var full = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    for row in 0..<count {
      for column in columns[row]...row {
        let value = row == column ? 20 : Double.random(in: -1...1, using: &random)
        sparse[row, column] = value
        (full[row][column], full[column][row]) = (value, value)
      }
    }
    return (sparse, full)
  }

  /// Gauss and Jordan, without regard to sparseness.
  private func inverse(_ matrix: [[Double]]) -> [[Double]] {
    let count = matrix.count
    var rows = matrix.enumerated().map { index, row in row + (0..<count).map { $0 == index ? 1 : 0 } }
    for pivot in 0..<count {
      let scale = rows[pivot][pivot]
      rows[pivot] = rows[pivot].map { $0 / scale }
      for row in 0..<count where row != pivot {
        let factor = rows[row][pivot]
        for column in 0..<2 * count { rows[row][column] -= factor * rows[pivot][column] }
      }
    }
    return rows.map { Array($0[count...]) }
  }

  @Test(arguments: 1...6) func solutionAndInverseAreThoseOfTheFullMatrix(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let (sparse, full) = make(count: 4 * seed, &random)
    let factor = try #require(sparse.factored())
    let expected = inverse(full)
    let right = full.indices.map { _ in Double.random(in: -5...5, using: &random) }
    let solution = factor.solve(right)
    for row in full.indices {
      let product = zip(expected[row], right).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs(solution[row] - product) < 1e-12, "seed \(seed), row \(row)")
    }
    let inside = factor.inverseInsideEnvelope()
    for row in full.indices {
      for column in sparse.firstColumns[row]...row {
        #expect(abs(inside[row, column] - expected[row][column]) < 1e-12, "seed \(seed): \(row), \(column)")
        #expect(inside.symmetric(column, row) == inside[row, column])
      }
    }
  }

  @Test func aMatrixThatIsNotPositiveDefiniteHasNoFactor() {
    var matrix = EnvelopeMatrix(firstColumns: [0, 0])
    (matrix[0, 0], matrix[1, 0], matrix[1, 1]) = (1, 2, 1)
    #expect(matrix.factored() == nil)
    matrix[1, 1] = .nan
    #expect(matrix.factored() == nil)
  }

  @Test func neighboursOfAGridComeToStandTogether() {
    // 4 x 30 elements, numbered at random: the best order has a band of about 4.
    var random = SeededGenerator(seed: 9)
    let names = (0..<120).shuffled(using: &random)
    var neighbours = [[Int]](repeating: [], count: 120)
    for place in 0..<120 {
      for next in [place + 4, place % 4 < 3 ? place + 1 : 120] where next < 120 {
        neighbours[names[place]].append(names[next])
        neighbours[names[next]].append(names[place])
      }
    }
    let order = ElementOrder.reverseCuthillMcKee(neighbours)
    #expect(order.sorted() == Array(0..<120))
    var position = [Int](repeating: 0, count: 120)
    for (index, element) in order.enumerated() { position[element] = index }
    let band = neighbours.indices.flatMap { element in
      neighbours[element].map { abs(position[$0] - position[element]) }
    }.max()!
    #expect(band <= 8, "seed 9: \(band)")
    #expect(ElementOrder.reverseCuthillMcKee([[], [], []]).sorted() == [0, 1, 2])
  }
}
