/// Something went wrong and the run goes on.
package struct Fault: Sendable, Hashable, Codable, Comparable {
  /// A short constant word for counting, such as `frame_truncated`; never a value.
  package var code: String
  /// File, node or source that is concerned.
  package var subject: String
  /// Byte offset in the file, or line number, where known.
  package var place: Place?
  /// What was expected and found, in one plain sentence.
  package var message: String

  /// Where in a file.
  package enum Place: Sendable, Hashable, Codable {
    case byte(Int)
    case line(Int)

    /// Bytes or lines from the start, whichever it counts.
    var offset: Int {
      switch self {
      case .byte(let offset): offset
      case .line(let number): number
      }
    }

    /// `byte 1204` or `line 7`.
    package var text: String {
      switch self {
      case .byte(let offset): "byte \(offset)"
      case .line(let number): "line \(number)"
      }
    }
  }

  package init(code: String, subject: String, place: Place? = nil, message: String) {
    self.code = code
    self.subject = subject
    self.place = place
    self.message = message
  }

  /// `DJI_0020.JPG: byte 1204: expected …`
  package var description: String { "\(subject): \(place.map { "\($0.text): " } ?? "")\(message)" }

  /// By subject, then code, then place, then message: the order of reports.
  package static func < (left: Fault, right: Fault) -> Bool {
    (left.subject, left.code, left.place?.offset ?? -1, left.message)
      < (right.subject, right.code, right.place?.offset ?? -1, right.message)
  }
}
