import FrameMemory
import ImageCodecs
import InspectionModel
import InspectionSimulator

/// Plans that draw quickly, and what tests do with their pictures.
enum SmallFlight {
  /// Marked pictures of 160 x 96 pixels unless told otherwise: natural ones take three times as long.
  static func plan(
    seed: UInt64 = 1, frameCount: Int = 6, widthPixels: Int = 160, heightPixels: Int = 96,
    _ change: (inout FlightPlan) -> Void = { _ in }
  ) -> FlightPlan {
    var plan = FlightPlan(seed: seed)
    (plan.frameCount, plan.widthPixels, plan.heightPixels) = (frameCount, widthPixels, heightPixels)
    plan.isMarked = true
    change(&plan)
    return plan
  }

  static func decoded(_ bytes: [UInt8]) throws -> Frame {
    let pool = FramePool(slabCount: 1, slabBytes: 2 << 20)
    return try ImageDecoder(limits: .recorded).decode(bytes, into: pool).frame
  }

  /// Every file of a flight by its name.
  static func files(of flight: SimulatedFlight) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    try flight.forEachFile({ files[$0.name] = $0.bytes }, failure: { $0 as any Error })
    return files
  }
}
