internal import Foundation
package import HazardAnalysis
internal import ImageCodecs
package import InspectionModel

/// Judges an analyser on labelled pictures: detection, regions, vehicle counts, time.
package struct PictureEvaluation: Sendable {
  /// All figures, in the order in which they are told.
  package struct Result: Sendable {
    package var detection: [(hazard: HazardKind, figures: DetectionFigures)] = []
    package var slices: [(name: String, figures: DetectionFigures)] = []
    /// Regions, boxes, vehicles, times, answers.
    package var others: [(name: String, value: Double)] = []
    /// Scores of the judged pictures of a hazard, with and without it.
    package var scores: [HazardKind: (positives: [Double], negatives: [Double])] = [:]
    /// Pictures that could not be read, with the reason.
    package var refusals: [(name: String, reason: String)] = []
    package var pictureCount = 0
  }

  private let pictures: LabelledPictures
  private let analyzer: any HazardAnalyzer
  /// The score that raises an alarm.
  private let threshold: Double

  package init(_ pictures: LabelledPictures, analyzer: any HazardAnalyzer, threshold: Double) {
    (self.pictures, self.analyzer, self.threshold) = (pictures, analyzer, threshold)
  }

  /// What is kept of one picture.
  private struct Answer: Sendable {
    var scores: [HazardKind: Double] = [:]
    var decodeMilliseconds = 0.0
    var analyzeMilliseconds = 0.0
    var vehicles: Int?
    var maskF1: Double?
    /// Share of the picture that each hazard's map shows.
    var paintedShares: [HazardKind: Double] = [:]
    var garbage: [NormalizedBox] = []
  }

  /// Scores all pictures and judges the answers.
  ///
  /// - Throws: `DelimitedTable.Failure` where a file of boxes makes no sense; cancellation.
  package func run(workers: Int) async throws -> Result {
    let scorer = PictureScorer(analyzer: analyzer, root: pictures.folder, keepsHeatMaps: true)
    let list = PictureList(pictures.pictures.map(\.name).joined(separator: "\n"))
    var answers: [Answer?] = [], refusals: [(name: String, reason: String)] = []
    let clock = ContinuousClock(), began = clock.now
    _ = try await scorer.score(list, workers: workers) { score in
      switch score.result {
      case .success(let judgement): answers.append(answer(judgement, pictures.pictures[answers.count]))
      case .failure(let refusal):
        answers.append(nil)
        refusals.append((score.name, refusal.message))
      }
    }
    try Task.checkCancellation()
    let seconds = began.duration(to: clock.now) / .seconds(1)
    var result = Result(refusals: refusals, pictureCount: answers.count)
    judgeDetection(answers, &result)
    judgeRegions(answers, &result)
    try judgeBoxes(answers, &result)
    judgeVehicles(answers, &result)
    let known = answers.compactMap(\.self)
    result.others += [
      ("time.wall_ms_per_image", 1000 * seconds / Double(max(1, answers.count))),
      ("time.decode_ms", Self.median(known.map(\.decodeMilliseconds))),
      ("time.analyze_ms", Self.median(known.map(\.analyzeMilliseconds))),
      ("answers.images", Double(answers.count)), ("answers.usable", Double(known.count)),
    ]
    return result
  }

  private func answer(_ judgement: PictureScore.Judgement, _ picture: LabelledPicture) -> Answer {
    let measurement = judgement.measurement
    var answer = Answer(
      decodeMilliseconds: judgement.decodeMilliseconds, analyzeMilliseconds: judgement.analyzeMilliseconds,
      vehicles: measurement.vehicleCount)
    for item in measurement.hazards { answer.scores[item.hazard] = item.score.fraction }
    for map in measurement.heatMaps {
      answer.paintedShares[map.hazard] =
        Double(map.samples.count { $0 >= 128 }) / Double(max(1, map.samples.count))
    }
    answer.garbage = measurement[.garbage]?.regions.map(\.box) ?? []
    answer.maskF1 = maskF1(measurement, picture)
    return answer
  }

  /// `nil` where nothing is marked; 0 where the mask or the map is missing.
  private func maskF1(_ measurement: FrameMeasurement, _ picture: LabelledPicture) -> Double? {
    guard let file = picture.mask, let rule = RegionMask.rules[picture.collection] else { return nil }
    guard let bytes = try? PictureFile.read(pictures.folder.appending(path: file), limit: 64 << 20),
      let mask = try? RegionMask(decoding: bytes, rule)
    else { return 0 }
    guard !mask.isEmpty else { return nil }
    return measurement.heatMaps.first { $0.hazard == rule.hazard }.map { mask.f1($0) } ?? 0
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return .nan }
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}

