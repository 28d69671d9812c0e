/// Codes chosen DCT coefficients as a sequential JPEG, without any library: an oracle for what readers of
/// entropy-coded data must find. Slow and plain.
package struct JPEGCoefficientWriting {
  /// A Huffman code: how many codes of each length 1…16, and their symbols.
  package struct Code {
    package var counts: [UInt8]
    package var symbols: [UInt8]

    /// A random prefix code of these symbols with codes of up to sixteen bits.
    package init(symbols: [UInt8], using generator: inout SeededGenerator) {
      self.symbols = symbols.shuffled(using: &generator)
      counts = []
      var free = 2, left = symbols.count
      for length in 1...16 {
        // All codes that are left must find room, and the code of ones only stays free.
        let most = min(left, free - 1)
        let room = { (used: Int) in (free - used) << (16 - length) > left - used }
        var used =
          length == 16 ? left : min(most, Int.random(in: 0..<(length < 9 ? 2 : 12), using: &generator))
        while used > 0, !room(used) { used -= 1 }
        counts.append(UInt8(used))
        left -= used
        free = (free - used) * 2
      }
      precondition(left == 0, "every symbol has a code")
    }

    /// The code word of each symbol: value and length.
    var words: [UInt8: (value: Int, bits: Int)] {
      var words: [UInt8: (value: Int, bits: Int)] = [:]
      var code = 0, next = 0
      for (index, count) in counts.enumerated() {
        for _ in 0..<count {
          words[symbols[next]] = (code, index + 1)
          (code, next) = (code + 1, next + 1)
        }
        code *= 2
      }
      return words
    }

    func segment(tableClass: UInt8, _ index: Int) -> [UInt8] {
      JPEGWriting.segment(0xC4, [tableClass << 4 | UInt8(index)] + counts + symbols)
    }
  }

  package var width: Int
  package var height: Int
  /// Sampling factors of each component.
  package var factors: [(horizontal: Int, vertical: Int)]
  /// 64 coefficients in zigzag order of each block of a component, row by row, blocks that fill up units included.
  package var blocks: [[[Int]]]
  /// DC and AC code of each component.
  package var codes: [(dc: Code, ac: Code)]
  /// Units between restart markers; 0: none.
  package var restartInterval = 0
  /// Whether each component has a scan of its own.
  package var hasSeparateScans = false
  package var dcQuantizer: UInt8 = 1

  package init(
    width: Int, height: Int, factors: [(horizontal: Int, vertical: Int)], blocks: [[[Int]]],
    codes: [(dc: Code, ac: Code)]
  ) {
    self.width = width
    self.height = height
    self.factors = factors
    self.blocks = blocks
    self.codes = codes
  }

  private var largest: (across: Int, down: Int) {
    (factors.map(\.horizontal).max()!, factors.map(\.vertical).max()!)
  }

  /// Units of a scan of all components.
  package var units: (across: Int, down: Int) {
    (
      (width + 8 * largest.across - 1) / (8 * largest.across),
      (height + 8 * largest.down - 1) / (8 * largest.down)
    )
  }

  /// Blocks a row of a component as `blocks` holds them.
  package func blocksAcross(_ component: Int) -> Int {
    factors.count == 1 ? (width + 7) / 8 : units.across * factors[component].horizontal
  }

  /// Rows of blocks of a component as `blocks` holds them.
  package func blocksDown(_ component: Int) -> Int {
    factors.count == 1 ? (height + 7) / 8 : units.down * factors[component].vertical
  }

  /// Blocks of a component that lie in the picture.
  package func ownBlocks(_ component: Int) -> (across: Int, down: Int) {
    let across = (width * factors[component].horizontal + largest.across - 1) / largest.across
    let down = (height * factors[component].vertical + largest.down - 1) / largest.down
    return ((across + 7) / 8, (down + 7) / 8)
  }

  /// The file.
  package func bytes() -> [UInt8] {
    var file = JPEGWriting.startOfImage
    file += JPEGWriting.segment(0xDB, [0, dcQuantizer] + [UInt8](repeating: 1, count: 63))
    file += JPEGWriting.frameHeader(
      width: width, height: height, factors: factors.map { UInt8($0.horizontal << 4 | $0.vertical) })
    if restartInterval > 0 {
      file += JPEGWriting.segment(0xDD, [UInt8(restartInterval >> 8), UInt8(restartInterval & 255)])
    }
    let all = Array(factors.indices)
    for scan in hasSeparateScans ? all.map({ [$0] }) : [all] {
      for component in scan {
        file += codes[component].dc.segment(tableClass: 0, component)
        file += codes[component].ac.segment(tableClass: 1, component)
      }
      let list = scan.flatMap { [UInt8($0 + 1), UInt8($0 << 4 | $0)] }
      file += JPEGWriting.segment(0xDA, [UInt8(scan.count)] + list + [0, 63, 0])
      file += scanData(scan)
    }
    return file + JPEGWriting.endOfImage
  }

  private func scanData(_ scan: [Int]) -> [UInt8] {
    var writer = BitWriter()
    var predictions = [Int](repeating: 0, count: factors.count)
    let size = scan.count == 1 ? ownBlocks(scan[0]) : units
    for unit in 0..<size.across * size.down {
      if restartInterval > 0, unit > 0, unit % restartInterval == 0 {
        writer.restart(unit / restartInterval - 1)
        predictions = predictions.map { _ in 0 }
      }
      let (column, row) = (unit % size.across, unit / size.across)
      for component in scan {
        let cell = scan.count == 1 ? (horizontal: 1, vertical: 1) : factors[component]
        for v in 0..<cell.vertical {
          for h in 0..<cell.horizontal {
            let (x, y) = (column * cell.horizontal + h, row * cell.vertical + v)
            let block = blocks[component][y * blocksAcross(component) + x]
            writer.write(block[0] - predictions[component], run: 0, codes[component].dc.words)
            predictions[component] = block[0]
            _ = Self.writeAC(block, codes[component].ac.words, &writer)
          }
        }
      }
    }
    writer.pad()
    return writer.bytes
  }

  /// Bits that a block's AC coefficients take.
  package func acBits(_ component: Int, block: [Int]) -> Int {
    var writer = BitWriter()
    return Self.writeAC(block, codes[component].ac.words, &writer)
  }

  private static func writeAC(
    _ block: [Int], _ words: [UInt8: (value: Int, bits: Int)], _ writer: inout BitWriter
  ) -> Int {
    let before = writer.bitCount
    var run = 0
    for value in block.dropFirst() {
      guard value != 0 else {
        run += 1
        continue
      }
      while run > 15 {
        writer.write(symbol: 0xF0, words)
        run -= 16
      }
      writer.write(value, run: run, words)
      run = 0
    }
    if run > 0 { writer.write(symbol: 0, words) }
    return writer.bitCount - before
  }

  /// Bits, most significant first, with stuffing.
  private struct BitWriter {
    private(set) var bytes: [UInt8] = []
    private(set) var bitCount = 0
    private var open = 0, openBits = 0

    mutating func write(symbol: UInt8, _ words: [UInt8: (value: Int, bits: Int)]) {
      guard let word = words[symbol] else { preconditionFailure("symbol \(symbol) has a code") }
      write(word.value, bits: word.bits)
    }

    /// A coefficient after a run of zeros, as symbol and magnitude.
    mutating func write(_ value: Int, run: Int, _ words: [UInt8: (value: Int, bits: Int)]) {
      let size = Int.bitWidth - abs(value).leadingZeroBitCount
      write(symbol: UInt8(run << 4 | size), words)
      write(value < 0 ? value + (1 << size) - 1 : value, bits: size)
    }

    private mutating func write(_ value: Int, bits: Int) {
      bitCount += bits
      for bit in (0..<bits).reversed() {
        open = open << 1 | (value >> bit & 1)
        openBits += 1
        if openBits == 8 { flush() }
      }
    }

    private mutating func flush() {
      bytes.append(UInt8(open))
      if open == 0xFF { bytes.append(0) }
      (open, openBits) = (0, 0)
    }

    /// Ones up to the next byte.
    mutating func pad() {
      while openBits > 0 {
        open = open << 1 | 1
        openBits += 1
        if openBits == 8 { flush() }
      }
    }

    mutating func restart(_ number: Int) {
      pad()
      bytes += [0xFF, 0xD0 + UInt8(number & 7)]
    }
  }
}
