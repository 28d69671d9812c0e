import Foundation
import Georeferencing
import InspectionModel
import TestSupport
import Testing

func sinOf(_ degrees: Double) -> Double { sin(degrees * .pi / 180) }
func cosOf(_ degrees: Double) -> Double { cos(degrees * .pi / 180) }

extension SeededGenerator {
  /// A normally distributed number (Box and Muller).
  mutating func normal() -> Double {
    let radius = (-2 * log(Double.random(in: Double.leastNonzeroMagnitude...1, using: &self))).squareRoot()
    return radius * cos(2 * .pi * Double.random(in: 0..<1, using: &self))
  }
}

/// The stated sigma against pictures whose poses are disturbed at random.
@Suite struct GroundErrorTests {
  static let views: [(pitch: Double, u: Double, v: Double)] = [
    (-90, 0.5, 0.5), (-90, 0.05, 0.1), (-60, 0.5, 0.5), (-60, 0.9, 0.2), (-35, 0.4, 0.6),
  ]

  @Test(arguments: views.indices)
  func sigmaIsTheSpreadOfDisturbedPoses(index: Int) throws {
    let (pitch, u, v) = Self.views[index]
    let sigmas = PoseSigmas()
    let focal = 3.61 / 6.17
    var random = SeededGenerator(seed: UInt64(index) + 7)
    func direction(_ focal: Double, _ distortion: Double, _ mount: Vector3) -> Vector3 {
      let (x, y) = ((u - 0.5) / focal, (v - 0.5) * 0.5625 / focal)
      let scale = 1 + distortion * (x * x + y * y)
      return Rotation(small: mount)(Vector3(x * scale, y * scale, 1))
    }
    let camera = Rotation(
      columns: (
        Vector3(0, 1, 0), Vector3(sinOf(pitch), 0, cosOf(pitch)), Vector3(cosOf(pitch), 0, -sinOf(pitch))
      ))
    let steady = camera(direction(focal, 0, Vector3(0, 0, 0)))
    var sum = 0.0
    let count = 5000
    for _ in 0..<count {
      let mount = Vector3(random.normal(), random.normal(), random.normal()) * sigmas.mountRadians
      let turn = Vector3(
        random.normal() * sigmas.tiltRadians, random.normal() * sigmas.tiltRadians,
        random.normal() * sigmas.yawRadians)
      let view = direction(focal * (1 + 0.01 * random.normal()), 0.02 * random.normal(), mount)
      let ray = Rotation(small: turn)(camera(view))
      // Height over the take-off point, level and slope of the ground, and what sticks out of it.
      let height = 40 + 0.5 * random.normal() + 2 * random.normal() + 0.5 * random.normal()
      let fall = ray.z + 0.02 * (random.normal() * ray.x + random.normal() * ray.y)
      let north = random.normal() + height * ray.x / fall - 40 * steady.x / steady.z
      let east = random.normal() + height * ray.y / fall - 40 * steady.y / steady.z
      sum += (north * north + east * east) / 2
    }
    let spread = (sum / Double(count)).squareRoot()
    let place = try #require(Flights.geometry(Flights.metadata(pitch: pitch)).meters(u, v))
    #expect(abs(place.sigma / spread - 1) < 0.06, "seed \(index + 7): stated \(place.sigma), found \(spread)")
  }

  @Test func sineAndCosineAgreeWithTheLibrary() {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<2000 {
      let attitude = Attitude(
        rollRadians: 0, pitchRadians: 0, yawRadians: Double.random(in: -50...50, using: &random))
      let north = Rotation(attitude)(Vector3(1, 0, 0))
      #expect(abs(north.x - cos(attitude.yawRadians)) < 4e-15)
      #expect(abs(north.y - sin(attitude.yawRadians)) < 4e-15)
    }
  }

  @Test func rotationsKeepLengthsAndComeBack() {
    var random = SeededGenerator(seed: 4)
    for _ in 0..<200 {
      let rotation = Rotation(
        Attitude(rollRadians: random.normal(), pitchRadians: random.normal(), yawRadians: random.normal()))
      let both = rotation * Rotation(small: Vector3(random.normal(), random.normal(), random.normal()))
      let vector = Vector3(random.normal(), random.normal(), random.normal())
      let back = both.inverse(both(vector)) - vector
      #expect(back.dot(back) < 1e-24)
    }
  }
}
