package import InspectionModel
package import NIOCore

/// Takes a multipart stream of pictures apart (multipart/x-mixed-replace as cameras write it): a pure state that bytes
/// are fed to in pieces of any size.
///
/// A part with a stated length is copied whole, piece by piece, into one array; no byte of it is looked at except its
/// first and last. Where a stated length proved wrong, lengths are passed over and the delimiter is searched for, until
/// three parts in a row had the length that they stated. A picture leaves the reader only when it is whole.
package struct MultipartReader: Sendable {
  /// What the stream brought.
  package enum Output {
    case picture([UInt8], sourceTime: Timestamp?)
    /// A part that is no whole picture; the stream goes on.
    case damaged(NodeFailure)
  }

  private enum Phase {
    /// Before a delimiter.
    case seeking
    /// The rest of the delimiter's line and the part's head.
    case head
    /// In a part of known length; so many bytes are still to come.
    case counted(missing: Int)
    /// In a part that ends at the next delimiter.
    case open
  }

  private let limits: SourceLimits
  private var search: DelimiterSearch
  private var phase = Phase.seeking
  private var headBytes: [UInt8] = []
  /// Length of the current line of the head, without line ends.
  private var lineLength = 0
  private var lineCount = 0
  private var head = PartHead([])
  private var picture: [UInt8] = []
  /// Bytes before the next delimiter that belong to nothing.
  private var garbageBytes = 0
  private var trustsLengths = true
  private var rightLengthsInARow = 0

  /// - Parameter boundary: of the `Content-Type` field; many cameras put the delimiter's two hyphens into it.
  /// - Returns: `nil` where the boundary is empty or too long to be one.
  package init?(boundary: String, limits: SourceLimits) {
    let name = boundary.hasPrefix("--") ? boundary.dropFirst(2) : Substring(boundary)
    guard (1...200).contains(name.utf8.count) else { return nil }
    self.limits = limits
    search = DelimiterSearch(Array("--\(name)".utf8))
  }

  /// Whether a picture began and its last byte has not come: its time runs. A picture of unknown length that ends with
  /// EOI is whole as far as can be told before the next delimiter, which may be a period away.
  package var isInsidePicture: Bool {
    switch phase {
    case .seeking, .head: false
    case .counted: !picture.isEmpty
    case .open: !picture.isEmpty && !picture.suffix(4).contains(0xD9)
    }
  }

  /// Whether a picture was begun that the end of the stream would cut off.
  package var hasPartOfPicture: Bool { !picture.isEmpty }

  /// Takes all bytes of a piece in.
  ///
  /// - Throws: where the stream cannot be read on: closed by its last delimiter, a part over the limit, a head without
  ///   end, too much between parts.
  package mutating func read(_ piece: inout ByteBuffer, _ output: (Output) -> Void) throws(NodeFailure) {
    while piece.readableBytes > 0 {
      switch phase {
      case .seeking: try seek(&piece)
      case .head: try readHead(&piece)
      case .counted(let missing): readCounted(&piece, missing: missing, output)
      case .open: try readOpen(&piece, output)
      }
    }
  }

  private mutating func seek(_ piece: inout ByteBuffer) throws(NodeFailure) {
    let available = piece.readableBytes
    let found = search.advance(over: piece.readableBytesView)
    let passed = found ?? available
    piece.moveReaderIndex(forwardBy: passed)
    garbageBytes += passed
    if found != nil {
      garbageBytes = 0
      beginHead()
    } else if garbageBytes > limits.maximumGarbageBytes {
      throw NodeFailure(.garbage, "more than \(limits.maximumGarbageBytes) bytes between two pictures")
    }
  }

  private mutating func beginHead() {
    phase = .head
    headBytes.removeAll(keepingCapacity: true)
    (lineLength, lineCount) = (0, 0)
  }

  private mutating func readHead(_ piece: inout ByteBuffer) throws(NodeFailure) {
    while let byte: UInt8 = piece.readInteger() {
      headBytes.append(byte)
      guard headBytes.count <= limits.maximumPartHeadBytes else {
        throw NodeFailure(
          .headersTooLong, "the head of a part has more than \(limits.maximumPartHeadBytes) bytes")
      }
      if byte == 10 {
        // The first line is what follows the delimiter on its line.
        if lineCount > 0, lineLength == 0 { return try beginBody() }
        lineCount += 1
        lineLength = 0
      } else if byte != 13 {
        lineLength += 1
        if lineCount == 0, headBytes.count == 2, headBytes == [45, 45] {
          throw NodeFailure(.ended, "the stream ended with its last delimiter")
        }
      }
    }
  }

  private mutating func beginBody() throws(NodeFailure) {
    head = PartHead(headBytes)
    picture = []
    search.restart()
    guard let length = head.length, length > 0 else {
      phase = .open
      return
    }
    guard length <= limits.maximumFrameBytes else {
      // A wrong length may state anything; only what is trusted ends the stream.
      if !trustsLengths {
        phase = .open
        return
      }
      throw NodeFailure(.frameTooLong, "a picture of \(length) bytes, at most \(limits.maximumFrameBytes)")
    }
    picture.reserveCapacity(length)
    phase = trustsLengths ? .counted(missing: length) : .open
  }

  private mutating func readCounted(
    _ piece: inout ByteBuffer, missing: Int, _ output: (Output) -> Void
  ) {
    let count = min(missing, piece.readableBytes)
    if let slice = piece.readSlice(length: count) { picture.append(contentsOf: slice.readableBytesView) }
    guard count == missing else {
      phase = .counted(missing: missing - count)
      return
    }
    phase = .seeking
    if !emit(output) { noteLength(isRight: false) }
  }

  private mutating func readOpen(
    _ piece: inout ByteBuffer, _ output: (Output) -> Void
  ) throws(NodeFailure) {
    let found = search.advance(over: piece.readableBytesView)
    if let slice = piece.readSlice(length: found ?? piece.readableBytes) {
      picture.append(contentsOf: slice.readableBytesView)
    }
    guard picture.count <= limits.maximumFrameBytes + search.delimiter.count else {
      throw NodeFailure(.frameTooLong, "a picture without end within \(limits.maximumFrameBytes) bytes")
    }
    guard found != nil else { return }
    picture.removeLast(search.delimiter.count)
    if picture.last == 10 { picture.removeLast() }
    if picture.last == 13 { picture.removeLast() }
    if let length = head.length, !trustsLengths {
      // Garbage before the delimiter is no part of the picture where the stated length ends with its end.
      let isRight = length == picture.count || length < picture.count && isWhole(picture.prefix(length))
      if isRight { picture.removeSubrange(length...) }
      noteLength(isRight: isRight)
    }
    _ = emit(output)
    garbageBytes = 0
    beginHead()
  }

  private func isWhole(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.count > 4 && bytes.starts(with: [0xFF, 0xD8, 0xFF]) && bytes.suffix(2).elementsEqual([0xFF, 0xD9])
  }

  private mutating func noteLength(isRight: Bool) {
    guard isRight else {
      (trustsLengths, rightLengthsInARow) = (false, 0)
      return
    }
    guard !trustsLengths else { return }
    rightLengthsInARow += 1
    if rightLengthsInARow == 3 { (trustsLengths, rightLengthsInARow) = (true, 0) }
  }

  /// Hands the picture out where it is whole; tells whether it was.
  private mutating func emit(_ output: (Output) -> Void) -> Bool {
    var bytes = picture
    picture = []
    guard head.isPicture else {
      output(.damaged(NodeFailure(.wrongContentType, "a part of type \(head.contentType ?? "")")))
      return true
    }
    guard PictureEnds.trim(&bytes) else {
      output(
        .damaged(NodeFailure(.damagedPicture, "\(bytes.count) bytes that are no whole JPEG or PNG picture")))
      return false
    }
    output(.picture(bytes, sourceTime: head.sourceTime))
    return true
  }
}
