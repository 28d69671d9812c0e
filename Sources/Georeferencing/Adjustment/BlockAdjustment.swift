/// Corrects the poses of overlapping pictures so that matched points fall onto the same ground.
///
/// Unknowns: six for each picture (place, height, small turns about north, east, down) and eight for the flight (mount,
/// focal length, distortion, level and slope of the ground), each tied to zero by its sigma from the tags. Observations: the two grounds
/// of a matched point coincide. Solved by Gauss and Newton with weights that fade for outliers.
struct BlockAdjustment {
  /// One picture with its starting pose.
  struct Element {
    let pose: PicturePose
    let camera: CameraModel
    /// When it was taken, seconds from any start; `nil` where nobody knows.
    let seconds: Double?
    /// Corrections in the order of `PosePart`.
    var correction = [Double](repeating: 0, count: PosePart.ownCount)
  }

  /// Matched points of two elements, as points of the upright pictures.
  struct Link {
    let first: Int
    let second: Int
    let matches: [PicturePointMatch]
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
  private let firstColumns: [Int]
  private let fixes: FixCorrelation

  /// How far matched points stick out of the plane: terrain, bushes, roofs; one standard deviation, metres.
  private var bumpSigmaMeters = Self.leastBumpSigmaMeters

  private static let roundLimit = 20
  /// Corrections below the first end the rounds; below the second the last round counts as good: metres, radians.
  private static let smallestStep = 1e-3
  private static let smallStep = 1e-2
  /// Error of a match in the pictures, as a part of the longer side: a third of a cell of 1/320 by the search, more by what
  /// the camera's model leaves out (rest of the lens, rolling shutter).
  static let matchSigmaPerLongSide = 0.0025
  static let leastBumpSigmaMeters = 1.5
  /// Matches of a pair see the same bumps and the same lens: together they count as so many.
  static let effectiveMatches = 8.0
  /// Misses are weighted less from this many sigmas on.
  private static let outlierSigmas = 2.0
  /// Points of view that differ less say nothing about heights, metres for each metre of height.
  private static let leastParallax = 0.1

