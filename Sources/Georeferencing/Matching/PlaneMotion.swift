/// How one picture's ground has to be moved onto another's: turned and stretched about a centre, then
/// shifted.
///
/// q = c + m (p − c) + t with m = (a, −b; b, a) on (north, east).
package struct PlaneMotion: Sendable {
  var centerNorth: Double
  var centerEast: Double
  /// Scale times cosine of the turn; 1 for a mere shift.
  var a = 1.0
  /// Scale times sine of the turn, from north to east.
  var b = 0.0
  /// Metres.
  package var shiftNorth = 0.0
  package var shiftEast = 0.0

  /// Where a place of the first ground lies in the other, metres.
  package func callAsFunction(north: Double, east: Double) -> (north: Double, east: Double) {
    let (dn, de) = (north - centerNorth, east - centerEast)
    return (centerNorth + a * dn - b * de + shiftNorth, centerEast + b * dn + a * de + shiftEast)
  }

  /// The place that is moved to the given one.
  package func inverse(north: Double, east: Double) -> (north: Double, east: Double) {
    let (dn, de) = (north - centerNorth - shiftNorth, east - centerEast - shiftEast)
    let square = a * a + b * b
    return (centerNorth + (a * dn + b * de) / square, centerEast + (a * de - b * dn) / square)
  }

  /// A place in both pictures' ground.
  package struct Match: Sendable {
    package var north: Double
    package var east: Double
    var otherNorth: Double
    var otherEast: Double

    /// - Parameters: the place in either ground, metres.
    package init(north: Double, east: Double, otherNorth: Double, otherEast: Double) {
      (self.north, self.east, self.otherNorth, self.otherEast) = (north, east, otherNorth, otherEast)
    }
  }

  /// The motion that fits matches best in the sense of least squares; `nil` for fewer than two places.
  package init?(fitting matches: [Match]) {
    guard matches.count >= 2 else { return nil }
    let count = Double(matches.count)
    var (north, east, otherNorth, otherEast) = (0.0, 0.0, 0.0, 0.0)
    for match in matches {
      north += match.north / count
      east += match.east / count
      otherNorth += match.otherNorth / count
      otherEast += match.otherEast / count
    }
    var (square, same, across) = (0.0, 0.0, 0.0)
    for match in matches {
      let (n, e) = (match.north - north, match.east - east)
      let (on, oe) = (match.otherNorth - otherNorth, match.otherEast - otherEast)
      square += n * n + e * e
      same += n * on + e * oe
      across += n * oe - e * on
    }
    guard square > 1e-9 else { return nil }
    (centerNorth, centerEast) = (north, east)
    (a, b) = (same / square, across / square)
    (shiftNorth, shiftEast) = (otherNorth - north, otherEast - east)
  }

  /// A turn about a centre, metres.
  package init(centerNorth: Double, centerEast: Double, turnRadians: Double = 0) {
    (self.centerNorth, self.centerEast) = (centerNorth, centerEast)
    (a, b) = (cosine(turnRadians), sine(turnRadians))
  }

  /// The largest set of matches that one motion explains, found by trying the motion of every pair of
  /// matches.
  ///
  /// - Parameter toleranceMeters: how far a match may lie from where the motion puts it.
  package static func agreeing(_ matches: [Match], toleranceMeters: Double) -> [Match] {
    var best: [Match] = []
    let limit = toleranceMeters * toleranceMeters
    for (index, first) in matches.enumerated() {
      for second in matches[(index + 1)...] {
        let (dn, de) = (second.north - first.north, second.east - first.east)
        // Two neighbours say nothing about the turn.
        guard dn * dn + de * de > 100 * limit, let motion = PlaneMotion(fitting: [first, second]),
          motion.isNearlyRigid
        else { continue }
        let explained = matches.filter { motion.squaredMiss($0) <= limit }
        if explained.count > best.count { best = explained }
      }
    }
    // Once more with the motion of all of them.
    guard let motion = PlaneMotion(fitting: best) else { return best }
    let explained = matches.filter { motion.squaredMiss($0) <= limit }
    return explained.count >= best.count ? explained : best
  }

  /// Poses from tags are not further off than this: 10 % of scale, 9° of turn.
  private var isNearlyRigid: Bool { abs(a - 1) < 0.1 && abs(b) < 0.16 }

  private func squaredMiss(_ match: Match) -> Double {
    let moved = self(north: match.north, east: match.east)
    let (dn, de) = (moved.north - match.otherNorth, moved.east - match.otherEast)
    return dn * dn + de * de
  }
}
