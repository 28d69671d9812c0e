import Foundation
import FrameMemory
import HazardAnalysis
import ImageCodecs
import InspectionModel
import InspectionPipeline
import TestSupport
import Testing

@Suite struct PictureScorerTests {
  /// A frame with patches of random colour, and one marker of `FixedTestAnalyzer` where asked for.
  private static func frame(
    _ width: Int, _ height: Int, seed: UInt64, marker: FixedTestAnalyzer.Marker? = nil
  ) throws -> Frame {
    let format = FrameFormat(widthPixels: width, heightPixels: height, chroma: .ycbcr444)
    guard var writer = FramePool(slabCount: 1, slabBytes: format.byteCount).makeWriter(format) else {
      throw ImageError(.poolExhausted, "a new pool has a slab")
    }
    var generator = SeededGenerator(seed: seed)
    let color = marker.map { RGBColor(red: $0.red, green: $0.green, blue: $0.blue).ycbcr }
    for (index, value) in [
      (PlaneIndex.luma, color?.luma), (.chromaBlue, color?.blue), (.chromaRed, color?.red),
    ] {
      let patches = (0..<64).map { _ in UInt8.random(in: 100...156, using: &generator) }
      writer.fill(index) { x, y in
        if let value, (16..<48).contains(x), (16..<48).contains(y) { return value }
        return patches[y * 8 / height * 8 + x * 8 / width]
      }
    }
    return writer.seal()
  }

  /// A folder of pictures: two levels, JPEG and PNG, some that cannot be read.
  private static func folder() throws -> (TemporaryFolder, PictureList) {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(at: folder.file("set/deep"), withIntermediateDirectories: true)
    func write(_ bytes: [UInt8], _ name: String) throws { try Data(bytes).write(to: folder.file(name)) }
    for index in 0..<12 {
      let frame = try frame(64 + 40 * index, 64 + 9 * index, seed: UInt64(index))
      try write(
        index % 3 == 0 ? try ImageEncoder().png(frame) : try ImageEncoder().jpeg(frame), "set/\(index).jpg")
    }
    let marked = try frame(128, 96, seed: 99, marker: FixedTestAnalyzer.markers[2])
    try write(try ImageEncoder(quality: 95).jpeg(marked), "set/deep/marked.jpg")
    try write(Array("no picture".utf8), "text.jpg")
    try write(Array(try ImageEncoder().jpeg(try frame(200, 200, seed: 5)).prefix(900)), "cut.jpg")
    try write([], "empty.jpg")
    let names =
      (0..<12).map { "set/\($0).jpg" } + ["text.jpg", "cut.jpg", "empty.jpg", "missing.jpg"]
      + ["set/deep/marked.jpg", "../outside.jpg", "/etc/passwd", "set/../text.jpg"]
    return (folder, PictureList(names.joined(separator: "\n") + "\r\n\n"))
  }

  private static func answers(
    _ list: PictureList, in folder: TemporaryFolder, workers: Int,
    extras: PictureScorer.Extras = PictureScorer.Extras(), analyzer: any HazardAnalyzer = NetworkAnalyzer()
  ) async throws -> [PictureScore] {
    let scorer = PictureScorer(analyzer: analyzer, root: folder.url, extras: extras)
    var answers: [PictureScore] = []
    let count = try await scorer.score(list, workers: workers) { answers.append($0) }
    #expect(count == list.entries.count)
    return answers
  }

  /// What does not change from run to run.
  private static func constant(_ score: PictureScore) -> Result<FrameMeasurement, PictureScore.Refusal> {
    score.result.map(\.measurement)
  }

  @Test func oneAnswerForEachLineInItsOrder() async throws {
    let (folder, list) = try Self.folder()
    #expect(list.entries.count == 20)
    let alone = try await Self.answers(list, in: folder, workers: 1)
    #expect(alone.map(\.name) == list.entries.map(\.name))
    let readable = alone.filter { if case .success = $0.result { true } else { false } }
    #expect(readable.map(\.name) == (0..<12).map { "set/\($0).jpg" } + ["set/deep/marked.jpg"])
    for workers in [2, 7] {
      let together = try await Self.answers(list, in: folder, workers: workers)
      #expect(together.map(\.name) == alone.map(\.name))
      #expect(together.map(Self.constant) == alone.map(Self.constant))
    }
  }

  @Test func pathsOutsideTheRootAreRefused() {
    let refused = PictureList("../a.jpg\nb/../../a.jpg\n/a.jpg\nb/..\n..\n")
    #expect(refused.entries.count == 5 && refused.entries.allSatisfy { $0.refusal != nil })
    let allowed = PictureList("a.jpg\r\n\r\nb/c..jpg\n./d.jpg\n..e/f.jpg")
    #expect(allowed.entries.map(\.name) == ["a.jpg", "b/c..jpg", "./d.jpg", "..e/f.jpg"])
    #expect(allowed.entries.allSatisfy { $0.refusal == nil })
  }

