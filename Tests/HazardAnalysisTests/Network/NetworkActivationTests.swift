import Foundation
import HazardAnalysis
import PixelKernels
import TestSupport
import Testing

/// The embedded networks against activations that the training framework's quantised network gave for seeded input:
/// every layer, every tier, bit for bit.
@Suite struct NetworkActivationTests {
  struct Activations: Decodable {
    let version: String
    let seed: UInt32
    let cases: [Case]

    struct Case: Decodable, CustomTestStringConvertible {
      let height: Int
      let width: Int
      let input: String
      let layers: [Layer]

      var testDescription: String { "\(width) x \(height)" }
    }

    struct Layer: Decodable {
      let name: String
      let shape: [Int]
      let fnv1a: String
    }

    static func stored(_ network: HazardNetwork.Embedded) throws -> Activations {
      let name = network == .full ? "activations" : "first-look-activations"
      return try JSONDecoder().decode(
        Activations.self, from: Data(contentsOf: ProjectFiles.fixture("network/\(name).json")))
    }
  }

  /// The input's values in order y, x, channel: the upper bytes of a linear congruential generator's numbers.
  struct InputGenerator {
    var state: UInt32

    mutating func next() -> UInt8 {
      state = 1_664_525 &* state &+ 1_013_904_223
      return UInt8(state >> 24)
    }
  }

  @Test(arguments: KernelTier.allCases.filter(\.isSupported), HazardNetwork.Embedded.allCases)
  func everyLayerIsEqual(tier: KernelTier, embedded: HazardNetwork.Embedded) throws {
    let activations = try Activations.stored(embedded)
    let network = HazardNetwork.embedded(embedded, tier: tier)
    #expect(network.header.version == activations.version)
    for stored in activations.cases {
      var workspace = network.makeWorkspace(widthPixels: stored.width, heightPixels: stored.height)
      var generator = InputGenerator(state: activations.seed), hash = FNV1a()
      for y in 0..<stored.height {
        for x in 0..<stored.width {
          for channel in network.header.inputZeros.indices {
            let value = generator.next()
            hash.combine([value])
            workspace.setInput(x: x, y: y, channel: channel, value)
          }
        }
      }
      #expect(hash.hexadecimal == stored.input)
      var different: [String] = []
      network.run(&workspace) { index, workspace in
        let layer = stored.layers[index]
        let place = workspace.plan.places[index + 1]
        let shape = [place.heightPixels, place.widthPixels, place.channels]
        if shape != layer.shape || Self.hash(place, workspace.arena) != layer.fnv1a {
          different.append(layer.name)
        }
      }
      #expect(different.isEmpty, "\(tier), \(stored.testDescription): \(different)")
      #expect(stored.layers.count == network.layers.count)
    }
  }

  /// Of a map's values without padding; floats as little-endian bytes.
  static func hash(_ place: MapPlace, _ arena: LayerArena) -> String {
    var hash = FNV1a()
    guard place.isFloat else {
      for y in 0..<place.heightPixels {
        for x in 0..<place.widthPixels {
          hash.combine((0..<place.channels).map { arena[place, x, y, $0] })
        }
      }
      return hash.hexadecimal
    }
    let channels = (0..<place.channels).map { channel in
      var values: [Float] = []
      arena.copy(channel: channel, of: place, into: &values)
      return values
    }
    for pixel in 0..<place.pixelCount {
      for values in channels {
        hash.combine((0..<4).map { UInt8(truncatingIfNeeded: values[pixel].bitPattern >> (8 * $0)) })
      }
    }
    return hash.hexadecimal
  }
}
