package import PixelKernels

/// Memory that one worker reuses from frame to frame, so that analysis allocates nothing large after warm-up.
package struct AnalysisWorkspace: Sendable {
  /// Luma at the analysis scale, longer side at most 320 pixels.
  package var luma = PixelPlane()
  /// Luma of twice that size; empty when the frame itself is no larger than a base plane.
  package var detail = PixelPlane()
  /// Luma, Cb and Cr of half the size of `luma` (rounded up).
  package var lumaHalf = PixelPlane()
  package var blue = PixelPlane()
  package var red = PixelPlane()
  var spare = PixelPlane()

  var sums: [UInt32] = []
  var squares: [UInt32] = []
  var across: [UInt32] = []
  var down: [UInt32] = []
  var lowest: [UInt8] = []
  var highest: [UInt8] = []
  var colours: [UInt16] = []
  /// `TileFeature.count` values a tile, tile by tile.
  var features: [Int16] = []
  var context = TileContext()
  /// One value a tile.
  var logits: [Int32] = []
  var spareLogits: [Int32] = []
  var tiles = TileScores()
  var network = NetworkState()

  package init() {}
}
