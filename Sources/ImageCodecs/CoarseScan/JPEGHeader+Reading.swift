internal import InspectionModel

extension JPEGHeader {
  /// The markers that matter here.
  private enum Marker {
    static let startOfImage: UInt8 = 0xD8
    static let endOfImage: UInt8 = 0xD9
    static let startOfScan: UInt8 = 0xDA
    static let quantizers: UInt8 = 0xDB
    static let lines: UInt8 = 0xDC
    static let restartInterval: UInt8 = 0xDD
    static let huffman: UInt8 = 0xC4
    static let jfif: UInt8 = 0xE0
    static let adobe: UInt8 = 0xEE
  }

  /// Reads segments from `offset` on up to the next start of a scan.
  ///
  /// - Returns: where the scan's entropy-coded data begin; `nil` at the end of the picture.
  /// - Throws: `ImageError` with the place, for whatever contradicts the standard and for kinds that no path reads.
  mutating func read(_ bytes: Span<UInt8>, from offset: Int) throws(ImageError) -> Int? {
    var at = offset
    while true {
      let marker = try Self.marker(bytes, &at)
      switch marker {
      case Marker.startOfImage, 0x01, 0xD0...0xD7: continue
      case Marker.endOfImage: return nil
      default: break
      }
      let body = try Self.segment(bytes, at, marker)
      at = body.upperBound
      switch marker {
      case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF: try readFrame(bytes, body, marker)
      case Marker.huffman: try readHuffman(bytes, body)
      case Marker.quantizers: try readQuantizers(bytes, body)
      case Marker.restartInterval:
        try Self.expect(body.count >= 2, body.lowerBound, "a restart interval of 2 bytes")
        restartInterval = Self.word(bytes, body.lowerBound)
      case Marker.lines: throw ImageError(.unsupported, byteOffset: body.lowerBound, "DNL marker")
      case Marker.jfif: hasJFIF = hasJFIF || Self.begins(bytes, body, with: [0x4A, 0x46, 0x49, 0x46, 0])
      case Marker.adobe:
        if body.count >= 12, Self.begins(bytes, body, with: [0x41, 0x64, 0x6F, 0x62, 0x65]) {
          adobeTransform = bytes[body.lowerBound + 11]
        }
      case Marker.startOfScan:
        try readScan(bytes, body)
        return at
      default: continue
      }
    }
  }

  /// The next marker; fill bytes before it are skipped, as are stray bytes after a scan's data.
  private static func marker(_ bytes: Span<UInt8>, _ at: inout Int) throws(ImageError) -> UInt8 {
    while at < bytes.count {
      guard bytes[at] == 0xFF else {
        at += 1
        continue
      }
      while at < bytes.count, bytes[at] == 0xFF { at += 1 }
      guard at < bytes.count else { break }
      at += 1
      if bytes[at - 1] != 0 { return bytes[at - 1] }
    }
    throw ImageError(.truncated, byteOffset: bytes.count, "the file ends inside its header")
  }

  /// The body of a segment, behind its length.
  private static func segment(
    _ bytes: Span<UInt8>, _ at: Int, _ marker: UInt8
  ) throws(ImageError) -> Range<Int> {
    guard at + 2 <= bytes.count else {
      throw ImageError(.truncated, byteOffset: bytes.count, "the file ends inside its header")
    }
    let length = word(bytes, at)
    try expect(length >= 2, at, "a segment length of at least 2, found \(length)")
    guard length <= bytes.count - at else {
      throw ImageError(
        .truncated, byteOffset: bytes.count,
        "the file ends inside a segment FF \(String(marker, radix: 16, uppercase: true)) of \(length) bytes")
    }
    return at + 2..<at + length
  }

  private mutating func readFrame(
    _ bytes: Span<UInt8>, _ body: Range<Int>, _ marker: UInt8
  ) throws(ImageError) {
    let start = body.lowerBound
    try Self.expect(widthPixels == 0, start, "one start of frame, found a second one")
    try Self.expect(body.count >= 6, start, "a frame header of at least 6 bytes")
    let precision = bytes[start], count = Int(bytes[start + 5])
    guard precision == 8 else {
      throw ImageError(.unsupported, byteOffset: start, "\(precision) bits a sample")
    }
    guard count == 1 || count == 3 else {
      throw ImageError(.unsupported, byteOffset: start + 5, "\(count) colour components")
    }
    try Self.expect(body.count >= 6 + 3 * count, start, "a frame header of \(6 + 3 * count) bytes")
    coding = marker == 0xC0 || marker == 0xC1 ? .sequential : .other
    heightPixels = Self.word(bytes, start + 1)
    widthPixels = Self.word(bytes, start + 3)
    try Self.expect(
      widthPixels > 0 && heightPixels > 0, start + 1,
      "a picture with pixels, found \(widthPixels) x \(heightPixels)")
    componentCount = count
    for index in 0..<count {
      let at = start + 6 + 3 * index
      let factors = (Int(bytes[at + 1] >> 4), Int(bytes[at + 1] & 15))
      try Self.expect(
        (1...4).contains(factors.0) && (1...4).contains(factors.1), at + 1, "sampling factors 1 to 4")
      try Self.expect(bytes[at + 2] < 4, at + 2, "a quantiser table 0 to 3")
      components[index] = Component(
        identifier: bytes[at], horizontal: factors.0, vertical: factors.1,
        quantizerTable: Int(bytes[at + 2]))
    }
  }

