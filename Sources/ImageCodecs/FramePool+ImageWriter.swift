internal import FrameMemory

extension FramePool {
  /// A writer for a picture; throws `tooLarge` where it does not fit a slab, `poolExhausted` where none is free.
  func imageWriter(_ format: FrameFormat) throws(ImageError) -> FrameWriter {
    guard format.byteCount <= slabBytes else {
      throw ImageError(
        .tooLarge,
        "a frame of \(format.widthPixels) x \(format.heightPixels) pixels takes \(format.byteCount) bytes, "
          + "the pool's slabs have \(slabBytes)")
    }
    guard let writer = makeWriter(format) else {
      throw ImageError(.poolExhausted, "all \(slabCount) slabs of the frame pool are in use")
    }
    return writer
  }

  /// A writer for a coarse frame; throws as `imageWriter`.
  func coarseWriter(_ format: CoarseFormat) throws(ImageError) -> CoarseFrameWriter {
    guard format.byteCount <= slabBytes else {
      throw ImageError(
        .tooLarge,
        "a coarse frame of \(format.widthPixels) x \(format.heightPixels) pixels takes \(format.byteCount) bytes, "
          + "the pool's slabs have \(slabBytes)")
    }
    guard let writer = makeWriter(format) else {
      throw ImageError(.poolExhausted, "all \(slabCount) slabs of the frame pool are in use")
    }
    return writer
  }
}
