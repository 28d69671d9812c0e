/// Normal equations of weighted least squares: each observation is `factors` · x + miss = 0.
struct NormalEquations {
  private(set) var normal: EnvelopeMatrix
  private(set) var right: [Double]

  init(firstColumns: [Int]) {
    normal = EnvelopeMatrix(firstColumns: firstColumns)
    right = [Double](repeating: 0, count: firstColumns.count)
  }

  /// One unknown, expected to bring its `value` back to zero.
  mutating func addPrior(_ column: Int, value: Double, variance: Double) {
    normal[column, column] += 1 / variance
    right[column] -= value / variance
  }

  /// One observation of several unknowns, each named once.
  mutating func add(_ columns: [Int], _ factors: [Double], miss: Double, weight: Double) {
    for (row, factor) in zip(columns, factors) {
      right[row] -= weight * factor * miss
      for (column, other) in zip(columns, factors) where column <= row {
        normal[row, column] += weight * factor * other
      }
    }
  }
}
