/// One image file directory of a TIFF structure: tags with typed access to their values.
///
/// Source: TIFF 6.0, section 2. Every offset is checked; at most 512 entries are looked at, and no directory leads
/// to another one by itself, so that a ring of directories is harmless.
struct TIFFDirectory {
  private let bigEndian: Bool
  private var entries: [Int: Entry] = [:]
  /// Tags whose value lies outside the bytes, or whose entry is cut by their end.
  private(set) var unreadableTags: Set<Int> = []
  /// The directory states more entries than there are bytes for.
  private(set) var isCut = false

  private static let entryLimit = 512
  /// Longest text that is read, bytes.
  private static let textLimit = 256

  /// One entry whose value was found inside the bytes.
  private struct Entry {
    let type: Int
    let count: Int
    let value: BoundedBytes
  }

  /// `nil` where the bytes hold no directory at that offset.
  init?(_ tiff: BoundedBytes, at offset: Int, bigEndian: Bool) {
    guard let count = tiff.uint16(offset, bigEndian: bigEndian) else { return nil }
    self.bigEndian = bigEndian
    for index in 0..<min(count, Self.entryLimit) {
      let place = offset + 2 + index * 12
      guard let tag = tiff.uint16(place, bigEndian: bigEndian),
        let type = tiff.uint16(place + 2, bigEndian: bigEndian),
        let count = tiff.uint32(place + 4, bigEndian: bigEndian),
        let first = tiff.uint32(place + 8, bigEndian: bigEndian)
      else {
        isCut = true
        break
      }
      // Of several entries with one tag the first counts.
      guard let size = Self.byteCount(ofType: type), count > 0, entries[tag] == nil else { continue }
      // A count has 32 bits and a size 4, so the product fits.
      let length = count * size
      guard let value = tiff.part(length <= 4 ? place + 8 : first, length) else {
        unreadableTags.insert(tag)
        continue
      }
      entries[tag] = Entry(type: type, count: count, value: value)
    }
  }

  /// Bytes of one value; `nil` for a type that nobody knows.
  private static func byteCount(ofType type: Int) -> Int? {
    switch type {
    case 1, 2, 6, 7, 129: 1  // 129: UTF-8, since Exif 3.0
    case 3, 8: 2
    case 4, 9, 11, 13: 4
    case 5, 10, 12: 8
    default: nil
    }
  }

  /// A text without blanks around it; `nil` where nothing else is in it.
  func text(_ tag: Int) -> String? {
    guard let entry = entries[tag], [2, 7, 129].contains(entry.type) else { return nil }
    let characters = entry.value.slice.prefix(Self.textLimit).prefix { $0 != 0 }
    let text = trimmed(characters)
    return text.isEmpty ? nil : String(decoding: text, as: UTF8.self)
  }

  /// The first value of an unsigned whole number.
  func integer(_ tag: Int) -> Int? {
    guard let entry = entries[tag] else { return nil }
    switch entry.type {
    case 1: return entry.value.byte(0).map(Int.init)
    case 3: return entry.value.uint16(0, bigEndian: bigEndian)
    case 4, 13: return entry.value.uint32(0, bigEndian: bigEndian)
    default: return nil
    }
  }

  /// A fraction; `nil` where its denominator is 0, which is how writers say "unknown".
  func rational(_ tag: Int, _ index: Int = 0) -> Double? {
    guard let entry = entries[tag], entry.type == 5 || entry.type == 10, index < entry.count,
      let above = entry.value.uint32(index * 8, bigEndian: bigEndian),
      let below = entry.value.uint32(index * 8 + 4, bigEndian: bigEndian), below != 0
    else { return nil }
    guard entry.type == 10 else { return Double(above) / Double(below) }
    return Double(Int32(truncatingIfNeeded: above)) / Double(Int32(truncatingIfNeeded: below))
  }
}
