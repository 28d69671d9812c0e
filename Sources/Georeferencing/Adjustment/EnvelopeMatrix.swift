/// A symmetric positive definite matrix of which each row is kept from its first non-zero column to the
/// diagonal.
///
/// The Cholesky factor of such a matrix has the same shape (George and Liu, "Computer Solution of Large
/// Sparse Positive Definite Systems", chapter 4), and so has every part of the inverse that a covariance asks
/// for.
package struct EnvelopeMatrix: Sendable {
  /// First kept column of each row.
  package let firstColumns: [Int]
  private let starts: [Int]
  private var values: [Double]

  /// A matrix of zeros.
  ///
  /// - Precondition: a row's first column is not right of its diagonal.
  package init(firstColumns: [Int]) {
    self.firstColumns = firstColumns
    var starts: [Int] = []
    starts.reserveCapacity(firstColumns.count)
    var count = 0
    for (row, first) in firstColumns.enumerated() {
      precondition((0...row).contains(first), "a row begins at or left of its diagonal")
      // Index of the column 0 that the row would have.
      starts.append(count - first)
      count += row - first + 1
    }
    self.starts = starts
    values = [Double](repeating: 0, count: count)
  }

  /// Rows, and columns.
  package var count: Int { firstColumns.count }

  /// How many numbers are kept.
  var storedCount: Int { values.count }

  /// An element inside the envelope, the row at or below the column's diagonal.
  package subscript(row: Int, column: Int) -> Double {
    get { values[starts[row] + column] }
    set { values[starts[row] + column] = newValue }
  }

  /// An element inside the envelope, either way round.
  package func symmetric(_ row: Int, _ column: Int) -> Double {
    row >= column ? self[row, column] : self[column, row]
  }

  /// The lower factor L with L Lᵀ = this matrix; `nil` where it is not positive definite.
  package func factored() -> EnvelopeMatrix? {
    var factor = self
    for row in 0..<count {
      let start = starts[row]
      for column in firstColumns[row]...row {
        let other = starts[column]
        var sum = factor.values[start + column]
        for shared in max(firstColumns[row], firstColumns[column])..<column {
          sum -= factor.values[start + shared] * factor.values[other + shared]
        }
        if column < row {
          factor.values[start + column] = sum / factor.values[other + column]
        } else {
          guard sum > 0, sum.isFinite else { return nil }
          factor.values[start + column] = sum.squareRoot()
        }
      }
    }
    return factor
  }

  /// Solves L Lᵀ x = b, where this is the factor L.
  package func solve(_ right: [Double]) -> [Double] {
    var x = right
    for row in 0..<count {
      var sum = x[row]
      for column in firstColumns[row]..<row { sum -= self[row, column] * x[column] }
      x[row] = sum / self[row, row]
    }
    for row in stride(from: count - 1, through: 0, by: -1) {
      x[row] /= self[row, row]
      for column in firstColumns[row]..<row { x[column] -= self[row, column] * x[row] }
    }
    return x
  }

  /// The part of (L Lᵀ)⁻¹ that lies inside the envelope, where this is the factor L.
  ///
  /// Takahashi's recurrence (Erisman and Tinney 1975): from the last column to the first, each needs elements
  /// inside the envelope only.
  package func inverseInsideEnvelope() -> EnvelopeMatrix {
    var below = [[Int]](repeating: [], count: count)
    for row in 0..<count {
      for column in firstColumns[row]..<row { below[column].append(row) }
    }
    var inverse = EnvelopeMatrix(firstColumns: firstColumns)
    for column in stride(from: count - 1, through: 0, by: -1) {
      let rows = below[column]
      let parts = rows.map { self[$0, column] }
      let diagonal = self[column, column]
      for row in rows {
        var sum = 0.0
        for (position, other) in rows.enumerated() { sum += parts[position] * inverse.symmetric(row, other) }
        inverse[row, column] = -sum / diagonal
      }
      var sum = 0.0
      for (position, other) in rows.enumerated() { sum += parts[position] * inverse[other, column] }
      inverse[column, column] = (1 / diagonal - sum) / diagonal
    }
    return inverse
  }
}
