package import InspectionModel

/// What the geometry of a flight needs to know about one picture.
package struct GeometryPicture: Sendable, Hashable {
  package var metadata: PictureMetadata
  /// Pose at the moment of the picture: its own tags with gaps filled from a log; `nil` takes the tags alone.
  package var telemetry: TelemetrySample?
  package var storedWidthPixels: Int
  package var storedHeightPixels: Int

  /// - Precondition: positive sizes.
  package init(
    metadata: PictureMetadata, telemetry: TelemetrySample?, storedWidthPixels: Int, storedHeightPixels: Int
  ) {
    precondition(storedWidthPixels > 0 && storedHeightPixels > 0, "a picture has pixels")
    self.metadata = metadata
    self.telemetry = telemetry
    self.storedWidthPixels = storedWidthPixels
    self.storedHeightPixels = storedHeightPixels
  }
}
