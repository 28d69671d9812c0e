internal import InspectionModel

/// The drawn piece of the district: where it lies, what is in it, and its textures.
struct GroundScene: Sendable {
  let frame: SceneFrame
  let layout: SceneLayout
  let noise: NoiseTexture
  let isMarked: Bool
  let isNight: Bool
  /// Every part of every hazard; a part's number in a picture is its place here plus one.
  let parts: [HazardPart]
  /// What stands on the ground; nothing in marked flights.
  let solids: [Solid]

  /// One visible thing of a hazard.
  struct HazardPart: Sendable {
    let hazardIndex: Int
    let kind: HazardKind
    let shape: GroundShape
  }

  /// Height of the ground above mean sea level, metres.
  static let groundMetersAMSL = 212
  /// The main street's direction, tenths of a degree clockwise from north.
  static let bearingDecidegrees = 140

  init(plan: FlightPlan) {
    frame = SceneFrame(origin: plan.origin, bearingDecidegrees: Self.bearingDecidegrees)
    layout = SceneLayout(plan: plan)
    noise = NoiseTexture(seed: plan.seed)
    (isMarked, isNight) = (plan.isMarked, plan.isNight)
    parts = layout.hazards.enumerated().flatMap { index, hazard in
      hazard.parts.map { HazardPart(hazardIndex: index, kind: hazard.kind, shape: $0) }
    }
    solids = plan.isMarked ? [] : layout.solids(parts: parts, seed: plan.seed)
  }
}
