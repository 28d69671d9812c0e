/// Bytes that begin at a multiple of 64: vectors that cross the lines of the cache cost twice as much.
///
/// A copy that is written to may begin elsewhere; it is slower then, and otherwise equal.
struct AlignedBytes: Sendable {
  static let alignment = 64

  let count: Int
  private var storage: [UInt8]
  private let begin: Int

  /// Zeros.
  init(count: Int) {
    self.count = count
    storage = [UInt8](repeating: 0, count: count + Self.alignment)
    // SAFETY: the address is only computed with; nothing is read through it.
    let address = unsafe storage.withUnsafeBytes { UInt(bitPattern: $0.baseAddress) }
    begin = Int((64 - address % 64) % 64)
  }

  /// The bytes of numbers.
  init(_ numbers: [some FixedWidthInteger]) {
    // SAFETY: integers have no padding; the bytes are copied while the array is borrowed.
    self = unsafe numbers.withUnsafeBytes { source in
      var bytes = AlignedBytes(count: source.count)
      guard let first = source.baseAddress else { return bytes }
      // SAFETY: the target has as many bytes as the source.
      unsafe bytes.withMutableBytes { target in
        unsafe UnsafeMutableRawPointer(target).copyMemory(from: first, byteCount: source.count)
      }
      return bytes
    }
  }

  subscript(index: Int) -> UInt8 {
    get {
      precondition(index >= 0 && index < count, "a byte inside")
      return storage[begin + index]
    }
    set {
      precondition(index >= 0 && index < count, "a byte inside")
      storage[begin + index] = newValue
    }
  }

  /// Runs a body with the memory.
  ///
  /// SAFETY: the pointer is valid inside the body only; `count` bytes may be read.
  @unsafe func withBytes<Result>(_ body: (UnsafePointer<UInt8>) -> Result) -> Result {
    // SAFETY: `begin` and the bytes after it lie inside the storage.
    unsafe storage.withUnsafeBufferPointer { unsafe body($0.baseAddress! + begin) }
  }

  /// Runs a body with the memory.
  ///
  /// SAFETY: the pointer is valid inside the body only; `count` bytes may be read and written.
  @unsafe mutating func withMutableBytes<Result>(_ body: (UnsafeMutablePointer<UInt8>) -> Result) -> Result {
    // SAFETY: `begin` and the bytes after it lie inside the storage.
    unsafe storage.withUnsafeMutableBufferPointer { unsafe body($0.baseAddress! + begin) }
  }
}
