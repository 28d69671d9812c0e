package import PixelKernels

extension FlightGeometry {
  /// Compares overlapping pictures and corrects their poses by one adjustment of the whole flight.
  ///
  /// Pictures that match no other keep the pose that their tags tell. Memory is bounded whatever the number
  /// of pictures; the result depends on the pictures only.
  ///
  /// - Parameter luma: the brightness of a picture as stored, reduced by any factor (320 to 640 samples on the
  ///   longer side are enough); `nil` for a picture that cannot be read. Asked for once or more.
  package mutating func refine(luma: (Int) throws -> PixelPlane?) rethrows -> AdjustmentReport {
    var report = AdjustmentReport(posedPictureCount: posedPictureCount)
    guard var comparison = FlightComparison(pictures, ground: ground) else { return report }
    try comparison.compare(luma: luma)
    for index in pictures.indices {
      if let isTurned = comparison.votes.decision(index) { pictures[index].settleTurn(isTurned) }
    }
    comparison.keepMatches(of: pictures)
    var block = comparison.adjusted()
    if let first = block {
      // Better poses find what the tags alone did not.
      try comparison.compareAgain(first, luma: luma)
      block = comparison.adjusted() ?? first
    }
    report.comparedPairCount = comparison.pairs.count
    report.unreadablePictures = comparison.unreadable
    report.turnedPictures = pictures.indices.filter { pictures[$0].isTurnedByHalf }
    guard let block, let covariances = block.adjustment.covariances() else { return report }
    let measured = block.adjustment.measuredGround
    for (element, index) in block.pictures.enumerated() {
      pictures[index].adjust(
        pose: block.adjustment.pose(of: element), camera: block.adjustment.camera(of: element),
        ground: measured, covariance: covariances[element])
    }
    report.adjustedPictureCount = block.pictures.count
    report.matchedPairCount = block.adjustment.links.count
    report.matchCount = block.adjustment.links.reduce(0) { $0 + $1.matches.count }
    report.residualMeters = block.adjustment.residualMeters
    return report
  }
}
