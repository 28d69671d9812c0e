import Georeferencing
import InspectionModel
import TestSupport
import Testing

/// The adjustment without pixels: matches are computed from known poses.
@Suite struct BlockAdjustmentTests {
  /// A flight of strips with errors drawn from what the adjustment assumes.
  private struct Block {
    var truths: [PictureView] = []
    var elements: [BlockAdjustment.Element] = []
    var links: [BlockAdjustment.Link] = []
    var random: SeededGenerator

    /// - Parameters:
    ///   - hillMeters: spread of the heights of matched points.
    ///   - errors: what the tags' errors are multiplied with.
    init(strips: Int, picturesPerStrip: Int, seed: UInt64, hillMeters: Double = 0, errors: Double = 1) {
      random = SeededGenerator(seed: seed)
      let sigmas = PoseSigmas()
      let mount = Rotation(small: normals() * (errors * sigmas.mountRadians))
      var ground = GroundPlane()
      ground.heightMeters = errors * ground.levelSigmaMeters * random.normal()
      ground.centerEastMeters = 13 * Double(strips - 1)
      ground.centerNorthMeters = 7 * Double(picturesPerStrip - 1)
      ground.slopeNorth = errors * ground.slopeSigma * random.normal()
      ground.slopeEast = errors * ground.slopeSigma * random.normal()
      let camera = Self.camera(focal: 0.585 * (1 + errors * 0.01 * random.normal()))
      var (drift, count) = ((0.0, 0.0), 0)
      for strip in 0..<strips {
        for number in 0..<picturesPerStrip {
          let isBack = !strip.isMultiple(of: 2)
          let along = isBack ? picturesPerStrip - 1 - number : number
          let pose = Self.pose(north: 14 * Double(along), east: 26 * Double(strip), isBack: isBack)
          // The fixes' errors as a chain, as the adjustment believes.
          let keep = count == 0 ? 0 : FixCorrelation.halfLifeSeconds / (FixCorrelation.halfLifeSeconds + 7)
          let fresh = (1 - keep * keep).squareRoot()
          drift = (keep * drift.0 + fresh * random.normal(), keep * drift.1 + fresh * random.normal())
          var told = pose
          told.northMeters += errors * drift.0
          told.eastMeters += errors * drift.1
          var truth = pose
          truth.heightMeters += errors * sigmas.heightMeters * random.normal()
          let turn = Vector3(
            sigmas.tiltRadians * random.normal(), sigmas.tiltRadians * random.normal(),
            sigmas.yawRadians * random.normal())
          truth.rotation = Rotation(small: turn * errors) * pose.rotation * mount
          truths.append(PictureView(pose: truth, camera: camera, ground: ground))
          elements.append(
            BlockAdjustment.Element(pose: told, camera: Self.camera(focal: 0.585), seconds: Double(count) * 7)
          )
          count += 1
        }
      }
      link(hillMeters: hillMeters)
    }

    private mutating func normals() -> Vector3 { Vector3(random.normal(), random.normal(), random.normal()) }

    private static func camera(focal: Double) -> CameraModel {
      CameraModel(
        focalLengthPerLongSide: focal, focalRelativeSigma: 0.01, source: .knownSensor,
        uprightWidthPixels: 1280,
        uprightHeightPixels: 720)
    }

    private static func pose(north: Double, east: Double, isBack: Bool) -> PicturePose {
      var sample = TelemetrySample()
      sample.position = Flights.plane.position(eastMeters: east, northMeters: north)
      sample.heightMetersAboveTakeoff = 40
      sample.gimbal = GimbalPose(rollRadians: 0, pitchRadians: -.pi / 2, yawRadians: isBack ? .pi : 0)
      guard let pose = try? PicturePose(sample, clockSigmaSeconds: nil, plane: Flights.plane) else {
        preconditionFailure("a whole record gives a pose")
      }
      return pose
    }

    private mutating func link(hillMeters: Double) {
      for pair in OverlapSearch.pairs(truths) {
        let (first, second) = (truths[pair.first], truths[pair.second])
        let common = GroundPolygon(first.outline).clipped(by: GroundPolygon(second.outline))
        var matches: [PicturePointMatch] = []
        for _ in 0..<40 where matches.count < 10 {
          let north = Double.random(in: common.south...common.north, using: &random)
          let east = Double.random(in: common.west...common.east, using: &random)
          let hill = hillMeters * random.normal()
          guard let here = Self.seen(first, north, east, hill),
            let there = Self.seen(second, north, east, hill)
          else { continue }
          let noisy = (u: here.u + 0.0004 * random.normal(), v: here.v + 0.0004 * random.normal())
          matches.append(PicturePointMatch(first: noisy, second: there))
        }
        if matches.count >= 5 {
          links.append(BlockAdjustment.Link(first: pair.first, second: pair.second, matches: matches))
        }
      }
    }

    /// Where a point that sticks out of the plane is seen; `nil` outside the picture.
    private static func seen(
      _ view: PictureView, _ north: Double, _ east: Double, _ hill: Double
    ) -> (u: Double, v: Double)? {
      var raised = view.ground
      raised.heightMeters += hill
      let view = PictureView(pose: view.pose, camera: view.camera, ground: raised)
      guard let point = view.picturePoint(north: north, east: east), (0...1).contains(point.u),
        (0...1).contains(point.v)
      else { return nil }
      return point
    }

