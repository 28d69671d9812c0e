import InspectionModel
import InspectionSimulator

/// The plans of `Fixtures/flights`: what Fixtures/flights/README.md says as command lines.
enum FixturePlans {
  static let all: [(folder: String, plan: FlightPlan)] = [
    ("marked", marked), ("subtitled", subtitled), ("fixed-camera", fixedCamera), ("damaged", damaged),
  ]

  static let marked = plan(seed: 1, frameCount: 16, 640, 360) { $0.heightMeters = 50 }

  static let subtitled = plan(seed: 2, frameCount: 10, 480, 270) {
    $0.hazards = [.fireSmoke, .water, .roadDamage, .garbage]
    ($0.tags, $0.sidecar) = (.time, .srt)
  }

  static let fixedCamera = plan(seed: 3, frameCount: 10, 320, 180) {
    ($0.isFixedCamera, $0.hazards, $0.hazardsAppearAtFrame) = (true, [.roadDamage], 3)
  }

  static let damaged = plan(seed: 4, frameCount: 4, 320, 180) {
    $0.sidecar = .srt
    $0.damages = [.truncatedFrame, .mislabelledFile, .emptyFile, .brokenSidecar, .missingAttitude]
  }

  private static func plan(
    seed: UInt64, frameCount: Int, _ width: Int, _ height: Int, _ change: (inout FlightPlan) -> Void
  ) -> FlightPlan {
    var plan = FlightPlan(seed: seed)
    (plan.frameCount, plan.widthPixels, plan.heightPixels) = (frameCount, width, height)
    (plan.isMarked, plan.quality) = (true, 80)
    change(&plan)
    return plan
  }
}
