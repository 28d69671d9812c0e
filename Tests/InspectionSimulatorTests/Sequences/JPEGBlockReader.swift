/// Reads DC coefficients and bits of AC code from a baseline JPEG as the simulator's encoder writes it: one scan,
/// no restart markers. Slow and plain: the oracle for coarse frames that were drawn and not scanned.
struct JPEGBlockReader {
  struct Component {
    var horizontal: Int, vertical: Int
    var columns: Int, rows: Int
    var dc: [Int], bits: [Int]
  }

  private struct Code: Hashable {
    var length: Int, value: Int
  }

  private(set) var components: [Component] = []
  private var tables: [Int: [Code: Int]] = [:]
  private var data: [UInt8] = []
  private var position = 0

  /// - Precondition: a sound baseline file with tables 0 for luma and 1 for chroma.
  init(_ file: [UInt8]) {
    var at = 2
    while true {
      let (marker, length) = (file[at + 1], Int(file[at + 2]) << 8 + Int(file[at + 3]))
      let body = Array(file[at + 4..<at + 2 + length])
      at += 2 + length
      if marker == 0xC4 { readTables(body) }
      if marker == 0xC0 { readFrame(body) }
      if marker == 0xDA { break }
    }
    data.reserveCapacity(file.count)
    while at < file.count {
      data.append(file[at])
      at += file[at] == 0xFF ? 2 : 1
    }
    readBlocks()
  }

  private mutating func readTables(_ body: [UInt8]) {
    var at = 0
    while at < body.count {
      let counts = body[at + 1...at + 16].map(Int.init)
      var table: [Code: Int] = [:]
      var (code, symbol) = (0, at + 17)
      for (index, count) in counts.enumerated() {
        for _ in 0..<count {
          table[Code(length: index + 1, value: code)] = Int(body[symbol])
          (code, symbol) = (code + 1, symbol + 1)
        }
        code <<= 1
      }
      tables[Int(body[at])] = table
      at = symbol
    }
  }

  private mutating func readFrame(_ body: [UInt8]) {
    let (height, width) = (Int(body[1]) << 8 + Int(body[2]), Int(body[3]) << 8 + Int(body[4]))
    let factors: [(Int, Int)] = (0..<Int(body[5])).map { number in
      let factor = Int(body[7 + 3 * number])
      return (factor >> 4, factor & 15)
    }
    let (across, down) = (8 * factors[0].0, 8 * factors[0].1)
    let units = ((width + across - 1) / across, (height + down - 1) / down)
    components = factors.map { horizontal, vertical in
      let (columns, rows) = (units.0 * horizontal, units.1 * vertical)
      let zeros = [Int](repeating: 0, count: columns * rows)
      return Component(
        horizontal: horizontal, vertical: vertical, columns: columns, rows: rows, dc: zeros, bits: zeros)
    }
  }

  private mutating func readBlocks() {
    var last = [Int](repeating: 0, count: components.count)
    let across = components[0].columns / components[0].horizontal
    for unit in 0..<across * components[0].rows / components[0].vertical {
      for number in components.indices {
        let component = components[number]
        for part in 0..<component.horizontal * component.vertical {
          let column = unit % across * component.horizontal + part % component.horizontal
          let row = unit / across * component.vertical + part / component.horizontal
          last[number] += readDifference(table: number == 0 ? 0 : 1)
          let start = position
          skipCoefficients(table: number == 0 ? 0x10 : 0x11)
          components[number].dc[row * component.columns + column] = last[number]
          components[number].bits[row * component.columns + column] = position - start
        }
      }
    }
  }

  private mutating func readDifference(table: Int) -> Int {
    let size = readSymbol(table)
    let value = readBits(size)
    return size > 0 && value < 1 << (size - 1) ? value + 1 - 1 << size : value
  }

  private mutating func skipCoefficients(table: Int) {
    var place = 1
    while place < 64 {
      let symbol = readSymbol(table)
      if symbol == 0 { return }
      place += symbol >> 4 + 1
      position += symbol & 15
    }
  }

  private mutating func readSymbol(_ table: Int) -> Int {
    var code = Code(length: 0, value: 0)
    while code.length < 16 {
      code = Code(length: code.length + 1, value: code.value << 1 + readBits(1))
      if let symbol = tables[table]![code] { return symbol }
    }
    preconditionFailure("no such code")
  }

  private mutating func readBits(_ count: Int) -> Int {
    var value = 0
    for _ in 0..<count {
      value = value << 1 + Int(data[position >> 3] >> UInt8(7 - position & 7) & 1)
      position += 1
    }
    return value
  }
}
