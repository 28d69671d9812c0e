import InspectionPipeline
import Testing

@Suite struct StageTimesTests {
  @Test func aQuantileIsBoundedByItsBucket() throws {
    let times = StageTimes()
    for step in 1...1000 { times.note(Double(step) / 1000, of: .full) }
    let counts = try #require(times.all[.full])
    #expect(counts.count == 1000 && abs(counts.sumSeconds - 500.5) < 1e-6)
    for quantile in [0.01, 0.5, 0.9, 0.99, 1] {
      let bound = try #require(counts.boundSeconds(ofQuantile: quantile))
      #expect(bound >= quantile && bound <= quantile * 1.19 + 0.001, "\(quantile)")
    }
    #expect(times.all[.coarse] == nil)
  }

  @Test func whatIsOutOfBoundsIsCounted() {
    let times = StageTimes()
    times.note(1e9, of: .settle)
    times.note(-1, of: .settle)
    #expect(times.all[.settle]?.count == 2)
    #expect(times.all[.settle]?.boundSeconds(ofQuantile: 1) == .infinity)
  }
}
