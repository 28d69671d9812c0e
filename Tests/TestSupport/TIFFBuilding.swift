/// Writes TIFF structures for EXIF tests: directories with entries, in either byte order.
package struct TIFFBuilding {
  /// What an entry holds.
  package enum Value {
    case text(String)
    case bytes([UInt8])
    case short([UInt16])
    case long([UInt32])
    case rational([(UInt32, UInt32)])
    case signedRational([(Int32, Int32)])
    /// The offset of another directory, by its index.
    case directory(Int)
    /// Anything else: type, count and the bytes of the value field or of the place that it points to.
    case raw(type: UInt16, count: UInt32, bytes: [UInt8])
    /// A count and an offset as they are, with nothing there.
    case pointer(type: UInt16, count: UInt32, offset: UInt32)
  }

  package var bigEndian = false
  /// Entries of each directory; the first one is where the header points to.
  package var directories: [[(tag: UInt16, value: Value)]] = [[]]

  /// A structure with the directories of a camera: main, EXIF, GPS.
  package init(
    bigEndian: Bool = false, main: [(tag: UInt16, value: Value)] = [],
    exif: [(tag: UInt16, value: Value)] = [], gps: [(tag: UInt16, value: Value)] = []
  ) {
    self.bigEndian = bigEndian
    directories = [main + [(0x8769, .directory(1)), (0x8825, .directory(2))], exif, gps]
  }

  /// Latitude and longitude with their hemispheres as whole degrees, minutes and hundredths of a second.
  package static func position(
    _ latitude: (UInt32, UInt32, UInt32), _ latitudeLetter: String, _ longitude: (UInt32, UInt32, UInt32),
    _ longitudeLetter: String
  ) -> [(tag: UInt16, value: Value)] {
    func angle(_ parts: (UInt32, UInt32, UInt32)) -> Value {
      let values: [(UInt32, UInt32)] = [(parts.0, 1), (parts.1, 1), (parts.2, 100)]
      return .rational(values)
    }
    return [
      (1, .text(latitudeLetter)), (2, angle(latitude)), (3, .text(longitudeLetter)), (4, angle(longitude)),
    ]
  }

  /// The structure as bytes.
  package func bytes() -> [UInt8] {
    var offsets: [Int] = []
    var end = 8
    for directory in directories {
      offsets.append(end)
      let outside = directory.map { encoded($0.value, []).bytes.count }.filter { $0 > 4 }
      end += 2 + 12 * directory.count + 4 + outside.reduce(0) { $0 + ($1 + 1) / 2 * 2 }
    }
    var out = Array((bigEndian ? "MM\0*" : "II*\0").utf8) + number(UInt32(8))
    for directory in directories {
      var data: [UInt8] = []
      let dataStart = out.count + 2 + 12 * directory.count + 4
      out += number(UInt16(directory.count))
      for entry in directory {
        let value = encoded(entry.value, offsets)
        out += number(entry.tag) + number(value.type) + number(value.count)
        if value.bytes.count <= 4 {
          out += value.bytes + [UInt8](repeating: 0, count: 4 - value.bytes.count)
        } else {
          out += number(UInt32(dataStart + data.count))
          data += value.bytes + (value.bytes.count % 2 == 0 ? [] : [0])
        }
      }
      out += number(UInt32(0)) + data
    }
    return out
  }

  private func encoded(_ value: Value, _ offsets: [Int]) -> (type: UInt16, count: UInt32, bytes: [UInt8]) {
    switch value {
    case .text(let text):
      let bytes = Array(text.utf8) + [0]
      return (2, UInt32(bytes.count), bytes)
    case .bytes(let bytes): return (1, UInt32(bytes.count), bytes)
    case .short(let values): return (3, UInt32(values.count), values.flatMap(number))
    case .long(let values): return (4, UInt32(values.count), values.flatMap(number))
    case .rational(let values):
      return (5, UInt32(values.count), values.flatMap { number($0.0) + number($0.1) })
    case .signedRational(let values):
      let bytes = values.flatMap { number(UInt32(bitPattern: $0.0)) + number(UInt32(bitPattern: $0.1)) }
      return (10, UInt32(values.count), bytes)
    case .directory(let index): return (4, 1, number(UInt32(index < offsets.count ? offsets[index] : 0)))
    case .raw(let type, let count, let bytes): return (type, count, bytes)
    case .pointer(let type, let count, let offset): return (type, count, number(offset))
    }
  }

  private func number<Number: FixedWidthInteger>(_ value: Number) -> [UInt8] {
    let bytes = (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    return bigEndian ? bytes.reversed() : bytes
  }
}
