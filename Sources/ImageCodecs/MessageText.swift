/// The text of a C report's message: bytes up to the first zero.
///
/// - Parameter message: a C array of characters, imported as a homogeneous tuple.
func text<Message>(_ message: Message) -> String {
  var copy = message
  // SAFETY: a tuple of CChar has no padding, and any byte pattern is a byte.
  return unsafe withUnsafeBytes(of: &copy) { bytes in
    unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }
}
