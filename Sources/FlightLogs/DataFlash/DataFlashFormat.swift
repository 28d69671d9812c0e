/// One record layout of a DataFlash log, as its `FMT` record declares it.
struct DataFlashFormat: Sendable {
  /// Where a column that is read lies in the record, and its letter.
  struct Place: Sendable {
    let column: DataFlashColumn
    let offset: Int
    let letter: UInt8
  }

  let name: String
  /// With the three bytes of the header.
  let length: Int
  let kind: DataFlashKind
  let places: [Place]

  static let headerLength = 3

  /// `nil` where length and letters do not agree.
  init?(name: String, length: Int, letters: [UInt8], columns: [String]) {
    guard !name.isEmpty, length >= Self.headerLength else { return nil }
    (self.name, self.length) = (name, length)
    kind = DataFlashKind(name)
    var places: [Place] = []
    var offset = Self.headerLength
    for (index, letter) in letters.enumerated() {
      guard let size = Self.byteCount(of: letter) else { return nil }
      if kind != .other, index < columns.count, offset + size <= length {
        for column in DataFlashColumn.allCases where column.names.contains(columns[index]) {
          places.append(Place(column: column, offset: offset, letter: letter))
        }
      }
      offset += size
    }
    guard offset == length else { return nil }
    self.places = places
  }

  private static func byteCount(of letter: UInt8) -> Int? {
    switch letter {
    case UInt8(ascii: "b"), UInt8(ascii: "B"), UInt8(ascii: "M"): 1
    case UInt8(ascii: "h"), UInt8(ascii: "H"), UInt8(ascii: "c"), UInt8(ascii: "C"), UInt8(ascii: "g"): 2
    case UInt8(ascii: "i"), UInt8(ascii: "I"), UInt8(ascii: "f"), UInt8(ascii: "L"), UInt8(ascii: "e"),
      UInt8(ascii: "E"), UInt8(ascii: "n"):
      4
    case UInt8(ascii: "d"), UInt8(ascii: "q"), UInt8(ascii: "Q"): 8
    case UInt8(ascii: "N"): 16
    case UInt8(ascii: "Z"), UInt8(ascii: "a"): 64
    default: nil
    }
  }

  /// The values of a record that begins at a place and is whole.
  func values(_ bytes: borrowing Span<UInt8>, _ record: Int) -> DataFlashValues {
    var values = DataFlashValues()
    for place in places { values[place.column] = Self.number(bytes, record + place.offset, place.letter) }
    return values
  }

  @inline(__always)
  private static func number(_ bytes: borrowing Span<UInt8>, _ place: Int, _ letter: UInt8) -> Double? {
    switch letter {
    case UInt8(ascii: "b"): Double(Int8(bitPattern: bytes[place]))
    case UInt8(ascii: "B"), UInt8(ascii: "M"): Double(bytes[place])
    case UInt8(ascii: "h"): Double(bytes.int16LE(place))
    case UInt8(ascii: "H"): Double(bytes.uint16LE(place))
    case UInt8(ascii: "c"): Double(bytes.int16LE(place)) / 100
    case UInt8(ascii: "C"): Double(bytes.uint16LE(place)) / 100
    case UInt8(ascii: "i"): Double(bytes.int32LE(place))
    case UInt8(ascii: "I"): Double(bytes.uint32LE(place))
    case UInt8(ascii: "L"): Double(bytes.int32LE(place)) / 1e7
    case UInt8(ascii: "e"): Double(bytes.int32LE(place)) / 100
    case UInt8(ascii: "E"): Double(bytes.uint32LE(place)) / 100
    case UInt8(ascii: "f"): Double(bytes.floatLE(place))
    case UInt8(ascii: "d"): bytes.doubleLE(place)
    case UInt8(ascii: "q"): Double(Int64(bitPattern: bytes.uint64LE(place)))
    case UInt8(ascii: "Q"): Double(bytes.uint64LE(place))
    default: nil
    }
  }
}
