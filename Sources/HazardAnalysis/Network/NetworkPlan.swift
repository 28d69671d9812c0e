package import PixelKernels

/// Where each map of a network lies in memory for one size of input.
///
/// A map's memory is used again once its last reader has run; maps of results stay.
package struct NetworkPlan: Sendable {
  /// By tensor: 0 is the padded input, i + 1 the result of layer i.
  package let places: [MapPlace]
  let scratchOffset: Int
  let byteCount: Int
  /// Of the picture, without padding.
  let widthPixels: Int
  let heightPixels: Int
  /// Where the picture's first pixel lies in the padded input.
  let left: Int
  let top: Int

  init(_ header: NetworkHeader, _ layers: [NetworkLayer], widthPixels: Int, heightPixels: Int) {
    self.widthPixels = widthPixels
    self.heightPixels = heightPixels
    (left, top) = (layers[0].padding(widthPixels), layers[0].padding(heightPixels))
    let lastUses = Self.lastUses(header)
    var allocator = Allocator(), places: [MapPlace] = [], scratch = 0
    var sizes = [(widthPixels, heightPixels)]
    func place(
      _ width: Int, _ height: Int, _ channels: Int, isFloat: Bool = false, isTight: Bool = false
    ) -> MapPlace {
      func at(_ offset: Int) -> MapPlace {
        MapPlace(
          widthPixels: width, heightPixels: height, channels: channels, byteOffset: offset, isFloat: isFloat,
          isTight: isTight)
      }
      return at(allocator.take(at(0).byteCount))
    }
    places.append(
      place(
        layers[0].reach(widthPixels), layers[0].reach(heightPixels), header.inputZeros.count,
        isTight: true))
    for (index, layer) in layers.enumerated() {
      let size = sizes[header.layers[index].input]
      sizes.append((layer.outSide(size.0), layer.outSide(size.1)))
      places.append(
        place(
          sizes[index + 1].0, sizes[index + 1].1, layer.outChannels, isFloat: layer.requantization.isLogit))
      let input = places[header.layers[index].input]
      scratch = max(
        scratch,
        PixelKernels.scratchBytes(layer, widthPixels: input.widthPixels, heightPixels: input.heightPixels))
      for tensor in 0...index + 1 where lastUses[tensor] == index {
        allocator.give(places[tensor].byteOffset, places[tensor].byteCount)
      }
    }
    self.places = places
    scratchOffset = allocator.end
    byteCount = allocator.end + scratch
  }

  /// The layer after which each tensor is not needed; results are needed to the end. The input stays, so that its
  /// padding does.
  private static func lastUses(_ header: NetworkHeader) -> [Int] {
    var uses = (0...header.layers.count).map { $0 - 1 }
    for (index, layer) in header.layers.enumerated() {
      uses[layer.input] = index
      if let residual = layer.residual { uses[residual] = index }
    }
    for (index, layer) in header.layers.enumerated() where layer.isOutput { uses[index + 1] = Int.max }
    uses[0] = Int.max
    return uses
  }

  /// Hands out memory, the first gap that fits.
  private struct Allocator {
    private var gaps: [(offset: Int, count: Int)] = []
    private(set) var end = 0

    mutating func take(_ bytes: Int) -> Int {
      let needed = (bytes + 63) / 64 * 64
      if let index = gaps.firstIndex(where: { $0.count >= needed }) {
        let offset = gaps[index].offset
        gaps[index] = (offset + needed, gaps[index].count - needed)
        if gaps[index].count == 0 { gaps.remove(at: index) }
        return offset
      }
      end += needed
      return end - needed
    }

    mutating func give(_ offset: Int, _ bytes: Int) {
      gaps.append((offset, (bytes + 63) / 64 * 64))
      gaps.sort { $0.offset < $1.offset }
      for index in stride(from: gaps.count - 1, to: 0, by: -1)
      where gaps[index - 1].offset + gaps[index - 1].count == gaps[index].offset {
        gaps[index - 1].count += gaps[index].count
        gaps.remove(at: index)
      }
    }
  }
}
