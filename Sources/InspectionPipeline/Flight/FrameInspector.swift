import FlightLogs
import Foundation
import FrameMemory
import HazardAnalysis
import ImageCodecs
import Ingest
import InspectionModel
import InspectionStore

/// Reads, hashes, decodes and judges single pictures; workers share one, and what it gives does not depend on who
/// calls it or in which order.
struct FrameInspector: Sendable {
  let analysis: AnalysisSetup
  let decoder: ImageDecoder
  let pool: FramePool
  private let workspaces = LendingStock { AnalysisWorkspace() }

  /// What became of one picture.
  struct Outcome: Sendable {
    /// SHA-256 of the file; `nil` where it could not be read.
    var sha256: String?
    /// `nil` where nobody could look at it.
    var measurement: FrameMeasurement?
    /// An earlier run had looked at the same bytes with the same analyser.
    var wasKnown = false
    var faults: [Fault] = []
  }

  /// - Parameters:
  ///   - frames: the flight's pictures; their sizes decide how large the pool's slabs are.
  ///   - workers: how many pictures are in work at once.
  init(analysis: AnalysisSetup, limits: DecodeLimits, frames: [RecordedFrame], workers: Int) {
    self.analysis = analysis
    decoder = ImageDecoder(limits: limits)
    let largest = frames.compactMap { frame -> Int? in
      guard let width = frame.metadata.storedWidthPixels, let height = frame.metadata.storedHeightPixels,
        width > 0, height > 0, max(width, height) <= limits.maximumSidePixels,
        width * height <= limits.maximumPixels
      else { return nil }
      let scale = analysis.decodeScale(widthPixels: width, heightPixels: height)
      // Chroma is not known before decoding; full-size chroma is the most that it can be.
      return FrameFormat(
        widthPixels: scale.reduced(width), heightPixels: scale.reduced(height), chroma: .ycbcr444
      ).byteCount
    }
    pool = FramePool(slabCount: workers, slabBytes: max(largest.max() ?? 0, 1 << 20))
  }

  /// Looks at one picture.
  ///
  /// - Parameter known: frames that an earlier run looked at, by `StoredFrame.resumeKey`.
  func inspect(_ frame: RecordedFrame, known: [String: StoredFrame]) -> Outcome {
    var outcome = Outcome()
    let bytes: [UInt8]
    do throws(PictureFile.Failure) {
      bytes = try PictureFile.read(frame.url, limit: decoder.limits.maximumBytes)
    } catch {
      outcome.faults.append(Fault(code: error.code, subject: frame.name, message: error.message))
      return outcome
    }
    let sha256 = EvidenceFolder.sha256(of: Data(bytes))
    outcome.sha256 = sha256
    if let stored = known[StoredFrame.resumeKey(name: frame.name, sha256: sha256)] {
      // A frame without measurement is looked at again: its fault comes out the same, and is not kept twice.
      if let text = stored.measurement, let measurement = StoredMeasurement.read(text) {
        outcome.measurement = measurement
        outcome.wasKnown = true
        return outcome
      }
    }
    do throws(ImageError) {
      let info = try decoder.probe(bytes)
      let scale = analysis.decodeScale(widthPixels: info.widthPixels, heightPixels: info.heightPixels)
      let image = try decoder.decode(bytes, into: pool, scale: scale)
      if let fault = image.fault(subject: frame.name) { outcome.faults.append(fault) }
      // Rows that are missing were not looked at, so the picture as a whole was not.
      guard !image.isTruncated else { return outcome }
      outcome.measurement = workspaces.withItem { workspace in
        analysis.analyzer.measure(image.frame, wantsHeatMaps: false, workspace: &workspace)
      }
    } catch {
      outcome.faults.append(error.fault(subject: frame.name))
    }
    return outcome
  }
}
