internal import PixelKernels

/// Memory that one worker reuses from frame to frame, so that analysis allocates nothing large after warm-up.
package struct AnalysisWorkspace: Sendable {
  /// Luma at the analysis scale, longer side at most 320 pixels.
  var luma = PixelPlane()
  /// Luma of twice that size; empty when the frame itself is no larger than a base plane.
  var detail = PixelPlane()
  /// Luma, Cb and Cr of half the size of `luma` (rounded up).
  var lumaHalf = PixelPlane()
  var blue = PixelPlane()
  var red = PixelPlane()
  var spare = PixelPlane()

  var sums: [UInt32] = []
  var squares: [UInt32] = []
  var across: [UInt32] = []
  var down: [UInt32] = []
  var colours: [UInt16] = []
  /// `TileFeatures.count` values a tile, tile by tile.
  var features: [Int32] = []
  /// The same, averaged over the 3x3 tiles around each.
  var surroundings: [Float] = []
  /// One value a tile for each output of the network.
  var logits: [[Float]] = []

  package init() {}
}
