/// A shift and a turn between two pictures' grounds, found by correlating the whole of their overlap.
struct CoarseAlignment {
  let motion: PlaneMotion
  /// Correlation at the best shift, −1…1.
  let score: Double

  /// Turns that are tried: compasses of two pictures differ by a few degrees.
  private static let turnsDegrees = [0.0, -2.5, 2.5, -5, 5]
  private static let finerTurnsDegrees = [0.0, -1.25, 1.25]
  /// Cells of the overlap that are compared; more bring nothing.
  private static let sampleLimit = 500
  /// Peaks nearer than this are one, coarsest cells.
  private static let peakRadius = 1

  /// The most likely alignments, the best correlated first; empty where the overlap is too small.
  ///
  /// There can be several: of tree tops and of the ground below them, or of rows that repeat.
  ///
  /// - Parameters:
  ///   - center: middle of the overlap as the tags tell it.
  ///   - reachMeters: how far the tags may be off.
  static func candidates(
    _ first: GroundLevels, _ second: GroundLevels, center: (north: Double, east: Double),
    reachMeters: Double, count: Int
  ) -> [CoarseAlignment] {
    let steps = Int((reachMeters / first.coarsest.cellMeters).rounded(.up))
    var places: [(score: Float, turn: Double, row: Int, column: Int)] = []
    for turn in turnsDegrees {
      let template = OverlapTemplate(
        first.coarsest, second.coarsest, turnDegrees: turn, center: center, sampleLimit: sampleLimit)
      guard let template else { continue }
      for row in -steps...steps {
        for column in -steps...steps {
          let score = template.correlation(second.coarsest, rowShift: row, columnShift: column)
          if score > 0 { places.append((score, turn, row, column)) }
        }
      }
    }
    // The sort is not stable, so every place has its rank.
    places.sort { ($1.score, $0.row, $0.column, $0.turn) < ($0.score, $1.row, $1.column, $1.turn) }
    var peaks: [(score: Float, turn: Double, row: Int, column: Int)] = []
    for place in places where peaks.count < count {
      let isNew = peaks.allSatisfy {
        abs($0.row - place.row) > peakRadius || abs($0.column - place.column) > peakRadius
      }
      if isNew { peaks.append(place) }
    }
    let finer = peaks.compactMap { peak in
      CoarseAlignment(
        first.coarse, second.coarse, center: center, turn: peak.turn, row: 2 * peak.row,
        column: 2 * peak.column)
    }
    return finer.enumerated().sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }
      .map(\.element)
  }

  /// The best place next to a peak of half the resolution.
  private init?(
    _ first: GroundRaster, _ second: GroundRaster, center: (north: Double, east: Double), turn: Double,
    row: Int, column: Int
  ) {
    var best: (score: Float, turn: Double, row: Int, column: Int)?
    for finer in Self.finerTurnsDegrees {
      let template = OverlapTemplate(
        first, second, turnDegrees: turn + finer, center: center, sampleLimit: Self.sampleLimit)
      guard let template else { continue }
      for row in row - 2...row + 2 {
        for column in column - 2...column + 2 {
          let score = template.correlation(second, rowShift: row, columnShift: column)
          if score > best?.score ?? -1 { best = (score, turn + finer, row, column) }
        }
      }
    }
    guard let best else { return nil }
    var motion = PlaneMotion(
      centerNorth: center.north, centerEast: center.east, turnRadians: radians(best.turn))
    motion.shiftNorth = Double(best.row) * first.cellMeters
    motion.shiftEast = Double(best.column) * first.cellMeters
    self.motion = motion
    score = Double(best.score)
  }
}