extension PictureEvaluation {
  /// A picture without an answer counts as the worst one.
  private func scores(
    _ answers: [Answer?], _ hazard: HazardKind, where takes: (LabelledPicture) -> Bool = { _ in true }
  ) -> (positives: [Double], negatives: [Double]) {
    var scores: (positives: [Double], negatives: [Double]) = ([], [])
    for (picture, answer) in zip(pictures.pictures, answers) where takes(picture) {
      guard let label = picture.labels[hazard] else { continue }
      let score = answer?.scores[hazard]
      if label { scores.positives.append(score ?? -1) } else { scores.negatives.append(score ?? 2) }
    }
    return scores
  }

  private func judgeDetection(_ answers: [Answer?], _ result: inout Result) {
    for hazard in LabelledPictures.hazards {
      let found = scores(answers, hazard)
      result.scores[hazard] = found
      result.detection.append(
        (
          hazard,
          DetectionFigures(positives: found.positives, negatives: found.negatives, threshold: threshold)
        ))
    }
    for slice in EvaluationSlice.all {
      let found = scores(answers, slice.hazard, where: slice.takes)
      guard !found.positives.isEmpty, !found.negatives.isEmpty else { continue }
      result.slices.append(
        (
          slice.name,
          DetectionFigures(positives: found.positives, negatives: found.negatives, threshold: threshold)
        ))
    }
  }

  private func judgeRegions(_ answers: [Answer?], _ result: inout Result) {
    for collection in RegionMask.rules.keys.sorted() {
      let scores = zip(pictures.pictures, answers).compactMap { picture, answer -> Double? in
        guard picture.collection == collection, picture.mask != nil else { return nil }
        return answer == nil ? 0 : answer?.maskF1
      }
      guard !scores.isEmpty else { continue }
      let count = Double(scores.count)
      result.others += [
        ("region.\(collection).images", count),
        ("region.\(collection).iou", scores.reduce(0) { $0 + $1 / (2 - $1) } / count),
        ("region.\(collection).f1", scores.reduce(0, +) / count),
      ]
    }
    for hazard in LabelledPictures.hazards {
      let shares = zip(pictures.pictures, answers).filter { $0.0.labels[hazard] == false }
        .map { $0.1?.paintedShares[hazard] ?? 1 }
      guard !shares.isEmpty else { continue }
      result.others.append(
        ("region.\(hazard.rawValue).false_area", shares.reduce(0, +) / Double(shares.count)))
    }
  }

  private func judgeBoxes(_ answers: [Answer?], _ result: inout Result) throws {
    var figures = BoxFigures()
    for (picture, answer) in zip(pictures.pictures, answers) {
      guard let file = picture.boxes, picture.labels[.garbage] != nil else { continue }
      let table = try DelimitedTable(
        contentsOf: pictures.folder.appending(path: file), columns: ["class", "cx", "cy", "w", "h"])
      let classes = Set(table.allRows.map { $0["class"] })
      // Boxes of other things say nothing about heaps.
      guard classes.isEmpty || !classes.isDisjoint(with: ["garbage", "overflow", "bin"]) else { continue }
      let truth = try table.allRows.filter { ["garbage", "overflow"].contains($0["class"]) }.map { row in
        let (width, height) = (try row.number("w") ?? 0, try row.number("h") ?? 0)
        return NormalizedBox(
          x: (try row.number("cx") ?? 0) - width / 2, y: (try row.number("cy") ?? 0) - height / 2,
          width: width, height: height)
      }
      figures.add(truth: truth, found: answer?.garbage ?? [])
    }
    result.others += figures.figures
  }

  private func judgeVehicles(_ answers: [Answer?], _ result: inout Result) {
    let counted = zip(pictures.pictures, answers).compactMap { picture, answer in
      picture.vehicleCount.map { (truth: Double($0), told: answer?.vehicles.map(Double.init)) }
    }
    guard !counted.isEmpty else { return }
    let count = Double(counted.count), mean = counted.reduce(0) { $0 + $1.truth } / count
    // No count is as bad as none can be.
    func error(of told: (Double) -> Double) -> Double {
      mean > 0 ? counted.reduce(0) { $0 + told($1.truth) } / count / mean : .nan
    }
    let errors = counted.reduce(0) { sum, item in
      sum + (item.told.map { abs($0 - item.truth) } ?? max(item.truth, mean))
    }
    result.others += [
      ("vehicles.images", count), ("vehicles.mean_count", mean),
      ("vehicles.relative_error", mean > 0 ? errors / count / mean : .nan),
      ("vehicles.relative_error_of_the_mean", error { abs(mean - $0) }),
    ]
  }
}
