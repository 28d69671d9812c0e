import HazardAnalysis
import InspectionModel
import TestSupport
import Testing

@Suite struct SourceHistoryTests {
  static let threshold = HazardScore(millionths: 500_000)

  /// A measurement with one hazard and a picture of its own: `mark` makes its signature differ from others.
  static func measurement(
    _ hazard: HazardKind = .water, score: Int, regions: [(score: Int, box: NormalizedBox)] = [],
    vehicles: Int? = nil, mark: Int = 0, luma: Double = 100, sharpness: Double = 10, contrast: Double = 40
  ) -> FrameMeasurement {
    FrameMeasurement(
      hazards: [
        HazardMeasurement(
          hazard: hazard, score: HazardScore(millionths: score), threshold: threshold,
          regions: regions.map {
            HazardRegion(hazard: hazard, score: HazardScore(millionths: $0.score), box: $0.box)
          })
      ], vehicleCount: vehicles,
      quality: PictureQuality(meanLuma: luma, sharpness: sharpness, contrast: contrast),
      signature: PictureSignature(samples: (0..<144).map { Int32($0 + mark) }))
  }

  static func second(_ count: Int) -> Timestamp { Timestamp(milliseconds: Int64(count) * 1000) }

  /// Feeds scores second by second; tells after which a finding came.
  private static func findings(
    _ scores: [Int], _ confirmation: SourceHistory.Confirmation, telemetry: TelemetrySample? = nil
  ) -> [Bool] {
    var history = SourceHistory(confirmation: confirmation)
    return scores.enumerated().map { index, score in
      !history.append(
        measurement(score: score, mark: index), timestamp: second(index), telemetry: telemetry
      ).findings.isEmpty
    }
  }

