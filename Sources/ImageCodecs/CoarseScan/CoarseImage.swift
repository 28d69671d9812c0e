package import FrameMemory
package import InspectionModel

/// A coarsely scanned picture with what was not right about it.
///
/// A picture whose data end early or contain wrong codes gives the rows of blocks before that place, at least one,
/// and says so; with none the scanner throws. What lies below `frame.completeRows` is neutral and carries no
/// information.
package struct CoarseImage: Sendable {
  package let frame: CoarseFrame
  package let info: ImageInfo
  /// What kept the scanner from reading the whole picture; `nil` for a sound one.
  package let damage: Damage?

  /// Where and how a picture's data failed.
  package struct Damage: Sendable, Hashable {
    /// The bytes ended before the picture did; otherwise they are wrong.
    package let isTruncated: Bool
    /// Where the reader stood, about.
    package let byteOffset: Int
    package let message: String
  }

  /// One fault for a truncated or damaged picture, none for a sound one.
  package func fault(subject: String) -> Fault? {
    guard let damage else { return nil }
    let rows = frame.format.plane(.luma)!.heightBlocks
    return Fault(
      code: damage.isTruncated ? "frame_truncated" : "frame_damaged", subject: subject,
      place: .byte(damage.byteOffset),
      message: "\(damage.message); \(frame.completeRows) of \(rows) rows of blocks are complete")
  }
}
