import Foundation
import HazardAnalysis
import PixelKernels
import TestSupport
import Testing

/// Files that are no network are refused, with the place of what is wrong.
@Suite struct NetworkFileTests {
  /// A network of two layers for one channel of input: a convolution that doubles, and a result.
  struct Draft {
    var magic = "JXNET001"
    var layers: [[String: Any]] = [
      Draft.layer("stem", "conv", input: 0, kernel: 3, stride: 2, weights: 0, bias: 64, scales: 128),
      Draft.layer("maps", "pointwise", input: 1, weights: 192, bias: 256, scales: 320, isOutput: true),
    ]
    var outputs: [[String: Any]] = [
      [
        "name": "water", "offset": 0.5, "terms": [["tensor": 2, "channel": 0, "sharpness": 0, "weight": 1]],
        "map": [["tensor": 2, "channel": 0, "scale": 1, "offset": 0]],
      ]
    ]
    var data: [UInt8]
    var hash: String?

    init() {
      data = [UInt8](repeating: 0, count: 384)
      data[4] = 1
      data[192] = 1
      for scale in [128, 320] { (data[scale + 2], data[scale + 3]) = (0x80, 0x3F) }
    }

    static func layer(
      _ name: String, _ op: String, input: Int, kernel: Int = 1, stride: Int = 1, weights: Int, bias: Int,
      scales: Int, isOutput: Bool = false
    ) -> [String: Any] {
      [
        "name": name, "op": op, "input": input, "kernel": kernel, "stride": stride, "inChannels": 1,
        "outChannels": 1, "weights": weights, "bias": bias, "scales": scales, "inputZero": 0, "outputZero": 0,
        "low": 0, "high": 255, "isOutput": isOutput,
      ]
    }

    func bytes() throws -> [UInt8] {
      var sum = FNV1a()
      sum.combine(data)
      let header = try JSONSerialization.data(withJSONObject: [
        "version": "test-1", "inputZeros": [7], "layers": layers, "outputs": outputs,
        "fnv1a": hash ?? sum.hexadecimal,
      ])
      var bytes = Array(magic.utf8)
      bytes += (0..<4).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
      bytes += header
      bytes += [UInt8](repeating: 0, count: (64 - bytes.count % 64) % 64)
      return bytes + data
    }
  }

  private func expectRefusal(_ part: String, _ change: (inout Draft) -> Void) throws {
    var draft = Draft()
    change(&draft)
    let bytes = try draft.bytes()
    let error = #expect(throws: NetworkFileError.self) { try HazardNetwork(bytes, tier: .portable) }
    #expect(error?.description.contains(part) == true, "\(error?.description ?? "nothing")")
  }

  /// The kernel's first tap beyond the corner doubles nothing; the second picks the sample itself.
  @Test func aSoundFileIsRun() throws {
    let network = try HazardNetwork(Draft().bytes(), tier: .portable)
    #expect(network.version == "test-1" && network.parameterCount == 9 + 1 + 1 + 1)
    var workspace = network.makeWorkspace(widthPixels: 4, heightPixels: 2)
    for (x, value) in [10, 20, 30, 40].enumerated() {
      for y in 0..<2 { workspace.setInput(x: x, y: y, channel: 0, UInt8(value + y)) }
    }
    network.run(&workspace)
    var values: [Float] = []
    workspace.arena.copy(channel: 0, of: workspace.plan.places[2], into: &values)
    // Of 4 x 2 samples two by one places, each with its middle tap one to the right and below the first.
    #expect(values == [21, 41])
    var reading = NetworkReading()
    #expect(abs(reading.score(network.header.outputs[0], workspace) - 1) < 1e-12)
  }

  @Test func brokenFilesAreRefused() throws {
    try expectRefusal("expected JXNET001") { $0.magic = "JXNET009" }
    try expectRefusal("have hash") { $0.hash = "0123456789abcdef" }
    try expectRefusal("layer maps: reads tensor 2") { $0.layers[1]["input"] = 2 }
    try expectRefusal("layer maps: reads tensor 0") { $0.layers[1]["input"] = 0 }
    try expectRefusal("no kernel for pool 3 x 3") { $0.layers[0]["op"] = "pool" }
    try expectRefusal("no kernel for conv 9 x 9") { $0.layers[0]["kernel"] = 9 }
    try expectRefusal("no kernel for pointwise 1 x 1, stride 2") { $0.layers[1]["stride"] = 2 }
    try expectRefusal("do not lie inside 384 bytes") { $0.layers[1]["weights"] = 384 }
    try expectRefusal("do not lie inside 384 bytes") { $0.layers[1]["bias"] = -4 }
    try expectRefusal("channels or values do not fit") { $0.layers[1]["inChannels"] = 2 }
    try expectRefusal("channels or values do not fit") { $0.layers[1]["outChannels"] = 1_000_000 }
    try expectRefusal("residual 1 does not fit") {
      ($0.layers[1]["residual"], $0.layers[1]["residualUpsamples"]) = (1, true)
    }
    try expectRefusal("tensor 1, channel 0 is no output") {
      $0.outputs[0]["terms"] = [["tensor": 1, "channel": 0, "sharpness": 0, "weight": 1]]
    }
    try expectRefusal("neither terms nor a count") { $0.outputs[0]["terms"] = [] }
    try expectRefusal("scales are no numbers") { $0.data[130...131] = [0x80, 0x7F] }
    try expectRefusal("the header is no network's") { $0.layers[0]["name"] = 5 }
  }

  /// Every cut and every changed byte of the header ends in a network or in an error, never in a trap.
  @Test func damagedFilesNeverTrap() throws {
    let sound = try Draft().bytes()
    for count in stride(from: 0, to: sound.count, by: 7) {
      #expect(throws: NetworkFileError.self) {
        try HazardNetwork(Array(sound.prefix(count)), tier: .portable)
      }
    }
    var generator = SeededGenerator(seed: 4), refused = 0
    for _ in 0..<3000 {
      var bytes = sound
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        bytes[Int.random(in: 8..<bytes.count - 384, using: &generator)] = UInt8.random(
          in: 0...255, using: &generator)
      }
      do throws(NetworkFileError) {
        let network = try HazardNetwork(bytes, tier: .best)
        var workspace = network.makeWorkspace(widthPixels: 9, heightPixels: 5)
        network.run(&workspace)
      } catch { refused += 1 }
    }
    #expect(refused > 2000)
  }
}
