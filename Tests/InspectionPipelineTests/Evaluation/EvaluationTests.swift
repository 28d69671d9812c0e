import Foundation
import FrameMemory
import HazardAnalysis
import ImageCodecs
import InspectionModel
import InspectionPipeline
import TestSupport
import Testing

@Suite struct EvaluationTests {
  @Test func areaAndRecallByHand() {
    let figures = DetectionFigures(
      positives: [0.9, 0.8, 0.4, 0.4], negatives: [0.7, 0.4, 0.1, 0.0], threshold: 0.5)
    // 4 + 4 + 2.5 + 2.5 of 16 pairs.
    #expect(figures.areaUnderCurve == 13.0 / 16)
    #expect(figures.recallAtOnePercent == 0.5 && figures.recallAtFivePercent == 0.5)
    #expect(figures.precision == 2.0 / 3 && figures.recall == 0.5 && figures.f1 == 4.0 / 7)
    let interval = figures.interval ?? 0...0
    #expect(interval.contains(13.0 / 16) && interval.lowerBound < interval.upperBound)
    let none = DetectionFigures(positives: [], negatives: [0.1], threshold: 0.5)
    #expect(none.areaUnderCurve.isNaN && none.interval == nil && none.recall.isNaN)
  }

  /// Against the definition, pair by pair.
  @Test func areaIsTheShareOfPairs() {
    var generator = SeededGenerator(seed: 12)
    for _ in 0..<50 {
      func draw() -> [Double] {
        (0..<Int.random(in: 1...40, using: &generator)).map { _ in
          Double(Int.random(in: 0...20, using: &generator)) / 20
        }
      }
      let (positives, negatives) = (draw(), draw())
      var sum = 0.0
      for one in positives { for other in negatives { sum += one > other ? 1 : one == other ? 0.5 : 0 } }
      let figures = DetectionFigures(positives: positives, negatives: negatives, threshold: 0.5)
      #expect(abs(figures.areaUnderCurve - sum / Double(positives.count * negatives.count)) < 1e-12)
    }
  }

  @Test func proposedThresholdsReachTheirAims() throws {
    var generator = SeededGenerator(seed: 13)
    let scores = (0..<300).map { _ in Double(Int.random(in: 0...1_000_000, using: &generator)) / 1e6 }
    for share in [0.0, 0.01, 0.5, 0.95, 1] {
      let recall = try #require(DetectionFigures.threshold(recall: share, positives: scores))
      #expect(Double(scores.count { $0 >= recall }) >= share * 300 - 1e-6)
      let quiet = try #require(DetectionFigures.threshold(falseAlarms: share, negatives: scores))
      #expect(Double(scores.count { $0 >= quiet }) <= share * 300 + 1e-6)
    }
    #expect(DetectionFigures.threshold(recall: 0.5, positives: []) == nil)
  }

  /// A crack of one pixel is met within the tolerance; an area is not.
  @Test func masksAreMetByMaps() throws {
    func mask(_ value: UInt8, _ isMarked: (Int, Int) -> Bool) throws -> RegionMask {
      let samples = (0..<200 * 100).map { isMarked($0 % 200, $0 / 200) ? value : 0 }
      let png = try ImageEncoder().png(grey: samples, width: 200, height: 100)
      return try RegionMask(decoding: png, RegionMask.rules["br-road"]!)
    }
    func map(_ isHot: (Int, Int) -> Bool) -> HeatMap {
      HeatMap(
        hazard: .roadDamage, widthPixels: 200, heightPixels: 100,
        samples: (0..<200 * 100).map { isHot($0 % 200, $0 / 200) ? 255 : 0 })
    }
    let crack = try mask(1) { x, _ in x == 50 }
    #expect(crack.f1(map { x, _ in x == 53 }) == 1)
    #expect(crack.f1(map { x, _ in x == 54 }) == 0)
    let area = try mask(2) { x, _ in x < 100 }
    #expect(area.f1(map { x, _ in x < 100 }) == 1)
    // Half of what is told is right, and all is told: 2 / 3.
    #expect(abs(area.f1(map { _, _ in true }) - 2.0 / 3) < 1e-12)
    #expect(try mask(4) { _, _ in true }.isEmpty)
  }

