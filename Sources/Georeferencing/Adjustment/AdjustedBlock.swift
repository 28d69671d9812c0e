/// The matched pictures of a flight with their adjusted poses.
struct AdjustedBlock {
  /// Index of each element's picture, ascending.
  let pictures: [Int]
  var adjustment: BlockAdjustment

  /// How the adjusted pictures see the ground, by picture.
  var views: [Int: PictureView] {
    Dictionary(
      uniqueKeysWithValues: pictures.enumerated().map { element, picture in
        (
          picture,
          PictureView(
            pose: adjustment.pose(of: element), camera: adjustment.camera(of: element),
            ground: adjustment.adjustedGround)
        )
      })
  }

  /// A picture that was not adjusted, with what the whole flight shares.
  func withCommonParts(_ view: PictureView) -> PictureView { adjustment.withCommonParts(view) }
}
