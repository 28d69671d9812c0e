import Georeferencing
import InspectionModel
import TestSupport
import Testing

/// Derivatives against differences, with a sloping ground, a crooked lens and slanting views.
@Suite struct MatchResidualTests {
  private func view(_ random: inout SeededGenerator, north: Double) throws -> PictureView {
    var sample = TelemetrySample()
    sample.position = Flights.plane.position(eastMeters: 3, northMeters: north)
    sample.heightMetersAboveTakeoff = 40 + random.normal()
    sample.gimbal = GimbalPose(
      rollRadians: 0.05 * random.normal(), pitchRadians: -1.3 + 0.1 * random.normal(),
      yawRadians: 0.6 + 0.1 * random.normal())
    let pose = try PicturePose(sample, clockSigmaSeconds: nil, plane: Flights.plane)
    var camera = CameraModel(
      focalLengthPerLongSide: 0.6, focalRelativeSigma: 0.01, source: .knownSensor, uprightWidthPixels: 400,
      uprightHeightPixels: 300)
    camera.radialDistortion = 0.03
    var ground = GroundPlane()
    (ground.heightMeters, ground.slopeNorth, ground.slopeEast) = (1.5, 0.04, -0.03)
    (ground.centerNorthMeters, ground.centerEastMeters) = (8, -5)
    return PictureView(pose: pose, camera: camera, ground: ground)
  }

  /// The view with one part of its pose changed.
  private func changed(_ view: PictureView, part: Int, by step: Double) -> PictureView {
    var (pose, camera, ground) = (view.pose, view.camera, view.ground)
    func axis(_ first: Int) -> Vector3 {
      Vector3(part == first ? step : 0, part == first + 1 ? step : 0, part == first + 2 ? step : 0)
    }
    switch part {
    case PosePart.north: pose.northMeters += step
    case PosePart.east: pose.eastMeters += step
    case PosePart.height: pose.heightMeters += step
    case PosePart.turn..<PosePart.ownCount:
      pose.rotation = Rotation(small: axis(PosePart.turn)) * pose.rotation
    case PosePart.mount..<PosePart.focal:
      pose.rotation = pose.rotation * Rotation(small: axis(PosePart.mount))
    case PosePart.focal: camera.focalLengthPerLongSide *= 1 + step
    case PosePart.distortion: camera.radialDistortion += step
    case PosePart.ground: ground.heightMeters += step
    case PosePart.slopeNorth: ground.slopeNorth += step
    default: ground.slopeEast += step
    }
    return PictureView(pose: pose, camera: camera, ground: ground)
  }

  @Test(arguments: 1...5) func derivativesAreThoseOfTheMiss(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let (first, second) = (try view(&random, north: 0), try view(&random, north: 12))
    let match = PicturePointMatch(first: (0.7, 0.35), second: (0.55, 0.6))
    let residual = try #require(MatchResidual(match, first, second))
    let step = 1e-5
    func slope(_ part: Int, _ changesFirst: Bool, _ changesSecond: Bool) throws -> (Double, Double) {
      let misses = try [step, -step].map { step in
        try #require(
          MatchResidual(
            match, changesFirst ? changed(first, part: part, by: step) : first,
            changesSecond ? changed(second, part: part, by: step) : second)
        ).miss
      }
      return (
        (misses[0].across - misses[1].across) / (2 * step), (misses[0].down - misses[1].down) / (2 * step)
      )
    }
    for part in 0..<PosePart.count {
      if part < PosePart.ownCount {
        let (own, other) = (try slope(part, true, false), try slope(part, false, true))
        #expect(abs(own.0 - residual.first.across[part]) < 1e-6, "seed \(seed), part \(part)")
        #expect(abs(own.1 - residual.first.down[part]) < 1e-6, "seed \(seed), part \(part)")
        #expect(abs(other.0 - residual.second.across[part]) < 1e-6, "seed \(seed), part \(part)")
        #expect(abs(other.1 - residual.second.down[part]) < 1e-6, "seed \(seed), part \(part)")
      } else {
        let both = try slope(part, true, true)
        let across = residual.first.across[part] + residual.second.across[part]
        let down = residual.first.down[part] + residual.second.down[part]
        #expect(abs(both.0 - across) < 1e-6 && abs(both.1 - down) < 1e-6, "seed \(seed), part \(part)")
      }
    }
    // A point one metre above the plane: what the raised ground shows.
    let raised = try #require(
      MatchResidual(
        match, changed(first, part: PosePart.ground, by: step),
        changed(second, part: PosePart.ground, by: step)))
    #expect(abs(residual.bump.across + (raised.miss.across - residual.miss.across) / step) < 1e-4)
    #expect(abs(residual.bump.down + (raised.miss.down - residual.miss.down) / step) < 1e-4)
  }

  @Test func aPointAndItsRayAreInverse() throws {
    var random = SeededGenerator(seed: 8)
    let view = try view(&random, north: 5)
    for (u, v) in [(0.1, 0.2), (0.5, 0.5), (0.95, 0.9)] {
      let place = try #require(view.place(u: u, v: v))
      let point = try #require(view.picturePoint(north: place.northMeters, east: place.eastMeters))
      #expect(abs(point.u - u) < 1e-6 && abs(point.v - v) < 1e-6)
    }
  }
}
