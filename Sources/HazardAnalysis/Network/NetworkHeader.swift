internal import PixelKernels

/// The header of a network's file.
package struct NetworkHeader: Sendable, Decodable {
  /// Names the weights.
  package let version: String
  /// The longer side of the pictures that it was trained for, pixels of luma; older files do not say it.
  let longestSidePixels: Int?
  /// The zero point of each channel of the input.
  package let inputZeros: [UInt8]
  let layers: [Layer]
  package let outputs: [Output]
  /// FNV-1a of 64 bits of the data, hexadecimal.
  let fnv1a: String

  /// One layer; its result is the tensor of its index plus one, tensor 0 is the input.
  struct Layer: Sendable, Decodable {
    let name: String
    let op: String
    let input: Int
    let kernel: Int
    let stride: Int
    let inChannels: Int
    let outChannels: Int
    /// Offsets into the data.
    let weights: Int
    let bias: Int
    let scales: Int
    let inputZero: UInt8
    let outputZero: UInt8
    let low: UInt8
    let high: UInt8
    let residual: Int?
    let residualScale: Float?
    let residualZero: UInt8?
    let residualUpsamples: Bool?
    let isOutput: Bool
  }

  /// How one hazard, or the number of vehicles, comes out of the maps.
  package struct Output: Sendable, Decodable {
    let name: String
    let offset: Double?
    let terms: [Term]?
    let map: [MapPart]?
    let count: MapPart?
  }

  /// `weight` times the pool of a channel: log(mean(exp(sharpness x))) / sharpness, or the mean for sharpness 0.
  struct Term: Sendable, Decodable, Hashable {
    let tensor: Int
    let channel: Int
    let sharpness: Double
    let weight: Double
  }

  /// A channel whose probability is sigmoid(scale x + offset).
  struct MapPart: Sendable, Decodable, Hashable {
    let tensor: Int
    let channel: Int
    let scale: Double
    let offset: Double
  }
}

extension NetworkHeader.Layer {
  /// - Throws: `NetworkFileError` for an operation that no kernel knows.
  func operation() throws(NetworkFileError) -> NetworkLayer.Operation {
    switch (op, kernel, stride) {
    case ("pointwise", 1, 1): return .pointwise
    case ("conv", 1...7, 1...4): return .convolution(kernel: kernel, stride: stride)
    case ("depthwise", 3, 1...2), ("depthwise", 5, 1...2):
      guard inChannels == outChannels else { break }
      return .depthwise(kernel: kernel, stride: stride)
    default: break
    }
    throw NetworkFileError("layer \(name): no kernel for \(op) \(kernel) x \(kernel), stride \(stride)")
  }
}

extension NetworkHeader {
  /// Checks that tensors come before they are used and have the shapes that their users expect.
  func check() throws(NetworkFileError) {
    guard (1...NetworkFile.mostLayers).contains(layers.count), (1...16).contains(inputZeros.count) else {
      throw NetworkFileError("\(layers.count) layers and \(inputZeros.count) channels of input")
    }
    guard (16...4096).contains(longestSidePixels ?? 320) else {
      throw NetworkFileError("pictures of \(longestSidePixels ?? 0) pixels; expected 16 to 4096")
    }
    var channels = [inputZeros.count]
    // The logarithm of the scale of each tensor against the input.
    var steps = [0]
    for (index, layer) in layers.enumerated() {
      let operation = try layer.operation()
      guard (0...index).contains(layer.input), (index == 0) == (layer.input == 0) else {
        throw NetworkFileError("layer \(layer.name): reads tensor \(layer.input)")
      }
      if case .convolution = operation {
        guard index == 0 else { throw NetworkFileError("layer \(layer.name): only the first may be a conv") }
      }
      guard layer.inChannels == channels[layer.input],
        (1...NetworkFile.mostChannels).contains(layer.outChannels),
        layer.kernel * layer.kernel * (layer.op == "depthwise" ? 1 : layer.inChannels)
          <= NetworkLayer.mostTaps,
        layer.input == 0 || !layers[layer.input - 1].isOutput, layer.low <= layer.high
      else { throw NetworkFileError("layer \(layer.name): channels or values do not fit") }
      let step = steps[layer.input] + (layer.stride == 2 ? 1 : 0)
      if let residual = layer.residual {
        let isUpsampled = layer.residualUpsamples ?? false
        guard operation == .pointwise, (1...index).contains(residual),
          channels[residual] == layer.outChannels,
          steps[residual] == step + (isUpsampled ? 1 : 0), !layers[residual - 1].isOutput,
          (layer.residualScale ?? .nan).isFinite
        else { throw NetworkFileError("layer \(layer.name): residual \(residual) does not fit") }
      }
      channels.append(layer.outChannels)
      steps.append(step)
    }
    try checkOutputs()
  }

  private func checkOutputs() throws(NetworkFileError) {
    for output in outputs {
      let places =
        (output.terms ?? []).map { ($0.tensor, $0.channel) }
        + (output.map ?? []).map { ($0.tensor, $0.channel) }
        + (output.count.map { [($0.tensor, $0.channel)] } ?? [])
      for (tensor, channel) in places {
        guard (1...layers.count).contains(tensor), layers[tensor - 1].isOutput,
          (0..<layers[tensor - 1].outChannels).contains(channel)
        else {
          throw NetworkFileError("output \(output.name): tensor \(tensor), channel \(channel) is no output")
        }
      }
      guard output.count != nil || output.terms?.isEmpty == false else {
        throw NetworkFileError("output \(output.name): neither terms nor a count")
      }
    }
  }
}
