/// What is measured of each tile, in the order of the feature vectors; each an integer of 0…4095.
///
/// Means of samples keep four fraction bits. Deviations and gradients are roots of means, `256·√v`, since what
/// matters of a texture is its ratio to another.
package enum TileFeature: Int, Sendable, CaseIterable {
  /// Mean luma.
  case lumaMean = 0
  /// Standard deviation of luma.
  case lumaDeviation
  /// Mean luma difference to the right and downwards, at a distance of one and of four base samples.
  case across
  case down
  case acrossFar
  case downFar
  /// The same at a distance of one detail sample; of a base sample where the picture has no detail plane.
  case acrossDetail
  case downDetail
  /// How far the darkest sample lies below the mean, and the brightest above.
  case depth
  case height
  /// Mean Cb and Cr.
  case blueMean
  case redMean
  /// Standard deviations of Cb and Cr.
  case blueDeviation
  case redDeviation
  /// Mean Cr difference of neighbours, both directions together.
  case redGradient
  /// Shares of samples in each `ColourClass`.
  case flame
  case neutral
  case vegetation
  case sky
  case saturated
  case dark
  case bright
  case earth

  /// Length of a tile's feature vector.
  package static let count = allCases.count
  /// The feature of the first `ColourClass`.
  static let firstColour = TileFeature.flame
  /// The largest value of a share.
  static let shareScale = 4095
}
