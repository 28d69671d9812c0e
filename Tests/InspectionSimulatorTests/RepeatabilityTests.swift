import InspectionModel
import InspectionSimulator
import Testing

/// The same plan gives the same bytes, another seed others.
@Suite struct RepeatabilityTests {
  private static let plan = SmallFlight.plan(seed: 41, frameCount: 4, widthPixels: 96, heightPixels: 64) {
    ($0.sidecar, $0.errors) = (.airdata, .ordinary)
  }

  @Test(arguments: [false, true])
  func aPlanIsDrawnTheSameTwice(isNight: Bool) throws {
    var plan = Self.plan
    (plan.isMarked, plan.isNight) = (false, isNight)
    let first = try SmallFlight.files(of: SimulatedFlight(plan: plan))
    #expect(try SmallFlight.files(of: SimulatedFlight(plan: plan)) == first)
    #expect(first.count == 4 + 3)
  }

  @Test func aPictureDependsOnNoOther() throws {
    let all = try SmallFlight.files(of: SimulatedFlight(plan: Self.plan))
    let alone = try SimulatedFlight(plan: Self.plan).frame(2).file
    #expect(all[alone.name] == alone.bytes)
  }

  @Test func seedsDrawOtherFlights() throws {
    var plan = Self.plan
    let first = try SmallFlight.files(of: SimulatedFlight(plan: plan))
    plan.seed = 42
    let second = try SmallFlight.files(of: SimulatedFlight(plan: plan))
    #expect(first.keys.sorted() == second.keys.sorted())
    for (name, bytes) in first { #expect(second[name] != bytes, "\(name)") }
  }
}
