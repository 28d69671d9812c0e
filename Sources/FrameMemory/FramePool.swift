internal import Synchronization

/// A fixed number of equal slabs of pixel memory, 64-byte aligned, that frames are written into.
///
/// A slab is allocated at its first use and then used again and again: after warm-up no frame allocates pixel
/// memory. When all slabs are out, `makeWriter` returns `nil`: a live source drops the frame and counts it, a
/// batch source waits for a frame to be released.
package final class FramePool: Sendable {
  /// The most slabs that can be out at once.
  package let slabCount: Int
  /// Size of each slab, bytes.
  package let slabBytes: Int
  private let state = Mutex(State())

  private struct State {
    var idle: [Slab] = []
    var allocatedCount = 0
    var outstandingCount = 0
  }

  /// - Parameters:
  ///   - slabCount: how many frames can be alive at once, at least 1.
  ///   - slabBytes: the largest frame, `FrameFormat.byteCount`.
  package init(slabCount: Int, slabBytes: Int) {
    precondition(slabCount > 0 && slabBytes > 0, "a pool has slabs and slabs have a size")
    self.slabCount = slabCount
    self.slabBytes = slabBytes
  }

  /// Slabs that were ever allocated: constant after warm-up.
  package var allocatedCount: Int { state.withLock { $0.allocatedCount } }

  /// Frames and writers alive now.
  package var outstandingCount: Int { state.withLock { $0.outstandingCount } }

  /// A writer for one frame; `nil` when every slab is out.
  ///
  /// - Precondition: the format fits a slab. Codecs check this against their limits and throw before.
  package func makeWriter(_ format: FrameFormat) -> FrameWriter? {
    precondition(format.byteCount <= slabBytes, "a frame is not larger than the pool's slabs")
    guard let slab = takeSlab() else { return nil }
    return FrameWriter(storage: FrameStorage(slab: slab, pool: self), format: format)
  }

  /// A writer for one coarse frame; `nil` when every slab is out.
  ///
  /// - Precondition: the format fits a slab.
  package func makeWriter(_ format: CoarseFormat) -> CoarseFrameWriter? {
    precondition(format.byteCount <= slabBytes, "a coarse frame is not larger than the pool's slabs")
    guard let slab = takeSlab() else { return nil }
    return CoarseFrameWriter(storage: FrameStorage(slab: slab, pool: self), format: format)
  }

  private func takeSlab() -> Slab? {
    state.withLock { state in
      guard state.outstandingCount < slabCount else { return nil }
      state.outstandingCount += 1
      if let idle = state.idle.popLast() { return idle }
      state.allocatedCount += 1
      return Slab(byteCount: slabBytes)
    }
  }

  fileprivate func takeBack(_ slab: Slab) {
    state.withLock { state in
      state.outstandingCount -= 1
      state.idle.append(slab)
    }
  }
}

/// One piece of aligned memory, freed with its last reference.
@safe final class Slab: Sendable {
  // SAFETY: the pointer is set once and its memory is freed only in deinit; who may write is decided by
  // `FrameWriter` (unique) and who may read by `Frame` (sealed), so no two sides race.
  nonisolated(unsafe) let base: UnsafeMutableRawPointer

  init(byteCount: Int) {
    // SAFETY: freed in deinit; zeroed so that a decoder that stops early never shows another process's memory.
    unsafe base = .allocate(byteCount: byteCount, alignment: FrameFormat.alignmentBytes)
    // SAFETY: the range is the allocation itself.
    unsafe base.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
  }

  deinit {
    // SAFETY: allocated in init, and this is the last reference.
    unsafe base.deallocate()
  }
}

/// Holds a slab while a writer or frames use it; gives it back to its pool with the last reference.
final class FrameStorage: Sendable {
  let slab: Slab
  private let pool: FramePool

  init(slab: Slab, pool: FramePool) {
    self.slab = slab
    self.pool = pool
  }

  deinit { pool.takeBack(slab) }
}
