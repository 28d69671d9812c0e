internal import FrameMemory
internal import ImageCodecs
internal import NIOCore

/// The pictures of one place, ready to be sent: in order, as a frozen camera encodes one of them again and again, and in
/// the dark.
package struct PictureReel: Sendable {
  let pictures: [ByteBuffer]
  let frozen: [ByteBuffer]
  let dark: [ByteBuffer]

  /// - Parameter jpegs: at least one, in order.
  /// - Throws: `ImageError` where the first of them cannot be decoded.
  package init(jpegs: [[UInt8]]) throws {
    precondition(!jpegs.isEmpty, "a reel shows something")
    pictures = jpegs.map { ByteBuffer(bytes: $0) }
    let decoder = ImageDecoder()
    let info = try decoder.probe(jpegs[0])
    let pool = FramePool(
      slabCount: 2,
      slabBytes: FrameFormat(
        widthPixels: info.widthPixels, heightPixels: info.heightPixels, chroma: info.chroma
      ).byteCount)
    let frame = try decoder.decode(jpegs[0], into: pool).frame
    frozen = try (0..<8).map { ByteBuffer(bytes: try ImageEncoder(quality: 78 + $0).jpeg(frame)) }
    dark = try (0..<4).map { ByteBuffer(bytes: try Self.darkened(frame, variant: $0, pool)) }
  }

  /// The picture that a node shows.
  func picture(_ number: Int, fault: NodeFaultKind?) -> ByteBuffer {
    switch fault {
    case .frozen: frozen[number % frozen.count]
    case .dark: dark[number % dark.count]
    default: pictures[Self.place(number, count: pictures.count)]
    }
  }

  /// To and fro, so that the end does not jump back to the beginning.
  private static func place(_ number: Int, count: Int) -> Int {
    guard count > 2 else { return number % count }
    let turn = number % (2 * count - 2)
    return turn < count ? turn : 2 * count - 2 - turn
  }

  /// Luma at one thirtieth with a little noise, no colour.
  private static func darkened(_ frame: Frame, variant: Int, _ pool: FramePool) throws -> [UInt8] {
    guard var writer = pool.makeWriter(frame.format) else {
      throw ImageError(.poolExhausted, "no room to darken a picture")
    }
    let luma = frame.luma
    var random = PlanRandom(seed: UInt64(variant))
    writer.fill(.luma) { x, y in luma[x, y] / 30 + UInt8(random.next() & 3) }
    if frame.format.chroma != .grey {
      writer.fill(.chromaBlue) { _, _ in 128 }
      writer.fill(.chromaRed) { _, _ in 128 }
    }
    return try ImageEncoder(quality: 80).jpeg(writer.seal())
  }
}
