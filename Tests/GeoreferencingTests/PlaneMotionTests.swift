import Georeferencing
import TestSupport
import Testing

/// How one picture's ground moves onto another's, and what of it is believed.
@Suite struct PlaneMotionTests {
  private func matches(
    _ motion: PlaneMotion, count: Int, _ random: inout SeededGenerator
  ) -> [PlaneMotion.Match] {
    (0..<count).map { _ in
      let (north, east) = (
        Double.random(in: -30...30, using: &random), Double.random(in: -30...30, using: &random)
      )
      let moved = motion(north: north, east: east)
      return PlaneMotion.Match(north: north, east: east, otherNorth: moved.north, otherEast: moved.east)
    }
  }

  @Test func fittingFindsTheMotionAndItsInverse() throws {
    var random = SeededGenerator(seed: 21)
    var motion = PlaneMotion(centerNorth: 4, centerEast: -3, turnRadians: 0.05)
    (motion.shiftNorth, motion.shiftEast) = (1.5, -2)
    let fitted = try #require(PlaneMotion(fitting: matches(motion, count: 5, &random)))
    let (expected, found) = (motion(north: 12, east: 20), fitted(north: 12, east: 20))
    #expect(abs(expected.north - found.north) < 1e-9 && abs(expected.east - found.east) < 1e-9)
    let back = fitted.inverse(north: found.north, east: found.east)
    #expect(abs(back.north - 12) < 1e-9 && abs(back.east - 20) < 1e-9)
    #expect(PlaneMotion(fitting: []) == nil)
  }

  @Test func wrongMatchesAreLeftOut() {
    var random = SeededGenerator(seed: 22)
    var motion = PlaneMotion(centerNorth: 0, centerEast: 0, turnRadians: -0.04)
    motion.shiftNorth = 2
    let good = matches(motion, count: 10, &random)
    let bad = matches(PlaneMotion(centerNorth: 0, centerEast: 0, turnRadians: 1.2), count: 9, &random)
    let agreeing = PlaneMotion.agreeing(good + bad, toleranceMeters: 0.3)
    #expect(agreeing.count == 10, "seed 22")
    #expect(PlaneMotion.agreeing([], toleranceMeters: 0.3).isEmpty)
  }

  @Test func overlapsAreThoseOfTheGround() {
    let square = GroundPolygon([(0, 0), (0, 10), (-10, 10), (-10, 0)])
    #expect(abs(square.area - 100) < 1e-12)
    let shifted = GroundPolygon([(5, 5), (5, 15), (-5, 15), (-5, 5)])
    #expect(abs(square.intersectionArea(shifted) - 25) < 1e-12)
    let turned = GroundPolygon([(2, 5), (-5, 12), (-12, 5), (-5, -2)])
    #expect(abs(square.intersectionArea(turned) - (100 - 4 * 4.5)) < 1e-9)
    #expect(square.intersectionArea(GroundPolygon([(30, 30), (30, 40), (20, 40), (20, 30)])) == 0)
  }

  @Test func rastersOfOneLatticeKeepTheirPlaces() throws {
    // A plane that rises to the north: halving keeps the brightness of a place.
    var raster = GroundRaster(firstRow: -3, firstColumn: -5, rows: 40, columns: 30, cellMeters: 0.5)
    for row in 0..<40 {
      for column in 0..<30 { raster.values[row * 30 + column] = Float(row - 3) * 2 }
    }
    raster.values[0] = GroundRaster.unseen
    let half = raster.halved()
    #expect(half.cellMeters == 1 && half.firstRow == -1 && half.firstColumn == -2)
    // Row r of the coarse lattice covers rows 2 r and 2 r + 1 of the fine one.
    #expect(half.values[5 * half.columns + 4] == Float(2 * (half.firstRow + 5)) * 2 + 1)
    #expect(try #require(raster.sample(row: 10.5, column: 7.25)) == 15)
    #expect(raster.sample(row: 0.5, column: 0.5) == nil && raster.sample(row: 39.5, column: 3) == nil)
  }
}
