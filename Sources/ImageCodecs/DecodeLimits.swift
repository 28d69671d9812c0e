internal import CLibJPEG

/// What a picture may cost. Every limit is checked before memory is taken for it.
package struct DecodeLimits: Sendable, Hashable {
  /// Encoded bytes.
  package var maximumBytes: Int
  /// Width x height as stored, whatever the scale of decoding.
  package var maximumPixels: Int
  package var maximumSidePixels: Int
  /// Scans of a progressive JPEG: real ones have about 10, hostile ones tens of thousands.
  package var maximumScans: Int
  /// Warnings of the decoder before it gives up.
  package var maximumWarnings: Int
  /// 8x8 blocks that all scans of a progressive JPEG together may walk through.
  package var maximumBlockVisits: Int
  /// Working memory of one decoder beside the frame: coefficients of a progressive JPEG, an interlaced PNG.
  package var maximumWorkingBytes: Int

  package init(
    maximumBytes: Int, maximumPixels: Int, maximumSidePixels: Int, maximumScans: Int = 50,
    maximumWarnings: Int = 200, maximumBlockVisits: Int, maximumWorkingBytes: Int
  ) {
    precondition(
      maximumBytes > 0 && maximumPixels > 0 && (1...65_535).contains(maximumSidePixels) && maximumScans > 0
        && maximumWarnings > 0 && maximumBlockVisits > 0 && maximumWorkingBytes > 0,
      "limits are positive and a side has at most 65,535 pixels")
    self.maximumBytes = maximumBytes
    self.maximumPixels = maximumPixels
    self.maximumSidePixels = maximumSidePixels
    self.maximumScans = maximumScans
    self.maximumWarnings = maximumWarnings
    self.maximumBlockVisits = maximumBlockVisits
    self.maximumWorkingBytes = maximumWorkingBytes
  }

  /// Files of a flight: drones of today write up to 50 Mpixel, panoramas up to 100.
  package static let recorded = DecodeLimits(
    maximumBytes: 256 << 20, maximumPixels: 100_000_000, maximumSidePixels: 20_000,
    maximumBlockVisits: 60_000_000, maximumWorkingBytes: 512 << 20)

  /// Pictures that arrive over a network from nodes and people.
  package static let live = DecodeLimits(
    maximumBytes: 32 << 20, maximumPixels: 16 << 20, maximumSidePixels: 8192,
    maximumBlockVisits: 12_000_000, maximumWorkingBytes: 112 << 20)
}

extension DecodeLimits {
  /// The limits as the C side takes them.
  func forLibJPEG(allowsArithmetic: Bool) -> jx_jpeg_limits {
    jx_jpeg_limits(
      max_pixels: maximumPixels, max_side: UInt32(maximumSidePixels), max_scans: UInt32(maximumScans),
      max_warnings: UInt32(maximumWarnings), max_block_visits: maximumBlockVisits,
      max_working_bytes: maximumWorkingBytes, allows_arithmetic: allowsArithmetic ? 1 : 0)
  }
}
