package import InspectionModel

/// Why a picture could not be read or written, and where in its bytes.
package struct ImageError: Error, Sendable, Hashable {
  /// What kind of refusal it is; the raw value is the fault's code.
  package enum Code: String, Sendable, Hashable, CaseIterable {
    /// The bytes do not begin like a JPEG or PNG.
    case notAnImage = "image_unknown"
    /// The bytes end before anything of the picture could be decoded.
    case truncated = "image_truncated"
    /// A limit of `DecodeLimits` or the pool's slab size is exceeded.
    case tooLarge = "image_too_large"
    /// Well formed, but of a kind that is not read: CMYK, 12 bits, arithmetic coding, …
    case unsupported = "image_unsupported"
    /// The bytes contradict the format.
    case corrupt = "image_corrupt"
    /// Every slab of the frame pool is out: a frame has to be released first. Says nothing about the picture.
    case poolExhausted = "frame_pool_exhausted"
  }

  package var code: Code
  /// Where the reader stood, bytes from the start; `nil` where no byte is to blame.
  package var byteOffset: Int?
  /// What was expected and found, in one plain sentence.
  package var message: String

  package init(_ code: Code, byteOffset: Int? = nil, _ message: String) {
    self.code = code
    self.byteOffset = byteOffset
    self.message = message
  }

  /// The same as a counted fault of a file.
  package func fault(subject: String) -> Fault {
    Fault(code: code.rawValue, subject: subject, place: byteOffset.map { .byte($0) }, message: message)
  }
}

extension ImageError: CustomStringConvertible {
  /// `image_truncated at byte 1204: …`
  package var description: String {
    "\(code.rawValue)\(byteOffset.map { " at byte \($0)" } ?? ""): \(message)"
  }
}
