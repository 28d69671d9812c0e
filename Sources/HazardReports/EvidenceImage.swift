package import InspectionModel

/// A picture that shows what an observation saw, small enough for a page (long side 640…1280 pixels is plenty).
package struct EvidenceImage: Sendable {
  /// JPEG or PNG file bytes, upright as stored: the box of the observation refers to these rows and columns.
  package var bytes: [UInt8]
  /// Whether the box is already drawn into the pixels; where not, the report draws it over the picture.
  package var isAnnotated: Bool

  package init(bytes: [UInt8], isAnnotated: Bool) {
    self.bytes = bytes
    self.isAnnotated = isAnnotated
  }

  /// `image/jpeg` or `image/png` by the first bytes; `nil` for anything else, which a report must not embed.
  var mediaType: String? {
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return "image/png" }
    return nil
  }
}

/// Finds the picture of an observation; `nil` where none is kept. The caller reads its store: this module reads none.
package typealias EvidenceLookup = (Observation) throws -> EvidenceImage?
