/// The values of one DataFlash record, whatever it was written in.
struct DataFlashValues {
  private var numbers = [17 of Double](repeating: .nan)

  subscript(column: DataFlashColumn) -> Double? {
    @inline(__always) get {
      let number = numbers[column.rawValue]
      return number.isNaN ? nil : number
    }
    @inline(__always) set { numbers[column.rawValue] = newValue ?? .nan }
  }
}
