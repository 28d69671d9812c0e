import FlightLogs
import FrameMemory
import ImageCodecs
import InspectionModel
import TestSupport

/// Decodes damaged pictures and holds the decoder to what it promises.
struct PictureFeed {
  private let pool = FramePool(slabCount: 2, slabBytes: 52 << 20)
  private let decoder = ImageDecoder(limits: .live)

  /// Decodes at a random scale, now and then a second time with a decoder that has seen nothing before.
  func feed(_ bytes: [UInt8], _ generator: inout SeededGenerator) throws -> String {
    let scale = generator.once(in: 2) ? DecodeScale.full : DecodeScale.allCases[generator.below(4)]
    let result = decode(bytes, decoder, pool, scale)
    // Not for the largest ones: what is timed is one decoding.
    if generator.once(in: 6), result.pixelCount < 1 << 20 {
      let fresh = ImageDecoder(limits: .live)
      let again = decode(bytes, fresh, exactPool(bytes, fresh, scale) ?? pool, scale)
      guard again == result else { throw BrokenPromise("a fresh decoder gives something else") }
    }
    guard pool.outstandingCount == 0 else { throw BrokenPromise("a slab is still out") }
    _ = PictureMetadataReader.read(bytes, isWholeFile: true)
    switch result {
    case .refused(let error):
      guard error.code != .poolExhausted else { throw BrokenPromise("the pool is exhausted") }
      guard error.byteOffset.map({ (0...bytes.count).contains($0) }) ?? true else {
        throw BrokenPromise("\(error) of \(bytes.count) bytes")
      }
      return error.code.rawValue
    case .decoded(let image):
      if let broken = image.brokenPromise(scale, bytes.count) { throw BrokenPromise(broken) }
      return image.isTruncated
        ? "decoded, cut" : image.warningCount > 0 ? "decoded, damaged" : "decoded"
    }
  }

  /// What is left of a decoded picture when its frame is given back.
  private enum Result: Equatable {
    case decoded(DecodedPicture)
    case refused(ImageError)

    var pixelCount: Int {
      if case .decoded(let image) = self { return image.info.widthPixels * image.info.heightPixels }
      return 0
    }
  }

  /// A slab without a byte to spare, behind which a sanitizer sees every write; `nil` for large frames.
  private func exactPool(_ bytes: [UInt8], _ decoder: ImageDecoder, _ scale: DecodeScale) -> FramePool? {
    guard let info = try? decoder.probe(bytes) else { return nil }
    let byteCount = info.frameFormat(scale: scale).byteCount
    return byteCount < 4 << 20 ? FramePool(slabCount: 1, slabBytes: byteCount) : nil
  }

  private func decode(
    _ bytes: [UInt8], _ decoder: ImageDecoder, _ pool: FramePool, _ scale: DecodeScale
  ) -> Result {
    do throws(ImageError) {
      return .decoded(DecodedPicture(try decoder.decode(bytes, into: pool, scale: scale)))
    } catch {
      return .refused(error)
    }
  }
}

/// What a decoder says about a picture, and a hash of every sample.
private struct DecodedPicture: Equatable {
  let info: ImageInfo
  let format: FrameFormat
  let completeRows: Int
  let isTruncated: Bool
  let warningCount: Int
  let firstWarning: DecodedImage.Warning?
  let samplesHash: UInt64

  init(_ image: DecodedImage) {
    (info, format, completeRows) = (image.info, image.frame.format, image.completeRows)
    (isTruncated, warningCount) = (image.isTruncated, image.warningCount)
    firstWarning = image.firstWarning
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in PlaneIndex.allCases.prefix(image.frame.format.planeCount) {
      let plane = image.frame.plane(index)!
      // SAFETY: rows and columns lie inside the plane, whose sizes the view states.
      unsafe plane.bytes.withUnsafeBytes { bytes in
        for y in 0..<plane.heightPixels {
          for x in 0..<plane.widthPixels {
            hash = unsafe (hash ^ UInt64(bytes[y * plane.strideBytes + x])) &* 0x100_0000_01B3
          }
        }
      }
    }
    samplesHash = hash
  }

  /// A sentence about a promise that the decoder did not keep.
  func brokenPromise(_ scale: DecodeScale, _ byteCount: Int) -> String? {
    if format != info.frameFormat(scale: scale) { return "the frame is not what the header announces" }
    if !(0...format.heightPixels).contains(completeRows) { return "\(completeRows) complete rows" }
    if isTruncated, completeRows == 0 { return "a cut picture without rows" }
    if !isTruncated, completeRows != format.heightPixels { return "rows are missing and nobody says why" }
    if (firstWarning == nil) != (warningCount == 0) { return "warnings without text" }
    if let warning = firstWarning, !(0...byteCount).contains(warning.byteOffset) {
      return "a warning outside"
    }
    let limits = DecodeLimits.live
    if info.widthPixels * info.heightPixels > limits.maximumPixels { return "more pixels than the limit" }
    return nil
  }
}
