/// A part of a file's bytes; every read is checked against its bounds and gives `nil` outside them.
struct BoundedBytes {
  let bytes: [UInt8]
  /// The readable part, as offsets into the file.
  let range: Range<Int>

  /// - Precondition: the range lies inside the bytes.
  init(_ bytes: [UInt8], _ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "a range inside the file")
    self.bytes = bytes
    self.range = range
  }

  var count: Int { range.count }

  /// The byte that many bytes after the start of the range.
  func byte(_ offset: Int) -> UInt8? {
    guard offset >= 0, offset < range.count else { return nil }
    return bytes[range.lowerBound + offset]
  }

  func uint16(_ offset: Int, bigEndian: Bool) -> Int? {
    guard offset >= 0, offset <= range.count - 2 else { return nil }
    let (first, second) = (Int(bytes[range.lowerBound + offset]), Int(bytes[range.lowerBound + offset + 1]))
    return bigEndian ? first << 8 | second : second << 8 | first
  }

  func uint32(_ offset: Int, bigEndian: Bool) -> Int? {
    guard offset >= 0, offset <= range.count - 4, let first = uint16(offset, bigEndian: bigEndian),
      let second = uint16(offset + 2, bigEndian: bigEndian)
    else { return nil }
    return bigEndian ? first << 16 | second : second << 16 | first
  }

  /// A smaller part; `nil` where it would reach outside.
  func part(_ offset: Int, _ length: Int) -> BoundedBytes? {
    guard offset >= 0, length >= 0, offset <= range.count, length <= range.count - offset else { return nil }
    let start = range.lowerBound + offset
    return BoundedBytes(bytes, start..<start + length)
  }

  /// Whether the part begins with these characters.
  func starts(with text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    guard length <= range.count else { return false }
    return text.description.utf8.elementsEqual(bytes[range.lowerBound..<range.lowerBound + length])
  }

  var slice: ArraySlice<UInt8> { bytes[range] }
}