  /// - Precondition: links name elements.
  init(elements: [Element], links: [Link], ground: GroundPlane) {
    (self.elements, self.links, self.ground) = (elements, links, ground)
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
  mutating func run() -> Bool {
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
      let equations = normalEquations()
      residualMeters = equations.residualMeters
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
  /// A point at height z above the plane is seen in two places, z times the difference of the two rays' slopes apart.
  ///
  /// - Parameter summary: what is taken of the heights of a pair: all, or one for the pair.
  private func heightSpreadMeters(_ summary: ([Double]) -> [Double]) -> Double {
    let views = self.views
    var heights: [Double] = []
    for link in links {
      heights += summary(
        link.matches.compactMap { match in
          guard let first = views[link.first].place(u: match.first.u, v: match.first.v),
            let second = views[link.second].place(u: match.second.u, v: match.second.v)
          else { return nil }
          let (north, east) = (
            first.slopeNorth - second.slopeNorth, first.slopeEast - second.slopeEast
          )
          let square = north * north + east * east
          guard square > Self.leastParallax * Self.leastParallax else { return nil }
          let along =
            (first.northMeters - second.northMeters) * north + (first.eastMeters - second.eastMeters) * east
          return along / square
        })
    }
    guard !heights.isEmpty else { return 0 }
    // The median of a normal deviation's magnitude is 0.6745 sigma.
    return heights.map { abs($0) }.sorted()[heights.count / 2] / 0.6745
  }

  private var views: [PictureView] {
    let ground = adjustedGround
    return elements.indices.map { PictureView(pose: pose(of: $0), camera: camera(of: $0), ground: ground) }
  }

  /// The corrected pose of an element.
  func pose(of index: Int) -> PicturePose {
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
  func camera(of index: Int) -> CameraModel {
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
  var adjustedGround: GroundPlane {
    var plane = ground
    plane.heightMeters += common[PosePart.ground - PosePart.mount]
    plane.slopeNorth += common[PosePart.slopeNorth - PosePart.mount]
    plane.slopeEast += common[PosePart.slopeEast - PosePart.mount]
    return plane
  }

  /// How uncertain the corrected poses are, by element; `nil` where the equations have no solution.
  func covariances() -> [PoseCovariance]? {
    guard let factor = normalEquations().normal.factored() else { return nil }
    let inverse = factor.inverseInsideEnvelope()
    return elements.indices.map { element in
      let columns = self.columns(of: element)
      return PoseCovariance { row, column in inverse.symmetric(columns[row], columns[column]) }
    }
  }

  /// Columns of an element's parts in the order of `PosePart`.
  private func columns(of element: Int) -> [Int] {
    let own = place[element] * PosePart.ownCount
    let shared = order.count * PosePart.ownCount
    return (0..<PosePart.ownCount).map { own + $0 } + common.indices.map { shared + $0 }
  }

  // MARK: - Equations

  private func normalEquations() -> Equations {
    var equations = Equations(firstColumns: firstColumns)
    addPriors(&equations)
    let views = self.views
    var (weights, squares) = (0.0, 0.0)
    for link in links {
      let columns = (self.columns(of: link.first), self.columns(of: link.second))
      let share = min(1, Self.effectiveMatches / Double(link.matches.count))
      for match in link.matches {
        guard let first = views[link.first].place(u: match.first.u, v: match.first.v),
          let second = views[link.second].place(u: match.second.u, v: match.second.v)
        else { continue }
        let north = first.northMeters - second.northMeters
        let east = first.eastMeters - second.eastMeters
        let (along, across) = matchDirections(first, second, views[link.first], views[link.second])
        let misses = [along, across].map { $0.north * north + $0.east * east }
        let miss = (misses[0] * misses[0] / along.variance + misses[1] * misses[1] / across.variance)
          .squareRoot()
        let weight = share * min(1, Self.outlierSigmas / max(miss, 1e-9))
        for (direction, miss) in zip([along, across], misses) {
          let here = zip(first.north, first.east).map { $0 * direction.north + $1 * direction.east }
          let there = zip(second.north, second.east).map { $0 * direction.north + $1 * direction.east }
          equations.add(columns, here, there, miss: miss, weight: weight / direction.variance)
        }
        weights += weight
        squares += weight * (north * north + east * east)
      }
    }
    equations.residualMeters = weights > 0 ? (squares / weights).squareRoot() : 0
    return equations
  }

  /// A direction on the ground and how far a match's two grounds may differ along it.
  private struct MatchDirection {
    let north: Double
    let east: Double
    /// Square metres.
    let variance: Double
  }

  /// Along and across the direction in which a bump of the ground moves between the two points of view: the search
  /// misses a little in both, bumps count along only.
  private func matchDirections(
    _ first: GroundPoint, _ second: GroundPoint, _ firstView: PictureView, _ secondView: PictureView
  ) -> (along: MatchDirection, across: MatchDirection) {
    let search = Self.matchSigmaPerLongSide * max(firstView.longSideMeters, secondView.longSideMeters)
    let north = first.slopeNorth - second.slopeNorth
    let east = first.slopeEast - second.slopeEast
    let parallax = (north * north + east * east).squareRoot()
    let (unitNorth, unitEast) = parallax > 1e-9 ? (north / parallax, east / parallax) : (1, 0)
    let bump = bumpSigmaMeters * parallax
    return (
      MatchDirection(north: unitNorth, east: unitEast, variance: search * search + bump * bump),
      MatchDirection(north: -unitEast, east: unitNorth, variance: search * search)
    )
  }

  private func addPriors(_ equations: inout Equations) {
    for (index, element) in elements.enumerated() {
      let columns = self.columns(of: index)
      let prior = PoseCovariance(
        element.pose.sigmas, focalRelativeSigma: element.camera.focalRelativeSigma, ground: ground)
      for part in PosePart.height..<PosePart.ownCount {
        equations.addPrior(columns[part], value: element.correction[part], variance: prior[part, part])
      }
      // One prior for the whole flight: that of its first picture.
      guard index == 0 else { continue }
      for part in PosePart.mount..<PosePart.count {
        equations.addPrior(
          columns[part], value: common[part - PosePart.mount], variance: prior[part, part])
      }
    }
    for part in [PosePart.north, PosePart.east] {
      let first = elements[fixes.first]
      let sigma = first.pose.sigmas.horizontalMeters
      equations.addPrior(
        columns(of: fixes.first)[part], value: first.correction[part], variance: sigma * sigma)
      for step in fixes.steps {
        let (earlier, later) = (elements[step.earlier], elements[step.later])
        let factors = (
          -step.correlation / earlier.pose.sigmas.horizontalMeters,
          1 / later.pose.sigmas.horizontalMeters
        )
        equations.add(
          [columns(of: step.earlier)[part], columns(of: step.later)[part]], [factors.0, factors.1],
          miss: factors.0 * earlier.correction[part] + factors.1 * later.correction[part],
          weight: 1 / (1 - step.correlation * step.correlation))
      }
    }
  }
}

/// Normal equations of weighted least squares.
private struct Equations {
  var normal: EnvelopeMatrix
  var right: [Double]
  var residualMeters = 0.0

  init(firstColumns: [Int]) {
    normal = EnvelopeMatrix(firstColumns: firstColumns)
    right = [Double](repeating: 0, count: firstColumns.count)
  }

  mutating func addPrior(_ column: Int, value: Double, variance: Double) {
    normal[column, column] += 1 / variance
    right[column] -= value / variance
  }

  /// One observation: `first` · x₁ − `second` · x₂ + miss = 0, the shared parts taken together.
  mutating func add(
    _ columns: (first: [Int], second: [Int]), _ first: [Double], _ second: [Double], miss: Double,
    weight: Double
  ) {
    var places = columns.first
    var factors = first
    for part in 0..<PosePart.count {
      if part < PosePart.ownCount {
        places.append(columns.second[part])
        factors.append(-second[part])
      } else {
        factors[part] -= second[part]
      }
    }
    add(places, factors, miss: miss, weight: weight)
  }

  /// One observation: `factors` · x + miss = 0.
  mutating func add(_ places: [Int], _ factors: [Double], miss: Double, weight: Double) {
    for (row, factor) in zip(places, factors) {
      right[row] -= weight * factor * miss
      for (column, other) in zip(places, factors) where column <= row {
        normal[row, column] += weight * factor * other
      }
    }
  }
}
