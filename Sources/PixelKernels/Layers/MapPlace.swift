/// Where a map of values lies in a `LayerArena`: pixel by pixel, row by row, the channels of a pixel side by side.
package struct MapPlace: Sendable, Hashable {
  package let widthPixels: Int
  package let heightPixels: Int
  package let channels: Int
  /// From the begin of the arena.
  package let byteOffset: Int
  /// Whether the values are floats, four bytes each; otherwise bytes.
  package let isFloat: Bool
  /// Values from pixel to pixel: the channels, padded to a multiple of 16; the input of a convolution is not padded.
  package let channelStride: Int

  /// - Precondition: a size of at least one pixel and channel, an offset at a multiple of 64.
  package init(
    widthPixels: Int, heightPixels: Int, channels: Int, byteOffset: Int, isFloat: Bool = false,
    isTight: Bool = false
  ) {
    precondition(widthPixels > 0 && heightPixels > 0 && channels > 0, "a map has values")
    precondition(byteOffset >= 0 && byteOffset % AlignedBytes.alignment == 0, "an aligned place")
    self.widthPixels = widthPixels
    self.heightPixels = heightPixels
    self.channels = channels
    self.byteOffset = byteOffset
    self.isFloat = isFloat
    channelStride = isTight ? channels : Self.padded(channels)
  }

  package var pixelCount: Int { widthPixels * heightPixels }
  package var byteCount: Int { pixelCount * channelStride * (isFloat ? 4 : 1) }

  static func padded(_ channels: Int) -> Int { (channels + 15) / 16 * 16 }
}

/// The memory of a network's maps: planned once, used for every frame.
package struct LayerArena: Sendable {
  var bytes: AlignedBytes

  /// Zeros.
  package init(byteCount: Int) { bytes = AlignedBytes(count: byteCount) }

  package var byteCount: Int { bytes.count }

  /// One value of a map of bytes; for tests and input.
  package subscript(place: MapPlace, x: Int, y: Int, channel: Int) -> UInt8 {
    get { bytes[Self.index(place, x, y, channel)] }
    set { bytes[Self.index(place, x, y, channel)] = newValue }
  }

  /// One channel of a map of floats, row by row, into an array that the caller keeps.
  package func copy(channel: Int, of place: MapPlace, into values: inout [Float]) {
    precondition(place.isFloat && channel < place.channels, "a channel of a float map")
    precondition(place.byteOffset + place.byteCount <= bytes.count, "a map inside the arena")
    values.removeAll(keepingCapacity: true)
    values.reserveCapacity(place.pixelCount)
    let stride = place.channelStride
    // SAFETY: the map lies inside the arena, at a multiple of four bytes; any bit pattern is a Float.
    unsafe bytes.withBytes { base in
      let floats = unsafe UnsafeRawPointer(base + place.byteOffset)
      for pixel in 0..<place.pixelCount {
        // SAFETY: the same, value by value.
        values.append(
          unsafe floats.loadUnaligned(fromByteOffset: 4 * (pixel * stride + channel), as: Float.self))
      }
    }
  }

  /// Sets all pixels of a map to the same values, one a channel.
  package mutating func fill(_ place: MapPlace, with values: [UInt8]) {
    precondition(!place.isFloat && values.count == place.channels, "a value for each channel")
    precondition(place.byteOffset + place.byteCount <= bytes.count, "a map inside the arena")
    // SAFETY: each pixel lies inside the map and the map inside the arena, as checked.
    unsafe bytes.withMutableBytes { base in
      for pixel in 0..<place.pixelCount {
        let first = place.byteOffset + pixel * place.channelStride
        // SAFETY: the same, value by value.
        for channel in 0..<place.channels { unsafe base[first + channel] = values[channel] }
      }
    }
  }

  /// Writes planes of one size into the channels of a map, side by side.
  ///
  /// - Parameters:
  ///   - left: column of the map that the planes begin at.
  ///   - top: row of the map that the planes begin at.
  package mutating func interleave(_ planes: [PixelPlane], into place: MapPlace, left: Int, top: Int) {
    precondition(!place.isFloat && planes.count == place.channels, "a plane for each channel")
    precondition(place.byteOffset + place.byteCount <= bytes.count, "a map inside the arena")
    for (channel, plane) in planes.enumerated() {
      let width = plane.widthPixels, height = plane.heightPixels, step = place.channelStride
      precondition(
        left >= 0 && top >= 0 && left + width <= place.widthPixels && top + height <= place.heightPixels,
        "planes that fit into the map")
      let samples = plane.samples.span
      // SAFETY: each pixel lies inside the map and the map inside the arena, as checked.
      unsafe bytes.withMutableBytes { base in
        for y in 0..<height {
          let row = y * plane.strideBytes
          let first = place.byteOffset + ((top + y) * place.widthPixels + left) * step + channel
          // SAFETY: the same, value by value.
          for x in 0..<width { unsafe base[first + x * step] = samples[row + x] }
        }
      }
    }
  }

  private static func index(_ place: MapPlace, _ x: Int, _ y: Int, _ channel: Int) -> Int {
    precondition(!place.isFloat && channel >= 0 && channel < place.channels, "a channel of a byte map")
    precondition(
      x >= 0 && x < place.widthPixels && y >= 0 && y < place.heightPixels, "a pixel of the map")
    return place.byteOffset + (y * place.widthPixels + x) * place.channelStride + channel
  }
}
