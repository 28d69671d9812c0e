/// Builds the TIFF structure of an EXIF segment, little-endian (TIFF 6.0, CIPA DC-008).
struct TIFFBuilder {
  /// A directory's values by tag.
  struct Directory {
    fileprivate var entries: [(tag: UInt16, type: UInt16, count: UInt32, bytes: [UInt8])] = []

    mutating func text(_ tag: UInt16, _ value: String) {
      let bytes = Array(value.utf8) + [0]
      entries.append((tag, 2, UInt32(bytes.count), bytes))
    }

    mutating func byte(_ tag: UInt16, _ values: [UInt8]) {
      entries.append((tag, 1, UInt32(values.count), values))
    }

    mutating func undefined(_ tag: UInt16, _ values: [UInt8]) {
      entries.append((tag, 7, UInt32(values.count), values))
    }

    mutating func short(_ tag: UInt16, _ value: Int) {
      entries.append((tag, 3, 1, littleEndian(UInt16(value))))
    }

    mutating func long(_ tag: UInt16, _ value: Int) {
      entries.append((tag, 4, 1, littleEndian(UInt32(value))))
    }

    mutating func rational(_ tag: UInt16, _ values: [(Int, Int)]) {
      let bytes = values.flatMap { littleEndian(UInt32($0.0)) + littleEndian(UInt32($0.1)) }
      entries.append((tag, 5, UInt32(values.count), bytes))
    }
  }

  /// The bytes from the byte-order mark on: main directory, EXIF directory, GPS directory where there is one.
  static func build(main: Directory, exif: Directory, satellite: Directory?) -> [UInt8] {
    var main = main
    main.long(0x8769, 0)
    if satellite != nil { main.long(0x8825, 0) }
    let mainStart = 8
    let exifStart = mainStart + size(main)
    let satelliteStart = exifStart + size(exif)
    for index in main.entries.indices {
      if main.entries[index].tag == 0x8769 { main.entries[index].bytes = littleEndian(UInt32(exifStart)) }
      if main.entries[index].tag == 0x8825 {
        main.entries[index].bytes = littleEndian(UInt32(satelliteStart))
      }
    }
    return Array("II*\0".utf8) + littleEndian(UInt32(mainStart)) + bytes(main, at: mainStart)
      + bytes(exif, at: exifStart) + (satellite.map { bytes($0, at: satelliteStart) } ?? [])
  }

  private static func size(_ directory: Directory) -> Int {
    6 + directory.entries.reduce(0) { $0 + 12 + outsideSize($1.bytes) }
  }

  /// Values of more than four bytes stand behind the directory, each at an even offset.
  private static func outsideSize(_ bytes: [UInt8]) -> Int { bytes.count > 4 ? (bytes.count + 1) / 2 * 2 : 0 }

  private static func bytes(_ directory: Directory, at start: Int) -> [UInt8] {
    let entries = directory.entries.sorted { $0.tag < $1.tag }
    var table = littleEndian(UInt16(entries.count)), values: [UInt8] = []
    let valuesStart = start + 6 + 12 * entries.count
    for entry in entries {
      table += littleEndian(entry.tag) + littleEndian(entry.type) + littleEndian(entry.count)
      if entry.bytes.count > 4 {
        table += littleEndian(UInt32(valuesStart + values.count))
        values += entry.bytes + [UInt8](repeating: 0, count: entry.bytes.count % 2)
      } else {
        table += entry.bytes + [UInt8](repeating: 0, count: 4 - entry.bytes.count)
      }
    }
    // No further directory follows.
    return table + [0, 0, 0, 0] + values
  }
}

private func littleEndian<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
  (0..<Value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
}
