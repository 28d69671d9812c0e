/// What a JPEG says about each of its 8x8 blocks without being decoded: mean and detail. Sealed: read only,
/// copied by reference, safe to send between tasks.
///
/// Per block there are the DC coefficient as coded (`dc`), the bits that the block's AC coefficients take
/// (`texture`: hardly any on a flat wall, hundreds on leaves) and the block's mean as an 8-bit sample (`levels`:
/// the picture at one eighth of its size). The memory goes back to its pool when the last copy is gone.
package struct CoarseFrame: Sendable {
  package let format: CoarseFormat
  package let quantizers: DCQuantizers
  /// Rows of luma samples, from the top, that came from data. Rows below carry no information.
  package let completeRows: Int
  /// Size of the picture's file.
  package let encodedBytes: Int
  private let storage: FrameStorage

  init(
    storage: FrameStorage, format: CoarseFormat, quantizers: DCQuantizers, completeRows: Int,
    encodedBytes: Int
  ) {
    precondition((0...format.plane(.luma)!.heightBlocks).contains(completeRows), "rows of this frame")
    self.storage = storage
    self.format = format
    self.quantizers = quantizers
    self.completeRows = completeRows
    self.encodedBytes = encodedBytes
  }

  /// Mean brightness of each block, 0…255: `min(max((dc · quantizer + 4) >> 3 + 128, 0), 255)`.
  package var luma: PlaneView {
    @_lifetime(borrow self)
    get { levels(.luma)! }
  }

  /// Mean of each block of a component, 0…255; `nil` for the chroma of a grey frame.
  @_lifetime(borrow self)
  package func levels(_ index: PlaneIndex) -> PlaneView? {
    guard let plane = format.plane(index) else { return nil }
    // SAFETY: the component lies inside the slab, sealed memory is never written, the view cannot outlive self.
    let bytes = unsafe UnsafeRawBufferPointer(
      start: storage.slab.base + plane.levelsOffsetBytes, count: plane.strideBlocks * plane.heightBlocks)
    let view = PlaneView(
      bytes: unsafe RawSpan(_unsafeBytes: bytes), widthPixels: plane.widthBlocks,
      heightPixels: plane.heightBlocks, strideBytes: plane.strideBlocks)
    // SAFETY: the bytes belong to `storage`, which self keeps alive.
    return unsafe _overrideLifetime(view, borrowing: self)
  }

  /// DC coefficient of each block, as coded; `nil` for the chroma of a grey frame.
  @_lifetime(borrow self)
  package func dc(_ index: PlaneIndex) -> BlockView<Int16>? {
    guard let plane = format.plane(index) else { return nil }
    return blocks(plane, offsetBytes: plane.dcOffsetBytes)
  }

  /// Bits that the AC coefficients of each block take, 0…1,953; `nil` for the chroma of a grey frame.
  @_lifetime(borrow self)
  package func texture(_ index: PlaneIndex) -> BlockView<UInt16>? {
    guard let plane = format.plane(index) else { return nil }
    return blocks(plane, offsetBytes: plane.textureOffsetBytes)
  }

  @_lifetime(borrow self)
  private func blocks<Value: FixedWidthInteger & BitwiseCopyable>(
    _ plane: CoarseFormat.Plane, offsetBytes: Int
  ) -> BlockView<Value> {
    // SAFETY: 16-bit samples at a multiple of 64 bytes inside the slab; sealed memory is never written.
    let values = unsafe UnsafeBufferPointer(
      start: (storage.slab.base + offsetBytes).assumingMemoryBound(to: Value.self),
      count: plane.strideBlocks * plane.heightBlocks)
    let view = BlockView(
      values: unsafe Span(_unsafeElements: values), widthBlocks: plane.widthBlocks,
      heightBlocks: plane.heightBlocks, strideBlocks: plane.strideBlocks)
    // SAFETY: the values belong to `storage`, which self keeps alive.
    return unsafe _overrideLifetime(view, borrowing: self)
  }
}

/// The step that each component's DC coefficients were divided by.
package struct DCQuantizers: Sendable, Hashable {
  package var luma: UInt16
  /// Those of the chroma of a grey frame have no meaning.
  package var chromaBlue: UInt16
  package var chromaRed: UInt16

  package init(luma: UInt16, chromaBlue: UInt16 = 1, chromaRed: UInt16 = 1) {
    self.luma = luma
    self.chromaBlue = chromaBlue
    self.chromaRed = chromaRed
  }

  package subscript(_ index: PlaneIndex) -> UInt16 {
    get {
      switch index {
      case .luma: luma
      case .chromaBlue: chromaBlue
      case .chromaRed: chromaRed
      }
    }
    set {
      switch index {
      case .luma: luma = newValue
      case .chromaBlue: chromaBlue = newValue
      case .chromaRed: chromaRed = newValue
      }
    }
  }
}

/// A read-only look at one value per 8x8 block, rows top down; it cannot outlive the memory that it shows.
package struct BlockView<Value: FixedWidthInteger & BitwiseCopyable>: ~Escapable {
  /// All rows with their padding.
  package let values: Span<Value>
  package let widthBlocks: Int
  package let heightBlocks: Int
  package let strideBlocks: Int

  /// - Precondition: every row lies inside `values`.
  @_lifetime(copy values)
  package init(values: Span<Value>, widthBlocks: Int, heightBlocks: Int, strideBlocks: Int) {
    precondition(widthBlocks >= 0 && heightBlocks >= 0 && strideBlocks >= widthBlocks, "rows do not overlap")
    precondition(
      heightBlocks == 0 || values.count >= (heightBlocks - 1) * strideBlocks + widthBlocks,
      "all rows lie inside the memory")
    self.values = values
    self.widthBlocks = widthBlocks
    self.heightBlocks = heightBlocks
    self.strideBlocks = strideBlocks
  }

  /// One value. Bounds-checked; for tests and sparse reads, not for whole planes.
  package subscript(x: Int, y: Int) -> Value {
    precondition((0..<widthBlocks).contains(x) && (0..<heightBlocks).contains(y), "a block inside the plane")
    return values[y * strideBlocks + x]
  }
}
