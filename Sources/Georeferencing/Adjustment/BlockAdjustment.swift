/// Corrects the poses of overlapping pictures so that matched points fall onto the same ground.
///
/// Unknowns: six for each picture (place, height, small turns about north, east, down) and eight for the
/// flight (mount, focal length, distortion, level and slope of the ground), each tied to zero by its sigma
/// from the tags. Observations: the two grounds of a matched point coincide. Solved by Gauss and Newton with
/// weights that fade for outliers.
package struct BlockAdjustment {
  /// One picture with its starting pose.
  package struct Element {
    package let pose: PicturePose
    package let camera: CameraModel
    /// When it was taken, seconds from any start; `nil` where nobody knows.
    let seconds: Double?
    /// Corrections in the order of `PosePart`.
    var correction = [Double](repeating: 0, count: PosePart.ownCount)

    /// - Parameter seconds: when it was taken, from any start; `nil` where nobody knows.
    package init(pose: PicturePose, camera: CameraModel, seconds: Double?) {
      (self.pose, self.camera, self.seconds) = (pose, camera, seconds)
    }
  }

  /// Matched points of two elements, as points of the upright pictures.
  package struct Link {
    package let first: Int
    package let second: Int
    let matches: [PicturePointMatch]

    /// - Parameters: indices of two elements and what they have in common.
    package init(first: Int, second: Int, matches: [PicturePointMatch]) {
      (self.first, self.second, self.matches) = (first, second, matches)
    }
  }

  /// The way on which a bump of the ground moves a match in its second picture, fixed by the tags.
  ///
  /// The search misses a little in both directions, bumps count along the way only.
  struct Bump {
    /// Of length 1.
    let across: Double
    let down: Double
    /// Parts of the longer side for each metre of height.
    let perMeter: Double

    init(_ match: PicturePointMatch, _ first: PictureView, _ second: PictureView) {
      let bump = MatchResidual(match, first, second)?.bump ?? (across: 0, down: 0)
      perMeter = (bump.across * bump.across + bump.down * bump.down).squareRoot()
      (across, down) = perMeter > 1e-9 ? (bump.across / perMeter, bump.down / perMeter) : (1, 0)
    }

    /// A vector in the second picture, along the way and beside it.
    func split(_ vector: (across: Double, down: Double)) -> (along: Double, beside: Double) {
      (vector.across * across + vector.down * down, vector.down * across - vector.across * down)
    }

    /// Squared parts of the longer side, for bumps of a height.
    func variances(_ bumpSigmaMeters: Double) -> (along: Double, beside: Double) {
      let search = matchSigmaPerLongSide * matchSigmaPerLongSide
      let bump = bumpSigmaMeters * perMeter
      return (search + bump * bump, search)
    }
  }

  private(set) var elements: [Element]
  let links: [Link]
  let ground: GroundPlane
  /// Corrections that all elements share, in the order of `PosePart` from `mount` on.
  private(set) var common = [Double](repeating: 0, count: PosePart.count - PosePart.ownCount)
  /// Root mean square distance between the two grounds of a match, outliers counted less, metres.
  private(set) var residualMeters = 0.0
  private let order: [Int]
  private let place: [Int]
  let firstColumns: [Int]
  let fixes: FixCorrelation
  /// Of each match of each link, as the tags see it.
  let bumps: [[Bump]]

  /// How far matched points stick out of the plane: terrain, bushes, roofs; one standard deviation, metres.
  private(set) var bumpSigmaMeters = Self.leastBumpSigmaMeters

  private static let roundLimit = 20
  /// Corrections below the first end the rounds; below the second the last round counts as good: metres,
  /// radians.
  private static let smallestStep = 1e-3
  private static let smallStep = 1e-2
  /// Error of a match in the pictures, as a part of the longer side: a third of a cell of 1/320 by the
  /// search, more by what the camera's model leaves out (rest of the lens, rolling shutter).
  static let matchSigmaPerLongSide = 0.0025
  static let leastBumpSigmaMeters = 1.5
  /// Matches of a pair see the same bumps and the same lens: together they count as so many.
  static let effectiveMatches = 8.0
  /// Misses are weighted less from this many sigmas on.
  static let outlierSigmas = 2.0
  /// Points of view that differ less say nothing about heights: a cell's third for each metre, parts of the
  /// longer side.
  private static let leastBumpPerMeter = 0.001

  /// - Precondition: links name elements.
  package init(elements: [Element], links: [Link], ground: GroundPlane) {
    (self.elements, self.links, self.ground) = (elements, links, ground)
    bumps = links.map { link in
      let views = [link.first, link.second].map {
        PictureView(pose: elements[$0].pose, camera: elements[$0].camera, ground: ground)
      }
      return link.matches.map { Bump($0, views[0], views[1]) }
    }
    fixes = FixCorrelation(elements.map(\.seconds))
    var neighbours = [[Int]](repeating: [], count: elements.count)
    for step in fixes.steps {
      neighbours[step.earlier].append(step.later)
      neighbours[step.later].append(step.earlier)
    }
    for link in links {
      neighbours[link.first].append(link.second)
      neighbours[link.second].append(link.first)
    }
    order = ElementOrder.reverseCuthillMcKee(neighbours.map { Array(Set($0)).sorted() })
    var place = [Int](repeating: 0, count: elements.count)
    for (position, element) in order.enumerated() { place[element] = position }
    self.place = place
    var columns: [Int] = []
    for (position, element) in order.enumerated() {
      let first = neighbours[element].map { place[$0] }.min() ?? position
      columns += [Int](repeating: min(first, position) * PosePart.ownCount, count: PosePart.ownCount)
    }
    columns += [Int](repeating: 0, count: common.count)
    firstColumns = columns
  }

  /// Runs the adjustment; returns whether it came to rest.
  package mutating func run() -> Bool {
    guard solve() else { return false }
    // Hills that stick out further than assumed would pull at the poses: count them less, and once more.
    let bumps = heightSpreadMeters { $0 }
    guard bumps > bumpSigmaMeters else { return true }
    bumpSigmaMeters = bumps
    return solve()
  }

  private mutating func solve() -> Bool {
    var largest = Double.infinity
    for _ in 0..<Self.roundLimit where largest >= Self.smallestStep {
      let (equations, residual) = normalEquations()
      residualMeters = residual
      guard let factor = equations.normal.factored() else { return false }
      let step = factor.solve(equations.right)
      largest = 0
      for (position, element) in order.enumerated() {
        for part in 0..<PosePart.ownCount {
          let change = step[position * PosePart.ownCount + part]
          elements[element].correction[part] += change
          largest = max(largest, abs(change))
        }
      }
      for part in common.indices { common[part] += step[order.count * PosePart.ownCount + part] }
    }
    return largest < Self.smallStep
  }

  /// How far the matched points lie above or below the plane, as a robust standard deviation, metres.
  ///
  /// - Parameter summary: what is taken of the heights of a pair: all, or one for the pair.
  private func heightSpreadMeters(_ summary: ([Double]) -> [Double]) -> Double {
    let views = self.views
    var heights: [Double] = []
    for (link, bumps) in zip(links, bumps) {
      heights += summary(
        zip(link.matches, bumps).compactMap { match, bump in
          guard bump.perMeter > Self.leastBumpPerMeter,
            let residual = MatchResidual(match, views[link.first], views[link.second])
          else { return nil }
          return bump.split(residual.miss).along / bump.perMeter
        })
    }
    guard !heights.isEmpty else { return 0 }
    // The median of a normal deviation's magnitude is 0.6745 sigma.
    return heights.map { abs($0) }.sorted()[heights.count / 2] / 0.6745
  }

  var views: [PictureView] {
    let ground = adjustedGround
    return elements.indices.map { PictureView(pose: pose(of: $0), camera: camera(of: $0), ground: ground) }
  }

  /// The corrected pose of an element.
  package func pose(of index: Int) -> PicturePose {
    let element = elements[index]
    let own = element.correction
    var pose = element.pose
    pose.northMeters += own[PosePart.north]
    pose.eastMeters += own[PosePart.east]
    pose.heightMeters += own[PosePart.height]
    pose.rotation =
      Rotation(small: Vector3(own[PosePart.turn], own[PosePart.turn + 1], own[PosePart.turn + 2]))
      * element.pose.rotation * Rotation(small: Vector3(common[0], common[1], common[2]))
    return pose
  }

  /// The corrected camera of an element.
  package func camera(of index: Int) -> CameraModel {
    var camera = elements[index].camera
    correct(&camera)
    return camera
  }

  private func correct(_ camera: inout CameraModel) {
    camera.focalLengthPerLongSide *= 1 + common[PosePart.focal - PosePart.mount]
    camera.radialDistortion += common[PosePart.distortion - PosePart.mount]
  }

  /// A picture that is no element, with the corrections that all share.
  func withCommonParts(_ view: PictureView) -> PictureView {
    var (pose, camera) = (view.pose, view.camera)
    pose.rotation = pose.rotation * Rotation(small: Vector3(common[0], common[1], common[2]))
    correct(&camera)
    return PictureView(pose: pose, camera: camera, ground: adjustedGround)
  }

  /// The corrected ground, its relief as the pairs of pictures see it.
  var measuredGround: GroundPlane {
    var plane = adjustedGround
    let relief = heightSpreadMeters { $0.isEmpty ? [] : [$0.sorted()[$0.count / 2]] }
    plane.reliefSigmaMeters = max(plane.reliefSigmaMeters, relief)
    return plane
  }

  /// The corrected ground.
  package var adjustedGround: GroundPlane {
    var plane = ground
    plane.heightMeters += common[PosePart.ground - PosePart.mount]
    plane.slopeNorth += common[PosePart.slopeNorth - PosePart.mount]
    plane.slopeEast += common[PosePart.slopeEast - PosePart.mount]
    return plane
  }

  /// How uncertain the corrected poses are, by element; `nil` where the equations have no solution.
  package func covariances() -> [PoseCovariance]? {
    guard let factor = normalEquations().equations.normal.factored() else { return nil }
    let inverse = factor.inverseInsideEnvelope()
    return elements.indices.map { element in
      let columns = self.columns(of: element)
      return PoseCovariance { row, column in inverse.symmetric(columns[row], columns[column]) }
    }
  }

  /// Columns of an element's parts in the order of `PosePart`.
  func columns(of element: Int) -> [Int] {
    let own = place[element] * PosePart.ownCount
    let shared = order.count * PosePart.ownCount
    return (0..<PosePart.ownCount).map { own + $0 } + common.indices.map { shared + $0 }
  }
}
