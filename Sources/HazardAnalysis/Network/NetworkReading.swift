internal import Foundation
internal import InspectionModel
internal import PixelKernels

/// What a network's maps say: scores of the picture, probabilities by place, a number of vehicles.
package struct NetworkReading: Sendable {
  /// Probabilities of one hazard by place, row by row.
  package struct ProbabilityMap: Sendable {
    package var widthPixels = 0
    package var heightPixels = 0
    package var values: [Float] = []

    /// - Parameter values: row by row, 0…1.
    package init(widthPixels: Int = 0, heightPixels: Int = 0, values: [Float] = []) {
      (self.widthPixels, self.heightPixels, self.values) = (widthPixels, heightPixels, values)
    }
  }

  private var channel: [Float] = []

  /// Keeps its memory from one picture to the next.
  package init() {}

  /// The score of a picture, 0…1.
  package mutating func score(_ output: NetworkHeader.Output, _ workspace: NetworkWorkspace) -> Double {
    var logit = output.offset ?? 0
    for term in output.terms ?? [] {
      workspace.arena.copy(channel: term.channel, of: workspace.plan.places[term.tensor], into: &channel)
      logit += term.weight * Self.pool(channel, sharpness: term.sharpness)
    }
    return Self.sigmoid(logit)
  }

  /// Vehicles in the picture; `nil` where the output does not count.
  mutating func count(_ output: NetworkHeader.Output, _ workspace: NetworkWorkspace) -> Int? {
    guard let count = output.count else { return nil }
    workspace.arena.copy(channel: count.channel, of: workspace.plan.places[count.tensor], into: &channel)
    let sum = channel.reduce(0.0) { $0 + Self.softplus(Double($1) + count.offset) }
    return Int((count.scale * sum).rounded())
  }

  /// Fills the probabilities of a hazard by place: the largest over the parts, at the size of the finest.
  mutating func fill(
    _ map: inout ProbabilityMap, _ output: NetworkHeader.Output, _ workspace: NetworkWorkspace
  ) {
    let parts = output.map ?? []
    let places = parts.map { workspace.plan.places[$0.tensor] }
    map.widthPixels = places.map(\.widthPixels).max() ?? 0
    map.heightPixels = places.map(\.heightPixels).max() ?? 0
    map.values.removeAll(keepingCapacity: true)
    map.values.append(contentsOf: repeatElement(0, count: map.widthPixels * map.heightPixels))
    for (part, place) in zip(parts, places) {
      workspace.arena.copy(channel: part.channel, of: place, into: &channel)
      for index in channel.indices {
        channel[index] = Float(Self.sigmoid(part.scale * Double(channel[index]) + part.offset))
      }
      Self.raise(&map, to: channel, place)
    }
  }

  private static func raise(_ map: inout ProbabilityMap, to values: [Float], _ place: MapPlace) {
    guard place.widthPixels != map.widthPixels || place.heightPixels != map.heightPixels else {
      for index in values.indices { map.values[index] = max(map.values[index], values[index]) }
      return
    }
    // Centres aligned; straight lines between the samples.
    func between(_ index: Int, _ count: Int, _ source: Int) -> (Int, Int, Float) {
      let place = (Float(index) + 0.5) * Float(source) / Float(count) - 0.5
      let low = min(max(Int(place.rounded(.down)), 0), source - 1)
      return (low, min(low + 1, source - 1), min(max(place - Float(low), 0), 1))
    }
    for y in 0..<map.heightPixels {
      let (top, bottom, down) = between(y, map.heightPixels, place.heightPixels)
      for x in 0..<map.widthPixels {
        let (left, right, across) = between(x, map.widthPixels, place.widthPixels)
        func row(_ y: Int) -> Float {
          let first = values[y * place.widthPixels + left], second = values[y * place.widthPixels + right]
          return first + (second - first) * across
        }
        let value = row(top) + (row(bottom) - row(top)) * down
        map.values[y * map.widthPixels + x] = max(map.values[y * map.widthPixels + x], value)
      }
    }
  }

  /// log(mean(exp(sharpness x))) / sharpness: between the mean and the largest; the mean for sharpness 0.
  package static func pool(_ values: [Float], sharpness: Double) -> Double {
    guard sharpness != 0 else { return values.reduce(0.0) { $0 + Double($1) } / Double(values.count) }
    let largest = Double(values.max() ?? 0)
    let sum = values.reduce(0.0) { $0 + exp(sharpness * (Double($1) - largest)) }
    return largest + log(sum / Double(values.count)) / sharpness
  }

  static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

  /// log(1 + exp(x)), without overflow.
  private static func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }
}