  private mutating func readHuffman(_ bytes: Span<UInt8>, _ body: Range<Int>) throws(ImageError) {
    var at = body.lowerBound
    while at < body.upperBound {
      let (tableClass, index) = (bytes[at] >> 4, Int(bytes[at] & 15))
      try Self.expect(tableClass < 2 && index < 4, at, "a Huffman table 0 to 3 of class 0 or 1")
      try Self.expect(body.upperBound - at >= 17, at, "17 bytes of a Huffman table")
      var count = 0
      for length in 1...16 { count += Int(bytes[at + length]) }
      try Self.expect(
        count <= 256 && body.upperBound - at >= 17 + count, at, "\(count) symbols of a Huffman table")
      let table = HuffmanBytes(offset: at + 1, count: 16 + count)
      if tableClass == 0 { dcTables[index] = table } else { acTables[index] = table }
      at += 17 + count
    }
  }

  private mutating func readQuantizers(_ bytes: Span<UInt8>, _ body: Range<Int>) throws(ImageError) {
    var at = body.lowerBound
    while at < body.upperBound {
      let (precision, index) = (bytes[at] >> 4, Int(bytes[at] & 15))
      try Self.expect(precision < 2 && index < 4, at, "a quantiser table 0 to 3 of 8 or 16 bits")
      let count = precision == 0 ? 64 : 128
      try Self.expect(body.upperBound - at > count, at, "\(count) bytes of a quantiser table")
      dcQuantizers[index] = precision == 0 ? UInt16(bytes[at + 1]) : UInt16(Self.word(bytes, at + 1))
      try Self.expect(dcQuantizers[index] > 0, at + 1, "a quantiser of at least 1")
      at += 1 + count
    }
  }

  private mutating func readScan(_ bytes: Span<UInt8>, _ body: Range<Int>) throws(ImageError) {
    let start = body.lowerBound
    try Self.expect(widthPixels > 0, start, "a start of frame before the scan")
    let count = body.isEmpty ? 0 : Int(bytes[start])
    try Self.expect((1...3).contains(count), start, "1 to 3 components in a scan, found \(count)")
    try Self.expect(body.count >= 4 + 2 * count, start, "a scan header of \(4 + 2 * count) bytes")
    for position in 0..<count {
      let at = start + 1 + 2 * position
      guard let index = (0..<componentCount).first(where: { components[$0].identifier == bytes[at] }) else {
        throw ImageError(
          .corrupt, byteOffset: at,
          "expected a component of the frame, found \(bytes[at])")
      }
      let tables = (Int(bytes[at + 1] >> 4), Int(bytes[at + 1] & 15))
      try Self.expect(tables.0 < 4 && tables.1 < 4, at + 1, "Huffman tables 0 to 3")
      for earlier in 0..<position {
        try Self.expect(
          scanComponents[earlier].component != index, at, "each component once in a scan")
      }
      scanComponents[position] = ScanComponent(component: index, dcTable: tables.0, acTable: tables.1)
    }
    scanComponentCount = count
  }

  private static func word(_ bytes: Span<UInt8>, _ at: Int) -> Int {
    Int(bytes[at]) << 8 | Int(bytes[at + 1])
  }

  private static func begins(_ bytes: Span<UInt8>, _ body: Range<Int>, with text: [5 of UInt8]) -> Bool {
    guard body.count >= text.count else { return false }
    for index in text.indices where bytes[body.lowerBound + index] != text[index] { return false }
    return true
  }

  private static func expect(
    _ holds: Bool, _ at: Int, _ expected: @autoclosure () -> String
  ) throws(ImageError) {
    guard holds else { throw ImageError(.corrupt, byteOffset: at, "expected \(expected())") }
  }
}