    /// Errors of the adjusted places at five points of each picture, with their sigmas; `nil` without a
    /// result.
    func errors() -> [(error: Double, sigma: Double)]? {
      var adjustment = BlockAdjustment(elements: elements, links: links, ground: told)
      guard adjustment.run(), let covariances = adjustment.covariances() else { return nil }
      let ground = adjustment.adjustedGround
      var flat = ground
      flat.reliefSigmaMeters = 0
      var result: [(error: Double, sigma: Double)] = []
      for index in elements.indices {
        let view = PictureView(
          pose: adjustment.pose(of: index), camera: adjustment.camera(of: index), ground: ground)
        for (u, v) in [(0.1, 0.1), (0.9, 0.1), (0.5, 0.5), (0.1, 0.9), (0.9, 0.9)] {
          guard let found = view.place(u: u, v: v), let truth = truths[index].place(u: u, v: v) else {
            return nil
          }
          let (north, east) = (found.northMeters - truth.northMeters, found.eastMeters - truth.eastMeters)
          result.append(
            (
              ((north * north + east * east) / 2).squareRoot(),
              covariances[index].sigmaMeters(at: found, ground: flat)
            ))
        }
      }
      return result
    }

    /// The ground as the tags know it.
    private var told: GroundPlane {
      var plane = GroundPlane()
      plane.centerEastMeters = truths[0].ground.centerEastMeters
      plane.centerNorthMeters = truths[0].ground.centerNorthMeters
      return plane
    }
  }

  /// Over many flights the stated sigma is the error's spread.
  @Test(arguments: [0.0, 1.0]) func statedSigmaIsTheSpreadOverManyFlights(hillMeters: Double) throws {
    var (squares, variances, count) = (0.0, 0.0, 0)
    for seed in 1...16 {
      let block = Block(strips: 2, picturesPerStrip: 3, seed: UInt64(seed), hillMeters: hillMeters)
      for (error, sigma) in try #require(block.errors(), "seed \(seed)") {
        squares += error * error
        variances += sigma * sigma
        count += 1
      }
    }
    let ratio = (squares / variances).squareRoot()
    #expect((0.75...1.25).contains(ratio), "seeds 1…16: \(ratio) of \(count) places")
  }

  /// Misses on the ground would get smaller if the whole flight shrank: hills must not make it.
  @Test func hillsDoNotShrinkAFlight() throws {
    let block = Block(strips: 2, picturesPerStrip: 4, seed: 4, hillMeters: 2, errors: 0)
    var adjustment = BlockAdjustment(elements: block.elements, links: block.links, ground: GroundPlane())
    let isAtRest = adjustment.run()
    #expect(isAtRest)
    let (first, last) = (adjustment.pose(of: 0), adjustment.pose(of: 3))
    #expect(abs((last.northMeters - first.northMeters) / 42 - 1) < 0.005, "seed 4")
    #expect(abs(adjustment.adjustedGround.heightMeters) < 0.5, "seed 4")
  }

  /// The errors of one flight are common to its pictures, so that a single flight proves nothing about sigma.
  @Test func longFlightsAreAdjustedAsAWhole() throws {
    var (squares, variances, count) = (0.0, 0.0, 0)
    for seed in 5..<11 {
      let block = Block(strips: 4, picturesPerStrip: 8, seed: UInt64(seed))
      for (error, sigma) in try #require(block.errors(), "seed \(seed)") {
        squares += error * error
        variances += sigma * sigma
        count += 1
      }
    }
    let sigma = (variances / Double(count)).squareRoot()
    let ratio = (squares / variances).squareRoot()
    #expect((0.7...1.3).contains(ratio) && sigma < 0.7, "seeds 5…10: ratio \(ratio), sigma \(sigma)")
  }

  @Test func partnersOfAPictureAreFewHoweverManyHoverThere() {
    let block = Block(strips: 2, picturesPerStrip: 3, seed: 6)
    let many = (0..<40).flatMap { _ in block.truths }
    let pairs = OverlapSearch.pairs(many)
    #expect(pairs.count <= many.count * OverlapSearch.partnerLimit)
    #expect(pairs == pairs.sorted() && Set(pairs).count == pairs.count)
    // Two pictures of one place prove nothing.
    #expect(OverlapSearch.pairs([block.truths[0], block.truths[0], nil]).isEmpty)
  }

  @Test func fixesOfOneMomentErrTogetherAndLaterOnesLess() {
    let fixes = FixCorrelation([20, 0, nil, 1])
    #expect(fixes.first == 1)
    #expect(fixes.steps.map(\.earlier) == [1, 3, 0] && fixes.steps.map(\.later) == [3, 0, 2])
    #expect(fixes.steps[0].correlation > fixes.steps[1].correlation)
    #expect(fixes.steps.allSatisfy { (0..<1).contains($0.correlation) })
    #expect(FixCorrelation([3, 3]).steps[0].correlation < 1)
  }
}
