import Georeferencing
import InspectionModel
import PixelKernels
import TestSupport

/// A made flight over textured ground with known poses: pictures are drawn from the truth, tags are off by
/// known errors.
struct DrawnFlight {
  /// One picture: how it was taken, what its tags say, and whether a program turned it afterwards.
  struct Shot {
    var north: Double
    var east: Double
    var height: Double
    /// From the camera's frame to north, east, down.
    var rotation: Rotation
    var tags: PictureMetadata
    var isTurned = false
  }

  /// How far the tags are off, one standard deviation each, and what the whole flight shares.
  struct Errors {
    var horizontalMeters = 1.0
    var heightMeters = 0.4
    var tiltDegrees = 0.3
    var yawDegrees = 2.0
    /// About the camera's axes.
    var mountDegrees = Vector3(1.2, -1, 1.5)
    /// The ground above the take-off point.
    var groundMeters = 1.5
    var noiseLevels = 3.0
  }

  private(set) var shots: [Shot]
  let groundMeters: Double
  let noiseLevels: Double
  let seed: UInt64
  var widthPixels = 320
  var heightPixels = 180
  static let focal = 3.61 / 6.17

  /// Strips of pictures flown up and down, so many pictures each.
  init(strips: Int, picturesPerStrip: Int, seed: UInt64, errors: Errors = Errors()) {
    (self.seed, groundMeters, noiseLevels) = (seed, errors.groundMeters, errors.noiseLevels)
    var random = SeededGenerator(seed: seed)
    let mount = Rotation(small: errors.mountDegrees * (Double.pi / 180))
    shots = []
    for strip in 0..<strips {
      let heading = strip.isMultiple(of: 2) ? 20.0 : 200
      for number in 0..<picturesPerStrip {
        let along = 14.0 * Double(strip.isMultiple(of: 2) ? number : picturesPerStrip - 1 - number)
        let across = 26.0 * Double(strip)
        let north = along * cosOf(20) - across * sinOf(20)
        let east = along * sinOf(20) + across * cosOf(20)
        let turn = Vector3(
          random.normal() * errors.tiltDegrees, random.normal() * errors.tiltDegrees,
          random.normal() * errors.yawDegrees)
        let told = Self.down(yawDegrees: heading)
        let height = Flights.metersHeight + errors.heightMeters * random.normal()
        var tags = Flights.metadata(
          north: north + errors.horizontalMeters * random.normal(),
          east: east + errors.horizontalMeters * random.normal(), yaw: heading)
        tags.takenAt?.second = shots.count % 10 * 6
        tags.takenAt?.minute = shots.count / 10
        tags.modifiedAt = tags.takenAt
        shots.append(
          Shot(
            north: north, east: east, height: height,
            rotation: Rotation(small: turn * (Double.pi / 180)) * told * mount, tags: tags))
      }
    }
  }

  /// A camera that looks straight down, the top of its picture ahead.
  static func down(yawDegrees: Double) -> Rotation {
    let (sine, cosine) = (sinOf(yawDegrees), cosOf(yawDegrees))
    return Rotation(columns: (Vector3(-sine, cosine, 0), Vector3(-cosine, -sine, 0), Vector3(0, 0, 1)))
  }

  /// A viewer turns a picture by 180° and saves it; its tags tell so or not.
  mutating func turn(_ index: Int, isTold: Bool) {
    shots[index].isTurned.toggle()
    if isTold { saveAgain(index) }
  }

  /// A viewer saves a picture again as it is.
  mutating func saveAgain(_ index: Int) {
    shots[index].tags.software = "Microsoft Windows Photo Viewer 10.0"
    shots[index].tags.modifiedAt?.hour += 2
  }

  /// Loses the place or direction of a picture's tags.
  mutating func forget(_ index: Int, _ change: (inout PictureMetadata) -> Void) {
    change(&shots[index].tags)
  }

  var geometry: FlightGeometry {
    .fromTags(shots.map { Flights.picture($0.tags, width: widthPixels, height: heightPixels) })
  }

  /// Where a point of the stored picture lies in truth, north and east metres from `Flights.origin`.
  func truth(_ index: Int, u: Double, v: Double) -> (north: Double, east: Double) {
    let shot = shots[index]
    let (u, v) = shot.isTurned ? (1 - u, 1 - v) : (u, v)
    let aspect = Double(heightPixels) / Double(widthPixels)
    let ray = shot.rotation(Vector3((u - 0.5) / Self.focal, (v - 0.5) * aspect / Self.focal, 1))
    let reach = (shot.height - groundMeters) / ray.z
    return (shot.north + reach * ray.x, shot.east + reach * ray.y)
  }

  /// The stored picture's brightness, with noise of the sensor.
  func luma(_ index: Int) -> PixelPlane {
    var random = SeededGenerator(seed: seed &* 1000 &+ UInt64(index))
    return PixelPlane(widthPixels: widthPixels, heightPixels: heightPixels) { x, y in
      let place = truth(
        index, u: (Double(x) + 0.5) / Double(widthPixels), v: (Double(y) + 0.5) / Double(heightPixels))
      // The sum of two even numbers is near enough to a sensor's noise.
      let noise =
        Double(random.next() >> 40) / Double(1 << 24) + Double(random.next() >> 40) / Double(1 << 24) - 1
      let value = Self.brightness(north: place.north, east: place.east) + noise * 2.4 * noiseLevels
      return UInt8(max(0, min(255, value)))
    }
  }

  /// The ground: smooth noise of four sizes from 12 m to 0.6 m, each node's value a hash of its lattice
  /// numbers.
  static func brightness(north: Double, east: Double) -> Double {
    var value = 128.0
    for (size, strength) in [(12.0, 60.0), (5, 60), (1.9, 60), (0.6, 40)] {
      let (row, column) = (north / size, east / size)
      let (top, left) = (row.rounded(.down), column.rounded(.down))
      let (y, x) = (row - top, column - left)
      let (r, c) = (Int(top), Int(left))
      let near = node(r, c, size) * (1 - x) + node(r, c + 1, size) * x
      let far = node(r + 1, c, size) * (1 - x) + node(r + 1, c + 1, size) * x
      value += strength * (near * (1 - y) + far * y)
    }
    return value
  }

  private static func node(_ row: Int, _ column: Int, _ size: Double) -> Double {
    var generator = SeededGenerator(
      seed: UInt64(
        truncatingIfNeeded: row &* 73_856_093 ^ column &* 19_349_663 ^ Int(size * 10) &* 83_492_791))
    return Double(generator.next() >> 40) / Double(1 << 24) - 0.5
  }
}
