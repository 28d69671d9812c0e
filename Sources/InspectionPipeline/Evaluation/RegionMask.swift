internal import FrameMemory
package import HazardAnalysis
package import ImageCodecs
internal import InspectionModel
internal import PixelKernels

/// Where people marked a hazard in a picture: thin cracks, met within a tolerance, and areas.
package struct RegionMask: Sendable {
  /// Of the longer side.
  static let crackTolerance = 0.015

  /// Which values of a collection's masks mean what.
  package struct Rule: Sendable {
    let hazard: HazardKind
    let isCrack: @Sendable (UInt8) -> Bool
    let isArea: @Sendable (UInt8) -> Bool
  }

  /// By the name of a collection.
  package static let rules: [String: Rule] = [
    "br-road": Rule(hazard: .roadDamage, isCrack: { $0 & 1 > 0 }, isArea: { $0 & 2 > 0 }),
    "pothole-seg": Rule(hazard: .roadDamage, isCrack: { _ in false }, isArea: { $0 == 2 }),
    "crackforest": Rule(hazard: .roadDamage, isCrack: { $0 == 1 }, isArea: { _ in false }),
    "flood-area": Rule(hazard: .water, isCrack: { _ in false }, isArea: { $0 == 3 }),
  ]

  let widthPixels: Int
  let heightPixels: Int
  private let crack: [Bool]
  private let area: [Bool]

  /// - Throws: `ImageError` where the bytes are no picture.
  package init(decoding bytes: [UInt8], _ rule: Rule) throws(ImageError) {
    let decoder = ImageDecoder(limits: .recorded)
    let info = try decoder.probe(bytes)
    let pool = FramePool(slabCount: 1, slabBytes: info.frameFormat(scale: .full).byteCount)
    let frame = try decoder.decode(bytes, into: pool, scale: .full).frame
    self.init(frame, rule)
  }

  private init(_ frame: Frame, _ rule: Rule) {
    (widthPixels, heightPixels) = (frame.widthPixels, frame.heightPixels)
    var crack: [Bool] = [], area: [Bool] = []
    for y in 0..<frame.heightPixels {
      for x in 0..<frame.widthPixels {
        let value = frame.luma[x, y]
        crack.append(rule.isCrack(value))
        area.append(rule.isArea(value))
      }
    }
    (self.crack, self.area) = (crack, area)
  }

  /// Whether nothing is marked.
  package var isEmpty: Bool { !crack.contains(true) && !area.contains(true) }

  /// F1 of what a heat map, stretched to the mask's size, shows at or above 128.
  package func f1(_ map: HeatMap) -> Double {
    let found = stretched(map)
    let reach = max(1, Int((Self.crackTolerance * Double(max(widthPixels, heightPixels))).rounded()))
    let hasCracks = crack.contains(true)
    let nearCrack = hasCracks ? grown(crack, by: reach) : crack
    let nearFound = hasCracks ? grown(found, by: reach) : found
    var (told, right, truth, met) = (0, 0, 0, 0)
    for index in found.indices {
      if found[index] {
        told += 1
        if area[index] || nearCrack[index] { right += 1 }
      }
      guard crack[index] || area[index] else { continue }
      truth += 1
      if area[index] ? found[index] : nearFound[index] { met += 1 }
    }
    let precise = Double(right) / Double(max(1, told)), recalled = Double(met) / Double(max(1, truth))
    return precise + recalled > 0 ? 2 * precise * recalled / (precise + recalled) : 0
  }

  private func stretched(_ map: HeatMap) -> [Bool] {
    let plane = PixelPlane(widthPixels: map.widthPixels, heightPixels: map.heightPixels) { x, y in
      map.samples[y * map.widthPixels + x]
    }
    var resampler = PlaneResampler(), out = PixelPlane()
    resampler.resample(plane.view, widthPixels: widthPixels, heightPixels: heightPixels, into: &out)
    return (0..<widthPixels * heightPixels).map { index in
      out.samples[index / widthPixels * out.strideBytes + index % widthPixels] >= 128
    }
  }

  /// Every marked sample widened to a square that reaches so far.
  private func grown(_ marks: [Bool], by reach: Int) -> [Bool] {
    func spread(_ marks: [Bool], count: Int, lines: Int, step: Int, lineStep: Int) -> [Bool] {
      var out = marks
      for line in 0..<lines {
        var last = -1 - reach
        // From both ends: the nearest mark before and after.
        for index in 0..<count {
          if marks[line * lineStep + index * step] { last = index }
          if index - last <= reach { out[line * lineStep + index * step] = true }
        }
        last = count + reach
        for index in stride(from: count - 1, through: 0, by: -1) {
          if marks[line * lineStep + index * step] { last = index }
          if last - index <= reach { out[line * lineStep + index * step] = true }
        }
      }
      return out
    }
    let across = spread(marks, count: widthPixels, lines: heightPixels, step: 1, lineStep: widthPixels)
    return spread(across, count: heightPixels, lines: widthPixels, step: widthPixels, lineStep: 1)
  }
}