  @Test func aFixedCameraNeedsThreeOfFive() {
    let (yes, no) = (500_000, 499_999)
    #expect(Self.findings([yes, yes, yes, yes], .threeOfFive) == [false, false, true, true])
    #expect(
      Self.findings([yes, no, yes, no, yes, yes, no, no], .threeOfFive)
        == [false, false, false, false, true, true, false, false])
    #expect(Self.findings([yes, yes, no, no, no, yes], .threeOfFive).allSatisfy { !$0 })
  }

  /// Against the definition, over random sequences.
  @Test func confirmationCountsTheLatestFrames() {
    var generator = SeededGenerator(seed: 21)
    for round in 0..<50 {
      let window = Int.random(in: 1...6, using: &generator)
      let needed = Int.random(in: 1...window, using: &generator)
      let seen = (0..<40).map { _ in Bool.random(using: &generator) }
      let found = Self.findings(
        seen.map { $0 ? 900_000 : 100_000 }, SourceHistory.Confirmation(needed: needed, window: window))
      for index in seen.indices {
        let recent = seen[max(0, index - window + 1)...index]
        #expect(
          found[index] == (seen[index] && recent.count(where: \.self) >= needed),
          "seed 21, round \(round), frame \(index)")
      }
    }
  }

  @Test func aMovingCameraStandsAloneInEachFrame() {
    var moving = TelemetrySample(timestamp: Self.second(0))
    moving.groundSpeedMetersPerSecond = 5
    #expect(Self.findings([600_000, 0, 600_000], .threeOfFive, telemetry: moving) == [true, false, true])
    moving.groundSpeedMetersPerSecond = 0.4
    #expect(Self.findings([600_000, 0, 600_000], .threeOfFive, telemetry: moving) == [false, false, false])
  }

  @Test func findingsNameRegionsAndKeepTheWeakerScore() {
    let boxes = (0..<6).map { NormalizedBox(x: Double($0) / 10, y: 0.1, width: 0.1, height: 0.1) }
    var history = SourceHistory(confirmation: .everyFrame)
    let update = history.append(
      Self.measurement(
        .congestion, score: 800_000, regions: boxes.enumerated().map { (950_000 - $0 * 90_000, $1) },
        vehicles: 14), timestamp: Self.second(0))
    #expect(update.findings.map(\.region) == Array(boxes.prefix(SourceHistory.maximumRegionsPerHazard)))
    #expect(update.findings.map(\.score.millionths) == [800_000, 800_000, 770_000, 680_000])
    #expect(update.findings.allSatisfy { $0.vehicleCount == 14 && $0.threshold == Self.threshold })
  }

  @Test func aHazardWithoutAPlaceIsTheWholePicture() {
    var history = SourceHistory(confirmation: .everyFrame)
    let update = history.append(
      Self.measurement(.darkness, score: 700_000, vehicles: 3), timestamp: Self.second(0))
    #expect(update.findings.map(\.region) == [.whole] && update.findings[0].vehicleCount == nil)
  }

  @Test func changeIsMeasuredAgainstTheFrameBefore() {
    var history = SourceHistory(confirmation: .everyFrame)
    let marks = [0, 0, 32, 16]
    let changes = marks.enumerated().map { index, mark in
      history.append(Self.measurement(score: 0, mark: mark), timestamp: Self.second(index)).change
    }
    #expect(changes == [nil, 0, 2, 1])
  }

  @Test func theSamePictureAgainAndAgainIsFrozen() {
    var history = SourceHistory(confirmation: .everyFrame)
    let count = SourceHistory.frozenFrameCount
    for index in 0..<3 * count {
      let update = history.append(Self.measurement(score: 0), timestamp: Self.second(index))
      #expect(update.conditions == (index >= count ? [.frozen] : []), "frame \(index)")
    }
    let moved = history.append(Self.measurement(score: 0, mark: 1), timestamp: Self.second(3 * count))
    #expect(moved.conditions.isEmpty)
  }

  @Test func aPictureWithoutLightOrContrastIsNotJudged() {
    var history = SourceHistory(confirmation: .everyFrame)
    let dark = Self.measurement(score: 0, mark: 1, luma: 11.9, contrast: 1)
    #expect(history.append(dark, timestamp: Self.second(0)).conditions == [.dark])
    let covered = Self.measurement(score: 0, mark: 2, luma: 60, contrast: 3.9)
    #expect(history.append(covered, timestamp: Self.second(1)).conditions == [.covered])
    let good = Self.measurement(score: 0, mark: 3, luma: 12, contrast: 4)
    #expect(history.append(good, timestamp: Self.second(2)).conditions.isEmpty)
  }

  @Test func blurIsJudgedAgainstTheUsualSharpnessOnceItIsKnown() {
    var history = SourceHistory(confirmation: .everyFrame)
    func append(_ index: Int, _ sharpness: Double) -> [SourceCondition] {
      history.append(
        Self.measurement(score: 0, mark: index, sharpness: sharpness), timestamp: Self.second(index)
      ).conditions
    }
    #expect(append(0, 10).isEmpty)
    #expect(append(1, 3).isEmpty, "too early to tell")
    for index in 2..<60 { #expect(append(index, 10).isEmpty) }
    #expect(append(60, 3) == [.blurred])
    #expect(append(61, 4.5).isEmpty)
    // Blurred frames do not become the usual.
    for index in 62..<400 { #expect(append(index, 3) == [.blurred], "frame \(index)") }
  }

  @Test func aJumpBackInTimeStartsAnew() {
    var history = SourceHistory(confirmation: .threeOfFive)
    for index in 0..<4 {
      _ = history.append(Self.measurement(score: 900_000, mark: index), timestamp: Self.second(100 + index))
    }
    let jumped = history.append(Self.measurement(score: 900_000, mark: 9), timestamp: Self.second(50))
    #expect(jumped.findings.isEmpty && jumped.change == nil)
    let same = history.append(Self.measurement(score: 900_000, mark: 9), timestamp: Self.second(50))
    #expect(same.change == 0, "two frames of one time are no jump")
  }
}
