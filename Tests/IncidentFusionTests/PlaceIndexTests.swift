import IncidentFusion
import InspectionModel
import TestSupport
import Testing

/// Grids of discs against looking at all of them.
@Suite struct PlaceIndexTests {
  private static func disc(near latitude: Double, _ longitude: Double, _ generator: inout SeededGenerator)
    -> PlaceIndex.Disc
  {
    let plane = LocalPlane(
      origin: GeodeticPosition<CGCS2000>(latitudeDegrees: latitude, longitudeDegrees: longitude))
    let (scales, radii): ([Double], [Double]) = ([5, 300, 20_000], [0.001, 20, 64, 65, 900, 6000])
    let scale = scales.randomElement(using: &generator) ?? 5
    let position = plane.position(
      eastMeters: Double.random(in: -scale...scale, using: &generator),
      northMeters: Double.random(in: -scale...scale, using: &generator))
    let radius = radii.randomElement(using: &generator) ?? 1
    return PlaceIndex.Disc(
      latitudeDegrees: position.latitudeDegrees, longitudeDegrees: position.longitudeDegrees,
      radiusMeters: radius * Double.random(in: 0.5...1, using: &generator))
  }

  /// Everything that touches is found, once, also across the date line and in the far north, after other discs came
  /// and went.
  @Test(arguments: [-81.0, -60, 0, 29.29, 78, 84], [-180, 0, 106.25, 179.99])
  func whateverTouchesIsFound(latitude: Double, longitude: Double) {
    let seed = UInt64(abs(latitude) * 1000 + abs(longitude))
    var generator = SeededGenerator(seed: seed)
    var index = PlaceIndex()
    var discs: [String: PlaceIndex.Disc] = [:]
    for number in 0..<400 {
      let disc = Self.disc(near: latitude, longitude, &generator)
      index.insert("\(number)", disc)
      discs["\(number)"] = disc
    }
    for (id, disc) in discs where id.hasSuffix("3") {
      index.remove(id, disc)
      discs[id] = nil
    }
    for _ in 0..<50 {
      let wanted = Self.disc(near: latitude, longitude, &generator)
      let plane = LocalPlane(
        origin: GeodeticPosition<CGCS2000>(
          latitudeDegrees: wanted.latitudeDegrees, longitudeDegrees: wanted.longitudeDegrees))
      let touching = discs.filter { _, disc in
        plane.distanceMeters(
          to: GeodeticPosition(latitudeDegrees: disc.latitudeDegrees, longitudeDegrees: disc.longitudeDegrees)
        )
          <= disc.radiusMeters + wanted.radiusMeters
      }
      var found: [String] = []
      index.search(wanted) { found.append($0) }
      #expect(Set(found).count == found.count, "found twice, seed \(seed)")
      #expect(Set(found).isSuperset(of: touching.keys), "seed \(seed)")
      #expect(Set(found).isSubset(of: discs.keys), "seed \(seed)")
    }
  }

  /// Small things are found among many without visiting all.
  @Test func aSearchVisitsLittleMoreThanWhatIsThere() {
    var generator = SeededGenerator(seed: 5)
    var index = PlaceIndex()
    for number in 0..<10_000 {
      index.insert(
        "\(number)",
        PlaceIndex.Disc(
          latitudeDegrees: Double.random(in: 28.5...29.5, using: &generator),
          longitudeDegrees: Double.random(in: 105.8...106.6, using: &generator), radiusMeters: 40))
    }
    var visited = 0
    index.search(PlaceIndex.Disc(latitudeDegrees: 29, longitudeDegrees: 106.2, radiusMeters: 40)) { _ in
      visited += 1
    }
    // 10,000 on 110 by 78 km are about one per square kilometre.
    #expect(visited <= 5)
  }
}
