package import Foundation
import FrameMemory
package import HazardAnalysis
package import ImageCodecs
import InspectionModel

/// Scores single pictures, one independent of the other: what it tells depends on a picture's pixels only, not on its
/// name, its place in a list, its tags or bytes behind its end.
package struct PictureScorer: Sendable {
  /// Pictures beside the scores.
  package struct Extras: Sendable {
    /// Where heat maps go, `<name>.<hazard>.png`.
    package var heatMaps: URL?
    /// Where pictures with boxes and heat drawn in go, `<name>.jpg`.
    package var explanations: URL?

    package init(heatMaps: URL? = nil, explanations: URL? = nil) {
      (self.heatMaps, self.explanations) = (heatMaps, explanations)
    }
  }

  private let analyzer: any HazardAnalyzer
  private let decoder: ImageDecoder
  private let root: URL
  private let extras: Extras
  private let keepsHeatMaps: Bool
  private let desks = LendingStock { Desk() }

  /// - Parameters:
  ///   - root: the folder that the list's names are relative to.
  ///   - keepsHeatMaps: leaves the maps in the answers' measurements.
  package init(
    analyzer: any HazardAnalyzer, root: URL, extras: Extras = Extras(), keepsHeatMaps: Bool = false,
    limits: DecodeLimits = .recorded
  ) {
    (self.analyzer, self.root, self.extras) = (analyzer, root, extras)
    self.keepsHeatMaps = keepsHeatMaps
    decoder = ImageDecoder(limits: limits)
  }

  /// Scores all pictures of a list side by side.
  ///
  /// - Parameters:
  ///   - workers: pictures in work at once; changes no score.
  ///   - consume: takes the answers in the order of the list.
  /// - Returns: how many answers were given: fewer than the list has where the task was cancelled.
  package func score(
    _ list: PictureList, workers: Int, consume: (PictureScore) async throws -> Void
  ) async throws -> Int {
    let work = OrderedWork(width: workers, threads: WorkerThreads(name: "score"))
    return try await work.run(count: list.entries.count, transform: { score(list.entries[$0]) }) {
      try await consume($1)
    }
  }

  /// Scores one picture, on the calling thread.
  package func score(_ entry: PictureList.Entry) -> PictureScore {
    guard entry.refusal == nil else { return refused(entry, entry.refusal!) }
    do {
      let bytes = try PictureFile.read(root.appending(path: entry.name), limit: decoder.limits.maximumBytes)
      return try desks.withItem { try score(entry, bytes, at: &$0) }
    } catch let failure as PictureFile.Failure {
      return refused(entry, failure.message)
    } catch let error as ImageError {
      return refused(entry, error.message)
    } catch {
      return refused(entry, (error as NSError).localizedDescription)
    }
  }

  private func score(_ entry: PictureList.Entry, _ bytes: [UInt8], at desk: inout Desk) throws -> PictureScore
  {
    let clock = ContinuousClock(), began = clock.now
    let info = try decoder.probe(bytes)
    let scale = DecodeScale.forAnalysis(widthPixels: info.widthPixels, heightPixels: info.heightPixels)
    let image = try decoder.decode(bytes, into: desk.pool(for: info.frameFormat(scale: scale)), scale: scale)
    let fault = image.fault(subject: entry.name)
    // Rows that are missing were not looked at, so the picture as a whole was not.
    if image.isTruncated, let fault { return refused(entry, fault.message) }
    let decoded = clock.now
    let wantsHeatMaps = keepsHeatMaps || extras.heatMaps != nil || extras.explanations != nil
    let measurement = analyzer.measure(
      image.frame, wantsHeatMaps: wantsHeatMaps, workspace: &desk.workspace)
    let judged = clock.now
    return PictureScore(
      name: entry.name,
      result: .success(
        PictureScore.Judgement(
          measurement: measurement, decodeMilliseconds: began.duration(to: decoded) / .milliseconds(1),
          analyzeMilliseconds: decoded.duration(to: judged) / .milliseconds(1))),
      faults: [fault, writeExtras(entry.name, image.frame, measurement)].compactMap(\.self))
  }

  private func refused(_ entry: PictureList.Entry, _ message: String) -> PictureScore {
    PictureScore(name: entry.name, result: .failure(PictureScore.Refusal(message: message)))
  }

  /// Writes the pictures that were asked for; a fault where that fails, since the scores stand without them.
  private func writeExtras(_ name: String, _ frame: Frame, _ measurement: FrameMeasurement) -> Fault? {
    let stem = name.replacing("/", with: "__")
    do {
      if let folder = extras.heatMaps {
        for map in measurement.heatMaps {
          let png = try ImageEncoder().png(
            grey: map.samples, width: map.widthPixels, height: map.heightPixels)
          try Data(png).write(to: folder.appending(path: "\(stem).\(map.hazard.rawValue).png"))
        }
      }
      if let folder = extras.explanations {
        let picture = try ScoreExplanation(measurement).picture(of: frame)
        try Data(picture).write(to: folder.appending(path: "\(stem).jpg"))
      }
      return nil
    } catch {
      let reason = (error as? ImageError)?.message ?? (error as NSError).localizedDescription
      return Fault(
        code: "score_picture_unwritten", subject: name, message: "cannot write its pictures: \(reason)")
    }
  }
}

/// What one worker reuses from picture to picture.
private struct Desk {
  var workspace = AnalysisWorkspace()
  private var pool: FramePool?

  /// A pool whose slab holds a frame of this format: the one before unless it is too small.
  mutating func pool(for format: FrameFormat) -> FramePool {
    if let pool, pool.slabBytes >= format.byteCount { return pool }
    let larger = FramePool(slabCount: 1, slabBytes: max(format.byteCount, 1 << 20))
    pool = larger
    return larger
  }
}
