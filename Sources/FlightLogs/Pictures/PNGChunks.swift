/// Walks the chunks of a PNG file without checking their sums (the decoder does).
struct PNGChunks {
  struct Chunk {
    let name: String
    let body: BoundedBytes
  }

  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  private let bytes: [UInt8]
  private var position = 8
  private var isDone = false
  /// Where a chunk begins that the bytes do not hold completely.
  private(set) var cutOffset: Int?

  /// - Precondition: the bytes begin with the signature.
  init(_ bytes: [UInt8]) {
    precondition(bytes.starts(with: Self.signature), "a PNG begins with its signature")
    self.bytes = bytes
  }

  /// The next whole chunk; `nil` after IEND or where the bytes end (see `cutOffset`).
  mutating func next() -> Chunk? {
    guard !isDone else { return nil }
    let whole = BoundedBytes(bytes, 0..<bytes.count)
    guard let length = whole.uint32(position, bigEndian: true), let name = whole.part(position + 4, 4),
      let body = whole.part(position + 8, length), whole.part(position + 8 + length, 4) != nil
    else {
      isDone = true
      cutOffset = position
      return nil
    }
    position += 12 + length
    let text = String(decoding: name.slice, as: UTF8.self)
    isDone = text == "IEND"
    return Chunk(name: text, body: body)
  }
}
