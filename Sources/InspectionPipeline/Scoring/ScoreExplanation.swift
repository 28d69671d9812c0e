import FrameMemory
import HazardAnalysis
import ImageCodecs
import InspectionModel

/// A picture that shows people why it scored as it did: heat of the seen hazards, their boxes, all scores.
struct ScoreExplanation {
  /// Share of a hazard's colour where its map reaches the threshold, of 256.
  private static let tint = 96

  private let measurement: FrameMeasurement

  /// - Parameter measurement: with heat maps.
  init(_ measurement: FrameMeasurement) { self.measurement = measurement }

  /// The picture as JPEG, at the size that was analysed.
  func picture(of frame: Frame) throws(ImageError) -> [UInt8] {
    let format = EvidencePainter().outputFormat(of: frame.format)
    let pool = FramePool(slabCount: 2, slabBytes: format.byteCount)
    let plain = try EvidencePainter().paint(frame, marks: [], into: pool)
    let marks = measurement.hazards.flatMap(\.regions).map { EvidenceMark($0) }
    let painted = try EvidencePainter().paint(
      tinted(plain, in: pool), marks: marks, caption: caption,
      into: FramePool(slabCount: 1, slabBytes: format.byteCount))
    return try ImageEncoder(quality: 90).jpeg(painted)
  }

  /// Every score in two decimals, cut: `fire_smoke 0.97  water 0.02 …`.
  private var caption: String {
    let scores = measurement.hazards.map { item in
      let hundredths = item.score.millionths / 10_000
      return
        "\(item.hazard.rawValue) \(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }
    return scores.joined(separator: "  ")
  }

  /// A copy with each seen hazard's colour laid over the part where its map reaches the threshold.
  private func tinted(_ frame: Frame, in pool: FramePool) -> Frame {
    let maps = measurement.heatMaps.filter { measurement[$0.hazard]?.isSeen ?? false }
    guard !maps.isEmpty, var writer = pool.makeWriter(frame.format) else { return frame }
    let colors = maps.map { RGBColor(evidenceOf: $0.hazard).ycbcr }
    let (width, height) = (frame.widthPixels, frame.heightPixels)
    for index in PlaneIndex.allCases {
      guard let plane = frame.plane(index) else { continue }
      writer.fill(index) { x, y in
        var value = Int(plane[x, y])
        for (map, color) in zip(maps, colors) {
          let cell = y * map.heightPixels / height * map.widthPixels + x * map.widthPixels / width
          guard map.samples[cell] >= 128 else { continue }
          let target = index == .luma ? color.luma : index == .chromaBlue ? color.blue : color.red
          value += (Int(target) - value) * Self.tint / 256
        }
        return UInt8(clamping: value)
      }
    }
    return writer.seal()
  }
}
