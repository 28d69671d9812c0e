internal import CLibJPEG
internal import CLibPNG
internal import Synchronization

/// Decoder states with their working memory, lent to one call at a time and used again for the next picture.
package final class DecoderStock: Sendable {
  private let idleJPEG = Mutex<[JPEGSession]>([])
  private let idlePNG = Mutex<[PNGSession]>([])

  /// Bytes of working memory that idle JPEG states hold: constant after warm-up.
  package var workingBytes: Int { idleJPEG.withLock { $0.reduce(0) { $0 + $1.workingBytes } } }

  func withJPEG<Result>(
    _ body: (JPEGSession) throws(ImageError) -> Result
  ) throws(ImageError) -> Result {
    let idle = idleJPEG.withLock { $0.popLast() }
    let session: JPEGSession
    if let idle { session = idle } else { session = try JPEGSession() }
    defer { idleJPEG.withLock { $0.append(session) } }
    return try body(session)
  }

  func withPNG<Result>(
    _ body: (PNGSession) throws(ImageError) -> Result
  ) throws(ImageError) -> Result {
    let idle = idlePNG.withLock { $0.popLast() }
    let session: PNGSession
    if let idle { session = idle } else { session = try PNGSession() }
    defer { idlePNG.withLock { $0.append(session) } }
    return try body(session)
  }
}

/// One libjpeg state.
@safe final class JPEGSession: Sendable {
  // SAFETY: set once and destroyed in deinit; the stock lends a session to one call at a time.
  nonisolated(unsafe) let state: OpaquePointer

  init() throws(ImageError) {
    // SAFETY: a new state, owned by self from here on.
    guard let created = unsafe jx_jpeg_decoder_create() else {
      throw ImageError(.tooLarge, "no memory for a JPEG decoder's state")
    }
    unsafe state = created
  }

  deinit {
    // SAFETY: created in init, and this is the last reference.
    unsafe jx_jpeg_decoder_destroy(state)
  }

  var workingBytes: Int {
    // SAFETY: the state lives as long as self; called for idle sessions under the stock's lock.
    unsafe jx_jpeg_working_bytes(state)
  }
}

/// One libpng state with its rows.
@safe final class PNGSession: Sendable {
  // SAFETY: set once and destroyed in deinit; the stock lends a session to one call at a time.
  nonisolated(unsafe) let state: OpaquePointer

  init() throws(ImageError) {
    // SAFETY: a new state, owned by self from here on.
    guard let created = unsafe jx_png_decoder_create() else {
      throw ImageError(.tooLarge, "no memory for a PNG decoder's state")
    }
    unsafe state = created
  }

  deinit {
    // SAFETY: created in init, and this is the last reference.
    unsafe jx_png_decoder_destroy(state)
  }
}
