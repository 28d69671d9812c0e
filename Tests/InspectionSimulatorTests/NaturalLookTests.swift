import FrameMemory
import InspectionModel
import InspectionSimulator
import Testing

/// What a natural picture must show, whatever it looks like.
@Suite struct NaturalLookTests {
  private static let plan = SmallFlight.plan(
    seed: 71, frameCount: 8, widthPixels: 96, heightPixels: 64
  ) { ($0.isMarked, $0.heightMeters) = (false, 80) }

  private func meanLuma(_ frame: Frame, _ box: NormalizedBox = .whole) -> Double {
    let (width, height) = (Double(frame.widthPixels), Double(frame.heightPixels))
    var (sum, count) = (0, 0)
    for y in Int(box.y * height)..<Int((box.y + box.height) * height) {
      for x in Int(box.x * width)..<Int((box.x + box.width) * width) {
        sum += Int(frame.luma[x, y])
        count += 1
      }
    }
    return Double(sum) / Double(max(1, count))
  }

  @Test func nightIsDarkAndTheDarkStretchIsDarker() throws {
    var night = Self.plan
    night.isNight = true
    let (byDay, byNight) = (try SimulatedFlight(plan: Self.plan), try SimulatedFlight(plan: night))
    #expect(!byDay.truth(frames: []).hazards.contains { $0.kind == .darkness })
    #expect(byNight.truth(frames: []).hazards.contains { $0.kind == .darkness })
    var compared = 0
    for index in 0..<night.frameCount {
      let (file, truth) = try byNight.frame(index)
      guard let dark = truth.sightings.first(where: { $0.hazard == "darkness-1" && !$0.isCut }) else {
        continue
      }
      var lit = night
      lit.hazards.remove(.darkness)
      let dull = meanLuma(try SmallFlight.decoded(file.bytes), dark.box)
      let bright = meanLuma(
        try SmallFlight.decoded(SimulatedFlight(plan: lit).frame(index).file.bytes), dark.box)
      let sunny = meanLuma(try SmallFlight.decoded(byDay.frame(index).file.bytes), dark.box)
      #expect(dull * 1.4 < bright && bright * 1.4 < sunny, "picture \(index): \(dull), \(bright), \(sunny)")
      compared += 1
    }
    #expect(compared > 0, "the flight passes over the dark stretch")
  }

  @Test func hazardsAreAbsentBeforeTheyAppear() throws {
    var plan = Self.plan
    plan.hazardsAppearAtFrame = 4
    let late = try SimulatedFlight(plan: plan), always = try SimulatedFlight(plan: Self.plan)
    for index in 0..<plan.frameCount {
      let (before, after) = (try late.frame(index), try always.frame(index))
      if index < 4 {
        #expect(before.truth.sightings.isEmpty && before.truth.smokeBox == nil)
        if !after.truth.sightings.isEmpty { #expect(before.file.bytes != after.file.bytes) }
      } else {
        #expect(before.file == after.file)
      }
    }
    #expect(late.truth(frames: []).hazards.allSatisfy { $0.firstFrame == 4 })
  }

  @Test func smokeRisesFromTheFire() throws {
    let flight = try SimulatedFlight(plan: Self.plan)
    let frames = try (0..<Self.plan.frameCount).map { try flight.frame($0).truth }
    let burning = frames.filter { frame in
      frame.sightings.contains { $0.hazard == "fire_smoke-1" && !$0.isCut }
    }
    #expect(!burning.isEmpty)
    for frame in burning {
      let smoke = try #require(frame.smokeBox)
      let fire = try #require(frame.sightings.first { $0.hazard == "fire_smoke-1" }).box
      #expect(smoke.width * smoke.height > fire.width * fire.height, "\(frame.name)")
      #expect(smoke.x < fire.x + fire.width && fire.x < smoke.x + smoke.width, "\(frame.name)")
    }
    var without = Self.plan
    without.hazards.remove(.fireSmoke)
    #expect(try SimulatedFlight(plan: without).frame(burning[0].sequenceNumber).truth.smokeBox == nil)
  }

  @Test func onlyTheAskedHazardsAreDrawn() throws {
    for kind in HazardKind.allCases {
      var plan = Self.plan
      (plan.hazards, plan.isMarked) = ([kind], true)
      let kinds = try SimulatedFlight(plan: plan).truth(frames: []).hazards.map(\.kind)
      #expect(kinds == (kind == .obstruction ? [] : [kind]))
    }
  }
}
