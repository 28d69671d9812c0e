package import Foundation
internal import FrameMemory
package import HazardAnalysis
internal import ImageCodecs
internal import Ingest
package import InspectionModel
package import PixelKernels

/// Looks at the pictures of one fixed camera at the coarse level, one after the other: what moves, appears, flickers
/// or keeps the camera from seeing.
package struct CameraWatch: Sendable {
  /// What became of one picture.
  package struct Look: Sendable {
    /// The file's name.
    package let name: String
    package let time: Timestamp
    /// `nil` where nothing of the picture could be read.
    package let findings: CoarseFindings?
    /// What the network's first look said; empty where it did not look.
    package var firstLook: [(hazard: HazardKind, score: HazardScore)] = []
    /// What was wrong with the picture.
    package let fault: Fault?
  }

  /// Why a folder cannot be watched.
  package struct Refusal: Error, CustomStringConvertible {
    package let description: String
  }

  /// Up to 8K in any chroma layout; larger pictures are faults.
  private static let largestFormat = CoarseFormat(
    widthPixels: 8192, heightPixels: 4608, chroma: .ycbcr444)

  private let start: Timestamp
  private let secondsPerFrame: Double
  private let settings: CoarseSettings
  private let tier: KernelTier

  /// - Parameters:
  ///   - start: when the first picture was taken.
  ///   - framesPerSecond: at which the others follow, more than 0.
  ///   - tier: which instructions the scan and the kernels use; changes no finding.
  package init(
    start: Timestamp, framesPerSecond: Double, settings: CoarseSettings = CoarseSettings(), tier: KernelTier
  ) {
    precondition(framesPerSecond > 0, "pictures follow each other")
    self.start = start
    secondsPerFrame = 1 / framesPerSecond
    self.settings = settings
    self.tier = tier
  }

  /// Looks at the JPEG files of a folder in the natural order of their names, six at a time, and hands on what each
  /// brought, in order. Blocks its thread.
  ///
  /// - Throws: `Refusal` for a folder that cannot be read or has no JPEG files, and what `take` throws.
  package func look(at folder: URL, _ take: (Look) throws -> Void) throws {
    let names = try Self.pictureNames(in: folder)
    let limits = DecodeLimits.recorded
    let scanner = CoarseScanner(limits: limits, tier: tier)
    let pool = FramePool(slabCount: CoarseScanner.laneCount, slabBytes: Self.largestFormat.byteCount)
    var eye = Eye(source: CoarseSource(tier: tier, settings: settings), firstLook: FirstLook(tier: tier))
    for first in stride(from: 0, to: names.count, by: CoarseScanner.laneCount) {
      let batch = names[first..<min(first + CoarseScanner.laneCount, names.count)]
      let files = batch.map { Self.read(folder.appending(path: $0), limit: limits.maximumBytes) }
      let readable = files.compactMap { try? $0.get() }
      var results = scanner.scan(readable, into: pool).makeIterator()
      for (offset, (name, file)) in zip(batch, files).enumerated() {
        let time = start.advanced(bySeconds: Double(first + offset) * secondsPerFrame)
        switch file {
        case .failure(let failure):
          let fault = Fault(code: failure.code, subject: name, message: failure.message)
          try take(Look(name: name, time: time, findings: nil, fault: fault))
        case .success:
          try take(Self.look(name, time, results.next()!, &eye))
        }
      }
    }
  }

  /// What looks at the frames of the camera.
  private struct Eye {
    var source: CoarseSource
    var firstLook: FirstLook
    var schedule = FirstLookSchedule()
  }

  private static func look(
    _ name: String, _ time: Timestamp, _ result: Result<CoarseImage, ImageError>, _ eye: inout Eye
  ) -> Look {
    switch result {
    case .success(let image):
      var findings = eye.source.append(image.frame, timestamp: time)
      guard eye.schedule.isDue(findings) else {
        return Look(name: name, time: time, findings: findings, fault: image.fault(subject: name))
      }
      let scores = eye.firstLook.look(image.frame)
      findings.attention = eye.schedule.attention(findings, scores: scores)
      return Look(
        name: name, time: time, findings: findings, firstLook: scores, fault: image.fault(subject: name))
    case .failure(let error):
      return Look(name: name, time: time, findings: nil, fault: error.fault(subject: name))
    }
  }

  private static func read(_ url: URL, limit: Int) -> Result<[UInt8], PictureFile.Failure> {
    do throws(PictureFile.Failure) {
      return .success(try PictureFile.read(url, limit: limit))
    } catch {
      return .failure(error)
    }
  }

  private static func pictureNames(in folder: URL) throws -> [String] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    } catch {
      throw Refusal(
        description: "\(folder.path): cannot read the folder: \((error as NSError).localizedDescription)")
    }
    let pictures = names.filter { name in
      [".jpg", ".jpeg"].contains { name.lowercased().hasSuffix($0) }
    }
    guard !pictures.isEmpty else {
      throw Refusal(description: "\(folder.path): expected JPEG files of one camera, found none")
    }
    return pictures.sorted(by: naturallyPrecedes)
  }
}
