package import InspectionModel

/// What a picture's tags say about how its pixels lie, and whether a program turned them after the flight.
///
/// Programs for looking at pictures turn the pixels, save the file and leave Orientation at 1 and the
/// camera's attitude as it was. Then Software names the program instead of the firmware and ModifyDate is
/// later than DateTimeOriginal. Only the pixels can prove it (`FlightGeometry.refine` compares them with the
/// neighbours').
package struct PictureOrientation: Sendable, Hashable {
  /// Stored → upright as EXIF's Orientation asks.
  package let exifTurn: PictureTurn
  /// The program that saved the file after the flight; `nil` where the file is as the camera wrote it.
  package let savedAgainBy: String?
  /// Whether the tags alone make a half turn after the flight the likelier case.
  package let isLikelyTurned: Bool
  /// Width and height changed places since the camera wrote the file: turned by a quarter, nobody knows which
  /// way.
  package let isTurnedByUnknownQuarter: Bool

  package init(_ metadata: PictureMetadata, storedWidthPixels: Int, storedHeightPixels: Int) {
    exifTurn = PictureTurn(exifOrientation: metadata.orientation ?? 1)
    savedAgainBy = Self.programThatSavedAgain(metadata)
    isLikelyTurned = savedAgainBy.map(Self.savesOnlyTurnedPictures) ?? false
    isTurnedByUnknownQuarter =
      if let width = metadata.recordedWidthPixels, let height = metadata.recordedHeightPixels {
        savedAgainBy != nil && width != height && storedWidthPixels != storedHeightPixels
          && (width > height) != (storedWidthPixels > storedHeightPixels)
      } else {
        false
      }
  }

  /// Stored → upright, with the half turn after the flight or without it.
  package func turn(isTurnedByHalf: Bool) -> PictureTurn { isTurnedByHalf ? exifTurn.turnedByHalf : exifTurn }

  /// Cameras write the picture within seconds of its exposure.
  private static let writingSeconds = 10.0

  private static func programThatSavedAgain(_ metadata: PictureMetadata) -> String? {
    guard let software = metadata.software, !isFirmware(software, metadata),
      let taken = metadata.takenAt.flatMap({ Timestamp($0, zone: .utc) }),
      let modified = metadata.modifiedAt.flatMap({ Timestamp($0, zone: .utc) }),
      modified.seconds(since: taken) > writingSeconds
    else { return nil }
    return software
  }

  /// `v01.23.4920`, `10.00.12.07`, `Ver.1.2` or text with the maker's or model's name.
  private static func isFirmware(_ software: String, _ metadata: PictureMetadata) -> Bool {
    let text = software.lowercased()
    for name in [metadata.make, metadata.model] {
      if let name = name?.lowercased(), !name.isEmpty, text.contains(name) { return true }
    }
    var rest = Substring(text)
    for prefix in ["firmware", "version", "ver", "v"] where rest.hasPrefix(prefix) {
      rest = rest.dropFirst(prefix.count).drop { $0 == "." || $0 == " " || $0 == ":" }
      break
    }
    return rest.first.map { $0.isASCII && $0.isNumber } ?? false
  }

  /// Viewers change nothing but the orientation; editors change everything else more often.
  private static func savesOnlyTurnedPictures(_ program: String) -> Bool {
    let text = program.lowercased()
    return ["viewer", "photo gallery", "photos", "preview", "picasa", "irfanview", "faststone", "gwenview"]
      .contains { text.contains($0) }
  }
}
