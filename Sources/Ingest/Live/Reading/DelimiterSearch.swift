internal import NIOCore

/// Finds a delimiter in bytes that come in pieces (Knuth, Morris and Pratt's search, with a jump over stretches without
/// the delimiter's first byte).
struct DelimiterSearch: Sendable {
  let delimiter: [UInt8]
  /// For each length of a match, the longest shorter match that its bytes end with.
  private let fallback: [Int]
  /// Bytes of the delimiter that the bytes so far end with.
  private(set) var matched = 0

  /// - Precondition: at least one byte.
  init(_ delimiter: [UInt8]) {
    precondition(!delimiter.isEmpty, "something is searched for")
    self.delimiter = delimiter
    var fallback = [0]
    var length = 0
    for index in delimiter.indices.dropFirst() {
      while length > 0, delimiter[index] != delimiter[length] { length = fallback[length - 1] }
      if delimiter[index] == delimiter[length] { length += 1 }
      fallback.append(length)
    }
    self.fallback = fallback
  }

  /// Searches on in the next piece.
  ///
  /// - Returns: how many bytes of the piece lead to the end of the delimiter, or `nil` where it does not end there.
  mutating func advance(over piece: ByteBufferView) -> Int? {
    var index = piece.startIndex
    while index < piece.endIndex {
      if matched == 0 {
        // NIO finds a byte with memchr.
        guard let next = piece[index...].firstIndex(of: delimiter[0]) else { return nil }
        index = next
      }
      let byte = piece[index]
      while matched > 0, byte != delimiter[matched] { matched = fallback[matched - 1] }
      if byte == delimiter[matched] { matched += 1 }
      index += 1
      if matched == delimiter.count {
        matched = 0
        return index - piece.startIndex
      }
    }
    return nil
  }

  /// Forgets what was matched so far.
  mutating func restart() { matched = 0 }
}