  @Test func scoresDependOnPixelsOnly() async throws {
    let folder = try TemporaryFolder()
    var generator = SeededGenerator(seed: 8)
    var names: [(name: String, picture: Int)] = []
    for picture in 0..<6 {
      let frame = try Self.frame(90 + 70 * picture, 80 + 31 * picture, seed: UInt64(picture))
      let plain = try ImageEncoder().jpeg(frame)
      let dressed = try ImageEncoder().jpeg(
        frame,
        segments: [
          .init(marker: 0xE1, payload: Array("Exif\0\0II*\0fire".utf8)),
          .init(marker: 0xE2, payload: [UInt8](repeating: 7, count: 600)),
          .init(marker: 0xFE, payload: Array("water".utf8)),
        ])
      for (variant, bytes) in [plain, dressed, plain + [UInt8](repeating: 0xFF, count: 1000)].enumerated() {
        let name =
          "\(["fire", "water", "x"][variant])-\(Int.random(in: 0..<1_000_000, using: &generator)).png"
        try Data(bytes).write(to: folder.file(name))
        names.append((name, picture))
      }
    }
    names.shuffle(using: &generator)
    let list = PictureList(names.map(\.name).joined(separator: "\n"))
    let answers = try await Self.answers(list, in: folder, workers: 3)
    for picture in 0..<6 {
      let same = zip(names, answers).filter { $0.0.picture == picture }.map { Self.constant($0.1) }
      #expect(same.count == 3 && same[0] == same[1] && same[0] == same[2], "seed 8, picture \(picture)")
    }
  }

  @Test func theLineIsWhatTheJudgesRead() async throws {
    let (folder, list) = try Self.folder()
    for answer in try await Self.answers(list, in: folder, workers: 2) {
      let line = answer.line
      #expect(!line.contains("\n"))
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
      #expect(object["file"] as? String == answer.name)
      guard case .success(let judgement) = answer.result else {
        #expect(Set(object.keys) == ["file", "error"] && (object["error"] as? String)?.isEmpty == false)
        continue
      }
      #expect(
        Set(object.keys) == ["file", "scores", "regions", "vehicles", "decode_ms", "analyze_ms"], "\(line)")
      let scores = try #require(object["scores"] as? [String: Double])
      #expect(Set(scores.keys) == Set(judgement.measurement.hazards.map(\.hazard.rawValue)))
      for item in judgement.measurement.hazards {
        #expect(line.contains("\"\(item.hazard.rawValue)\":\(item.score.decimal)"), "six decimals: \(line)")
      }
    }
  }

  @Test func regionsAndHeatMapsShowTheMarker() async throws {
    let (folder, _) = try Self.folder()
    let out = folder.file("out")
    try FileManager.default.createDirectory(at: out, withIntermediateDirectories: true)
    let answers = try await Self.answers(
      PictureList("set/deep/marked.jpg"), in: folder, workers: 1,
      extras: PictureScorer.Extras(heatMaps: out, explanations: out), analyzer: FixedTestAnalyzer())
    #expect(answers[0].faults.isEmpty)
    #expect(
      answers[0].line.contains(
        #""regions":[{"hazard":"fire_smoke","score":0.900000,"box":[0.125000,0.166667,0.250000,0.333333]}]"#),
      "\(answers[0].line)")
    let written = try FileManager.default.contentsOfDirectory(atPath: out.path).sorted()
    let maps = FixedTestAnalyzer.markers.map { "set__deep__marked.jpg.\($0.hazard.rawValue).png" }
    #expect(written == (maps + ["set__deep__marked.jpg.jpg"]).sorted())
    let pool = FramePool(slabCount: 2, slabBytes: 1 << 20)
    let bytes = [UInt8](try Data(contentsOf: out.appending(path: "set__deep__marked.jpg.fire_smoke.png")))
    let map = try ImageDecoder().decode(bytes, into: pool).frame
    #expect(map.format.chroma == .grey && map.widthPixels == 16 && map.heightPixels == 12)
    for y in 0..<12 {
      for x in 0..<16 {
        #expect((map.luma[x, y] >= 128) == ((2..<6).contains(x) && (2..<6).contains(y)), "\(x), \(y)")
      }
    }
    let picture = try ImageDecoder().decode(
      [UInt8](try Data(contentsOf: out.appending(path: "set__deep__marked.jpg.jpg"))), into: pool)
    #expect(picture.frame.widthPixels == 128 && picture.frame.heightPixels == 96)
  }

  @Test func picturesThatCannotBeWrittenAreFaultsAndScoresStand() async throws {
    let (folder, _) = try Self.folder()
    let answers = try await Self.answers(
      PictureList("set/1.jpg"), in: folder, workers: 1,
      extras: PictureScorer.Extras(heatMaps: folder.file("nowhere")))
    #expect(answers[0].faults.map(\.code) == ["score_picture_unwritten"])
    #expect(try answers[0].result.get().measurement.hazards.count == 6)
  }
}
