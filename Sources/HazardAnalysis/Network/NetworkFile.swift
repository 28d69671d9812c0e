internal import Foundation
internal import PixelKernels

/// A trained network as its file holds it; the format is `Network/Training/FORMAT.md`.
///
/// Everything is checked before it is used: a network that was read can be run.
struct NetworkFile: Sendable {
  static let magic = Array("JXNET001".utf8)
  static let mostLayers = 256
  static let mostChannels = 4096
  static let mostHeaderBytes = 1 << 20

  let header: NetworkHeader
  /// Over header and data: the header holds what turns maps into scores. 16 hexadecimal digits.
  let hash: String
  private let data: [UInt8]

  /// - Throws: `NetworkFileError` with the place of what is wrong.
  init(_ bytes: [UInt8]) throws(NetworkFileError) {
    guard bytes.starts(with: Self.magic), bytes.count >= 12 else {
      throw NetworkFileError("byte 0: expected \(String(decoding: Self.magic, as: UTF8.self))")
    }
    let length = (0..<4).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
    guard length <= Self.mostHeaderBytes, 12 + length <= bytes.count else {
      throw NetworkFileError("byte 8: a header of \(length) bytes does not fit into \(bytes.count)")
    }
    do {
      header = try JSONDecoder().decode(NetworkHeader.self, from: Data(bytes[12..<12 + length]))
    } catch {
      throw NetworkFileError("byte 12: the header is no network's: \(error)")
    }
    data = Array(bytes[min(bytes.count, (12 + length + 63) / 64 * 64)...])
    try header.check()
    var hash = FNV1a()
    hash.combine(data)
    guard hash.hexadecimal == header.fnv1a else {
      throw NetworkFileError("the data have hash \(hash.hexadecimal), expected \(header.fnv1a)")
    }
    // The header tells the data's hash.
    var whole = FNV1a()
    whole.combine(bytes[12..<12 + length])
    self.hash = whole.hexadecimal
  }

  /// The layers, packed for a tier.
  ///
  /// - Throws: `NetworkFileError` where arrays do not lie inside the data.
  func layers(tier: KernelTier) throws(NetworkFileError) -> [NetworkLayer] {
    var layers: [NetworkLayer] = []
    for (index, record) in header.layers.enumerated() {
      let operation = try record.operation()
      let count = NetworkLayer.weightCount(operation, record.inChannels, record.outChannels)
      let weights = try array(record.weights, count, of: record).map { Int8(bitPattern: $0) }
      let rule = NetworkLayer.Requantization(
        bias: try words(record.bias, record).map { Int32(bitPattern: $0) },
        scales: try words(record.scales, record).map { Float(bitPattern: $0) },
        zero: record.outputZero, low: record.low, high: record.high,
        residualScale: record.residualScale ?? 0, residualZero: record.residualZero ?? 0,
        isLogit: record.isOutput)
      guard rule.scales.allSatisfy({ $0.isFinite && abs($0) < 1e6 }) else {
        throw NetworkFileError("layer \(record.name): scales are no numbers")
      }
      layers.append(
        NetworkLayer(
          operation, inChannels: record.inChannels, outChannels: record.outChannels,
          inZero: index == 0 ? 0 : record.inputZero, weights: weights, requantization: rule, tier: tier))
    }
    return layers
  }

  private func words(_ offset: Int, _ record: NetworkHeader.Layer) throws(NetworkFileError) -> [UInt32] {
    let bytes = try array(offset, 4 * record.outChannels, of: record)
    return (0..<record.outChannels).map { index in
      (0..<4).reduce(0) { $0 | UInt32(bytes[4 * index + $1]) << (8 * UInt32($1)) }
    }
  }

  private func array(
    _ offset: Int, _ count: Int, of record: NetworkHeader.Layer
  ) throws(NetworkFileError) -> [UInt8] {
    guard offset >= 0, offset <= data.count, count <= data.count - offset else {
      throw NetworkFileError(
        "layer \(record.name): \(count) bytes at \(offset) do not lie inside \(data.count) bytes of data")
    }
    return Array(data[offset..<offset + count])
  }
}

/// What is wrong with a network's file.
package struct NetworkFileError: Error, Hashable, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}
