import NodeSimulator
import Testing

@Suite struct SimulationPlanTests {
  static func plan(seed: UInt64 = 1, count: Int = 68, duration: Double = 600) -> SimulationPlan {
    SimulationPlan(
      seed: seed, count: count, framesPerSecond: 5, transports: SimulationPlan.mixed, reelCount: 3,
      faults: .oneInFour, durationSeconds: duration)
  }

  @Test func theSameSeedGivesTheSamePlan() {
    #expect(Self.plan() == Self.plan())
    #expect(Self.plan() != Self.plan(seed: 2))
  }

  @Test func oneNodeInFourMisbehavesAndEveryKindOfFaultComes() {
    let plan = Self.plan()
    #expect(plan.nodes.count == 68)
    #expect(Set(plan.nodes.map(\.id)).count == 68)
    #expect(Set(plan.nodes.map(\.transport)) == Set(NodeTransport.allCases))
    #expect(plan.faults.filter { !$0.isEmpty }.count == 17)
    #expect(Set(plan.faults.joined().map(\.kind)) == Set(NodeFaultKind.allCases))
    // A minute of it has many of them, too.
    #expect(Set(Self.plan(duration: 60).faults.joined().map(\.kind)).count >= 8)
  }

  @Test func faultsAreApartAndLeaveTimeToBeSeen() {
    for faults in Self.plan(seed: 9).faults {
      var end = 0.0
      for fault in faults {
        #expect(fault.fromSeconds >= end + 12)
        #expect((20...30).contains(fault.toSeconds - fault.fromSeconds))
        end = fault.toSeconds
      }
    }
  }

  @Test func withoutFaultsNothingGoesWrong() {
    let plan = SimulationPlan(
      seed: 1, count: 5, framesPerSecond: 25, transports: [.mjpeg], reelCount: 1, faults: .none,
      durationSeconds: 60)
    #expect(plan.faults.allSatisfy { $0.isEmpty })
    #expect(plan.nodes.allSatisfy { $0.periodSeconds == 0.04 })
  }
}
