extension BlockAdjustment {
  /// The equations at the present corrections, and the root mean square miss on the ground, metres.
  func normalEquations() -> (equations: NormalEquations, residualMeters: Double) {
    var equations = NormalEquations(firstColumns: firstColumns)
    addPriors(&equations)
    let views = self.views
    var (weights, squares) = (0.0, 0.0)
    for (link, bumps) in zip(links, bumps) {
      let (first, second) = (views[link.first], views[link.second])
      let columns = joinedColumns(link)
      let share = min(1, Self.effectiveMatches / Double(link.matches.count))
      for (match, bump) in zip(link.matches, bumps) {
        guard let residual = MatchResidual(match, first, second) else { continue }
        let misses = bump.split(residual.miss)
        let variances = bump.variances(bumpSigmaMeters)
        let sigmas =
          (misses.along * misses.along / variances.along
          + misses.beside * misses.beside / variances.beside).squareRoot()
        let weight = share * min(1, Self.outlierSigmas / max(sigmas, 1e-9))
        let (along, beside) = joinedFactors(residual, bump)
        equations.add(columns, along, miss: misses.along, weight: weight / variances.along)
        equations.add(columns, beside, miss: misses.beside, weight: weight / variances.beside)
        let meters = second.longSideMeters
        weights += weight
        squares +=
          weight * meters * meters
          * (residual.miss.across * residual.miss.across + residual.miss.down * residual.miss.down)
      }
    }
    return (equations, weights > 0 ? (squares / weights).squareRoot() : 0)
  }

  /// Columns of both elements of a link, what they share once.
  private func joinedColumns(_ link: Link) -> [Int] {
    columns(of: link.first) + columns(of: link.second).prefix(PosePart.ownCount)
  }

  /// Derivatives of a miss along and beside a bump's way, in the order of `joinedColumns`.
  private func joinedFactors(_ residual: MatchResidual, _ bump: Bump) -> (along: [Double], beside: [Double]) {
    var (along, beside): ([Double], [Double]) = ([], [])
    func append(across: Double, down: Double) {
      let split = bump.split((across, down))
      along.append(split.along)
      beside.append(split.beside)
    }
    let (first, second) = (residual.first, residual.second)
    for part in 0..<PosePart.count {
      let isShared = part >= PosePart.ownCount
      append(
        across: first.across[part] + (isShared ? second.across[part] : 0),
        down: first.down[part] + (isShared ? second.down[part] : 0))
    }
    for part in 0..<PosePart.ownCount { append(across: second.across[part], down: second.down[part]) }
    return (along, beside)
  }

  private func addPriors(_ equations: inout NormalEquations) {
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
