package import FrameMemory
package import InspectionModel

/// A decoded picture with what was not right about it.
///
/// The rule for damaged pictures: a JPEG or PNG whose bytes end early gives the rows that are there, with
/// `isTruncated` and `completeRows`; at least one row of blocks (JPEG) or one row (PNG) has to be there, otherwise
/// the decoder throws `truncated`. Rows below carry no information and must not be analysed. A progressive JPEG
/// that ends after its first scan has all rows at lower detail and is `isTruncated` too. Wrong codes inside a
/// JPEG's data are warnings: the rows are kept, and the caller counts a fault. A PNG has checksums: any
/// contradiction is `corrupt`.
package struct DecodedImage: Sendable {
  package let frame: Frame
  package let info: ImageInfo
  /// Rows of the frame's luma, from the top, that came from data.
  package let completeRows: Int
  /// The bytes ended before the picture did.
  package let isTruncated: Bool
  /// Warnings of the decoder; 0 for a sound picture.
  package let warningCount: Int
  /// Text and place of the first warning.
  package let firstWarning: Warning?

  /// What the decoder complained about first.
  package struct Warning: Sendable, Hashable {
    package let byteOffset: Int
    package let message: String
  }

  /// One fault for a truncated or damaged picture, none for a sound one.
  package func fault(subject: String) -> Fault? {
    guard isTruncated || warningCount > 0 else { return nil }
    let text = firstWarning?.message ?? "the data end early"
    let rows = "\(completeRows) of \(frame.heightPixels) rows are complete"
    return Fault(
      code: isTruncated ? "frame_truncated" : "frame_damaged", subject: subject,
      place: firstWarning.map { .byte($0.byteOffset) }, message: isTruncated ? "\(text); \(rows)" : text)
  }
}
