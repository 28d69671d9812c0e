/// Collects UTF-8 text and hands it on in chunks, so that a large export never lies in memory as a whole.
final class TextOutput {
  private var pending: [UInt8] = []
  private let chunkBytes: Int
  private let sink: (_ chunk: [UInt8]) throws -> Void

  init(chunkBytes: Int = 65_536, to sink: @escaping (_ chunk: [UInt8]) throws -> Void) {
    precondition(chunkBytes > 0, "a chunk holds at least a byte")
    self.chunkBytes = chunkBytes
    self.sink = sink
    pending.reserveCapacity(chunkBytes + 4096)
  }

  func write(_ text: String) throws {
    pending.append(contentsOf: text.utf8)
    if pending.count >= chunkBytes { try flush() }
  }

  /// Hands on what is left. Nothing may be lost, so every export ends with it.
  func flush() throws {
    guard !pending.isEmpty else { return }
    try sink(pending)
    pending.removeAll(keepingCapacity: true)
  }
}
