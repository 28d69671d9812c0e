internal import Synchronization

/// The still street by blocks, kept for each shift of the camera: a camera that sways shows few of them again and
/// again.
final class StillStreet: Sendable {
  let samplings: [PlaneSampling]
  private let backdrop: StreetBackdrop
  private let kept = Mutex<[SceneDrawing.Shift: [ScenePlane]]>([:])

  /// About 10 MB for pictures of 640 x 360 pixels.
  private static let keptLimit = 64

  init(_ backdrop: StreetBackdrop, _ samplings: [PlaneSampling]) {
    (self.backdrop, self.samplings) = (backdrop, samplings)
  }

  /// One plane a component.
  func planes(shift: SceneDrawing.Shift) -> [ScenePlane] {
    if let planes = kept.withLock({ $0[shift] }) { return planes }
    let planes = samplings.map { ScenePlane(backdrop, $0, shift: shift) }
    kept.withLock { kept in
      if kept.count < Self.keptLimit { kept[shift] = planes }
    }
    return planes
  }
}
