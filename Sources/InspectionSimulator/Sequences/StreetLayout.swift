/// Where the parts of the simulated street lie in a picture, all of them from edge to edge unless named otherwise.
///
/// From top to bottom: sky, a row of facades with two groups of trees before it, a pavement, a road of four lanes,
/// a verge of grass.
package struct StreetLayout: Sendable, Hashable {
  package let widthPixels: Int
  package let heightPixels: Int

  package init(widthPixels: Int, heightPixels: Int) {
    (self.widthPixels, self.heightPixels) = (widthPixels, heightPixels)
  }

  package var picture: PictureRect { PictureRect(x: 0, y: 0, width: widthPixels, height: heightPixels) }
  package var sky: PictureRect { band(from: 0, to: 18) }
  package var facades: PictureRect { band(from: 18, to: 48) }
  package var pavement: PictureRect { band(from: 48, to: 58) }
  package var road: PictureRect { band(from: 58, to: 88) }
  package var verge: PictureRect { band(from: 88, to: 100) }
  package var trees: [PictureRect] {
    [(40, 58), (80, 92)].map { left, right in
      PictureRect(
        left: snapped(widthPixels * left / 100), top: snapped(heightPixels * 30 / 100),
        right: snapped(widthPixels * right / 100), bottom: pavement.top)
    }
  }

  /// Height of a lane; lanes count from 0 at the far side of the road.
  package var laneHeightPixels: Int { road.height / 4 }

  /// The area of one lane.
  package func lane(_ index: Int) -> PictureRect {
    PictureRect(
      x: 0, y: road.top + index * laneHeightPixels, width: widthPixels, height: laneHeightPixels)
  }

  /// A length that is so many thousandths of the picture's height.
  package func pixels(_ thousandths: Int) -> Int { max(1, heightPixels * thousandths / 1000) }

  private func band(from top: Int, to bottom: Int) -> PictureRect {
    PictureRect(
      left: 0, top: snapped(heightPixels * top / 100), right: widthPixels,
      bottom: bottom == 100 ? heightPixels : snapped(heightPixels * bottom / 100))
  }

  private func snapped(_ pixels: Int) -> Int { pixels / 16 * 16 }
}
