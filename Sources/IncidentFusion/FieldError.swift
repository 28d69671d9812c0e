/// Why bytes are not what they should be.
package struct FieldError: Error, Sendable, Hashable {
  /// Where reading stopped.
  package let byteOffset: Int
  package let expected: String

  /// One sentence for a person.
  package var message: String { "byte \(byteOffset): expected \(expected)" }
}