  @Test func boxesMeetOnce() {
    var figures = BoxFigures()
    let heap = NormalizedBox(x: 0, y: 0, width: 0.4, height: 0.4)
    let near = NormalizedBox(x: 0.1, y: 0, width: 0.4, height: 0.4)
    figures.add(truth: [heap], found: [near, heap])
    figures.add(truth: [heap, near], found: [])
    #expect(figures.met == 1 && figures.marked == 3 && figures.told == 2)
    #expect(abs(BoxFigures.overlap(heap, near) - 0.12 / 0.2) < 1e-12)
  }

  @Test func tablesSayWhatIsWrong() throws {
    let table = try DelimitedTable("a,b\n1,\"x, y\"\n\n2\n", name: "t.csv", columns: ["a"])
    #expect(table.allRows.map { $0["b"] } == ["x, y", ""] && table.allRows.map(\.line) == [2, 4])
    let missing = #expect(throws: DelimitedTable.Failure.self) {
      try DelimitedTable("a,b\n", name: "t.csv", columns: ["c"])
    }
    #expect(missing?.description == "t.csv:1: expected a column 'c', found a, b")
  }

  /// A folder of pictures with the markers of the fixed test analyser.
  @Test func anEvaluationJudgesAnAnalyser() async throws {
    let folder = try TemporaryFolder()
    let marker = FixedTestAnalyzer.markers.first { $0.hazard == .water }!
    for index in 0..<8 {
      let pixels = (0..<96 * 64).map { place -> RGBColor in
        let isMarked = index % 2 == 0 && (20..<60).contains(place % 96) && (20..<50).contains(place / 96)
        return isMarked
          ? RGBColor(red: marker.red, green: marker.green, blue: marker.blue)
          : RGBColor(red: 120, green: 120, blue: 120)
      }
      try write(pixels, to: folder.file("\(index).jpg"))
    }
    try Data("no picture".utf8).write(to: folder.file("8.jpg"))
    let rows = (0..<9).map { "\($0).jpg,test,,\(($0 + 1) % 2),,,," }.joined(separator: "\n")
    try Data("file,set,fire_smoke,water,road_damage,garbage,vehicles,note\n\(rows)\n".utf8)
      .write(to: folder.file("manifest.csv"))
    let pictures = try LabelledPictures(folder: folder.url, only: nil)
    let result = try await PictureEvaluation(pictures, analyzer: FixedTestAnalyzer(), threshold: 0.5)
      .run(workers: 2)
    let water = try #require(result.detection.first { $0.hazard == .water }).figures
    // The unreadable one counts as a missed hazard.
    #expect(water.positives == 5 && water.negatives == 4 && water.recall == 0.8 && water.precision == 1)
    #expect(water.areaUnderCurve == 0.8 && result.refusals.map(\.name) == ["8.jpg"])
    #expect(result.others.first { $0.name == "answers.usable" }?.value == 8)
  }

  private func write(_ pixels: [RGBColor], to file: URL) throws {
    let format = FrameFormat(widthPixels: 96, heightPixels: 64, chroma: .ycbcr444)
    guard var writer = FramePool(slabCount: 1, slabBytes: format.byteCount).makeWriter(format) else {
      Issue.record("a new pool has a slab")
      return
    }
    let colors = pixels.map(\.ycbcr)
    writer.fill(.luma) { colors[$1 * 96 + $0].luma }
    writer.fill(.chromaBlue) { colors[$1 * 96 + $0].blue }
    writer.fill(.chromaRed) { colors[$1 * 96 + $0].red }
    try Data(try ImageEncoder(quality: 95).jpeg(writer.seal())).write(to: file)
  }

  @Test func labelsThatMakeNoSenseAreNamed() throws {
    let folder = try TemporaryFolder()
    func failure(_ text: String) throws -> String {
      try Data(text.utf8).write(to: folder.file("manifest.csv"))
      let error = #expect(throws: DelimitedTable.Failure.self) {
        try LabelledPictures(folder: folder.url, only: nil)
      }
      return error?.description ?? ""
    }
    let header = "file,set,fire_smoke,water,road_damage,garbage,vehicles\n"
    #expect(try failure("file,set\n").contains("expected a column 'fire_smoke'"))
    #expect(try failure(header + "a,b,2,,,,\n").contains("manifest.csv:2: fire_smoke: expected 1, 0"))
    #expect(try failure(header + "a,b,1,,,,x\n").contains("vehicles: expected a number, found 'x'"))
    #expect(try failure(header + "a,b,1,,,,\na,b,0,,,,\n").contains("listed twice"))
  }
}
