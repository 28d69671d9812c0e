import InspectionModel
import TestSupport
import Testing
import WorkOrders

@Suite struct GroundAreaTests {
  @Test func theBorderOfABoxBelongsToIt() {
    let box = GroundArea(southDegrees: 29, westDegrees: 106, northDegrees: 30, eastDegrees: 107)
    #expect(box.contains(District.position(29, 106)) && box.contains(District.position(30, 107)))
    #expect(!box.contains(District.position(28.999999, 106.5)))
    #expect(!box.contains(District.position(29.5, 107.000001)))
    #expect(!box.contains(District.position(.nan, 106.5)))
  }

  @Test func anIndentedPolygonHasAnOutsideWithinItsBox() {
    // A U open to the north.
    let corners = [(0.0, 0.0), (0, 3), (3, 3), (3, 2), (1, 2), (1, 1), (3, 1), (3, 0)]
    let area = GroundArea(corners: corners.map { District.position($0.0, $0.1) })
    for (latitude, longitude, inside) in [
      (0.5, 1.5, true), (2, 0.5, true), (2, 2.5, true), (2, 1.5, false), (2.9, 1.1, false), (-0.1, 1, false),
    ] {
      #expect(area.contains(District.position(latitude, longitude)) == inside, "\(latitude), \(longitude)")
    }
  }

  /// Inside a triangle is on the same side of all three edges.
  @Test func trianglesAgreeWithTheSignsOfTheirEdges() {
    var generator = SeededGenerator(seed: 11)
    for round in 0..<2000 {
      let points = (0..<4).map { _ in
        District.position(.random(in: 0...1, using: &generator), .random(in: 0...1, using: &generator))
      }
      let sides = (0..<3).map { index in
        let (a, b, p) = (points[index], points[(index + 1) % 3], points[3])
        return (b.longitudeDegrees - a.longitudeDegrees) * (p.latitudeDegrees - a.latitudeDegrees)
          - (b.latitudeDegrees - a.latitudeDegrees) * (p.longitudeDegrees - a.longitudeDegrees) > 0
      }
      let inside = sides.allSatisfy { $0 } || sides.allSatisfy { !$0 }
      #expect(GroundArea(corners: Array(points[0..<3])).contains(points[3]) == inside, "round \(round)")
    }
  }
}
