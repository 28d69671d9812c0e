package import Foundation

/// A text file or standard input, line by line, without holding more than a piece of it.
package struct LineFile: Sequence, IteratorProtocol {
  private let handle: FileHandle
  private var buffer = Data()
  private var position = 0
  private var isAtEnd = false
  private let pieceBytes = 1 << 20

  /// - Throws: what opening throws.
  package init(file: URL) throws { handle = try FileHandle(forReadingFrom: file) }

  package init(_ handle: FileHandle) { self.handle = handle }

  /// The next line without its line end; a line that is longer than `ObservationLine.maximumBytes` is cut behind it,
  /// so that nobody has to hold it.
  package mutating func next() -> Data? {
    var skipped = 0
    while true {
      if let end = buffer[position...].firstIndex(of: UInt8(ascii: "\n")) {
        let line = buffer[position..<end]
        position = end + 1
        return skipped > 0 ? Data(count: ObservationLine.maximumBytes + 1) : Data(line)
      }
      if isAtEnd {
        guard position < buffer.endIndex else { return nil }
        let line = buffer[position...]
        position = buffer.endIndex
        return skipped > 0 ? Data(count: ObservationLine.maximumBytes + 1) : Data(line)
      }
      if buffer.endIndex - position > ObservationLine.maximumBytes {
        skipped += buffer.endIndex - position
        position = buffer.endIndex
      }
      buffer = Data(buffer[position...])
      position = 0
      // A device that fails in the middle ends the file: what was read stays.
      guard let piece = try? handle.read(upToCount: pieceBytes), !piece.isEmpty else {
        isAtEnd = true
        continue
      }
      buffer.append(piece)
    }
  }
}
