import FrameMemory
import ImageCodecs
import InspectionSimulator
import Testing

/// The coarse frame drawn by blocks is a fair model of the JPEG drawn by pixels.
@Suite struct CoarseFairnessTests {
  /// Means of the 8x8 blocks of a decoded JPEG's plane that lie in the picture as a whole.
  private func blockMeans(_ plane: PlaneView) -> [[Double]] {
    (0..<plane.heightPixels / 8).map { row in
      (0..<plane.widthPixels / 8).map { column in
        var sum = 0
        for y in 0..<8 {
          for x in 0..<8 { sum += Int(plane[column * 8 + x, row * 8 + y]) }
        }
        return Double(sum) / 64
      }
    }
  }

  /// How far the mean that each DC coefficient stands for lies from the mean of the decoded block.
  private func distances(_ dc: borrowing BlockView<Int16>, quantizer: UInt16, _ means: [[Double]]) -> [Double]
  {
    var distances: [Double] = []
    for y in means.indices {
      for x in means[y].indices {
        distances.append(128 + Double(Int(dc[x, y]) * Int(quantizer)) / 8 - means[y][x])
      }
    }
    return distances
  }

  /// - Parameter looseness: by how much errors may exceed those of noise and rounding.
  private func compare(_ samples: SequenceSamples, _ index: Int, looseness: Double = 1.15) throws {
    let bytes = try samples.sequence.jpeg(index, into: samples.pool)
    let decoded = try ImageDecoder().decode(bytes, into: samples.pool).frame
    let coarse = samples.coarse(index)
    for component in PlaneIndex.allCases where coarse.format.plane(component) != nil {
      let quantizer = coarse.quantizers[component]
      let found = distances(
        coarse.dc(component)!, quantizer: quantizer, blockMeans(decoded.plane(component)!))
      // Two roundings to the step, two draws of noise, rounding of pixels.
      let step = Double(quantizer) / 8
      let sigma = Double(samples.sequence.script.noiseSigmaHundredths) / 100 / 8
      let expected = (step * step / 6 + 2 * sigma * sigma + 1.0 / 48).squareRoot()
      // A few blocks lie under the borders of several things at once: their mean is not exact.
      let near = found.filter { abs($0) < 5 * looseness * expected }
      let mean = near.reduce(0, +) / Double(near.count)
      let root = (near.reduce(0) { $0 + $1 * $1 } / Double(near.count)).squareRoot()
      // Flat areas are rounded to whole levels alike.
      #expect(abs(mean) < 0.25, "\(component): mean \(mean)")
      #expect(root < looseness * expected, "\(component): root \(root), expected \(expected)")
      #expect((found.count - near.count) * 100 <= found.count, "\(component): \(near.count) near")
      #expect(found.allSatisfy { abs($0) < 25 }, "\(component)")
    }
    let ratio = Double(coarse.encodedBytes) / Double(bytes.count)
    #expect((0.8...1.25).contains(ratio), "\(coarse.encodedBytes) bytes drawn, \(bytes.count) encoded")
  }

  @Test(arguments: [60, 80, 92])
  func theStillStreetAgrees(quality: Int) throws {
    try compare(SequenceSamples { $0.quality = quality }, 2)
  }

  @Test(arguments: [ChromaLayout.grey, .ycbcr444, .ycbcr422])
  func otherChromaAndOddSizesAgree(chroma: ChromaLayout) throws {
    try compare(
      SequenceSamples { script in
        (script.chroma, script.widthPixels, script.heightPixels) = (chroma, 333, 205)
        script.events = [
          MovingObject(
            "car", EventSpan(), start: PictureRect(x: 30, y: 130, width: 41, height: 17),
            speedXPixelsPerSecond: 100, look: .redCar)
        ]
      }, 10)
  }

  @Test func movingAndBurningThingsAgree() throws {
    try compare(
      SequenceSamples { script in
        let street = script.street
        for number in 0..<8 {
          script.events.append(
            MovingObject(
              "car-\(number)", EventSpan(),
              start: PictureRect(
                x: 81 * number, y: street.lane(number % 4).top + 3, width: 45, height: 19),
              speedXPixelsPerSecond: 37, look: ObjectLook.cars[number % 5]))
        }
        script.events += [
          Flames(
            "fire", EventSpan(), footX: 330, footY: 203, startSize: (20, 20), fullSize: (60, 60),
            growthMilliseconds: 1000),
          AppearingObject("heap", EventSpan(), rect: PictureRect(x: 101, y: 175, width: 50, height: 28)),
        ]
      }, 25)
  }

  @Test(arguments: [100, 180, 330])
  func lightAndExposureAgree(gain: Int) throws {
    try compare(
      SequenceSamples { $0.events = [LightCourse.step("step", atMilliseconds: 40, gain256ths: gain)] }, 3)
  }

  /// Everything else that a script can hold, at a moment when it is on.
  @Test(arguments: ["lamps", "rain", "snow", "wind", "blur", "hand", "plastic", "turned", "pond", "clock"])
  func allElseAgrees(name: String) throws {
    try compare(
      SequenceSamples { script in
        if name == "lamps" { (script.ambientLight256ths, script.noiseSigmaHundredths) = (36, 400) }
        script.events = Self.events(name, script.street)
      }, 30,
      // The blur of blocks knows only their means, and a border that cuts the squares of a pattern does not.
      looseness: name == "blur" ? 5 : name == "turned" || name == "clock" ? 1.4 : 1.15)
  }

  private static func events(_ name: String, _ street: StreetLayout) -> [any SequenceEvent] {
    let always = EventSpan()
    switch name {
    case "lamps":
      let row = LampRow(
        "row", always, headXs: [83, 205, 322, 441], headY: 113, groundY: 209, radiusX: 70, radiusY: 50)
      return [
        row, LampFailure("failure", always, row: row, lamps: [1]),
        Headlights("lights", always, startX: 303, y: 251, speedPixelsPerSecond: 100),
        SignalLamp("signal", always, rect: PictureRect(x: 501, y: 171, width: 13, height: 11)),
      ]
    case "rain", "snow":
      let form = name == "rain" ? Precipitation.Form.rain : .snow
      return [Precipitation(name, always, form, fleckCount: 300, picture: street.picture)]
    case "wind": return [WavingTrees(name, always, rects: street.trees)]
    case "blur": return [CameraBlur(name, always, radiusPixels: 4)]
    case "hand":
      return [
        CameraCover(name, always, rect: PictureRect(x: 0, y: 0, width: 333, height: 301), material: .hand)
      ]
    case "plastic": return [CameraCover(name, always, rect: street.picture, material: .plastic)]
    case "turned": return [CameraMoved(name, always, by: SceneDrawing.Shift(x: 13, y: -7))]
    case "pond":
      return [
        Ponding(
          name, always, centerX: 301, centerY: 329, radiusX: 121, radiusY: 23, look: .bright,
          growthMilliseconds: 1000),
        Sunset(
          "sunset", always, centerX: 400, centerY: 50, radiusX: 301, radiusY: 121, riseMilliseconds: 1000),
      ]
    default: return [ClockOverlay(name, x: 13, y: 11), CameraShake("shake", always, reachPixels: 3)]
    }
  }
}
