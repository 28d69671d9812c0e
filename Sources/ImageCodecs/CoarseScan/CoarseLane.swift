internal import CCoarseScan
internal import FrameMemory
internal import PixelKernels

/// One lane of the scan: the picture that is on it, its unstuffed data and the frame that it fills.
///
/// The buffers are used again from picture to picture and grow where needed.
@safe final class CoarseLane {
  private var bytes: UnsafeMutablePointer<UInt8>
  private var segmentEnds: UnsafeMutablePointer<UInt64>
  private var byteCapacity = 1 << 16
  private var segmentCapacity = 256
  private var unstuffed = jx_unstuffed()
  private let copyTier: Int32

  // The picture.
  private(set) var index = 0
  private(set) var header = JPEGHeader()
  private(set) var format = CoarseFormat(widthPixels: 1, heightPixels: 1, chroma: .grey)
  private(set) var damage: CoarseImage.Damage?
  private var byteCount = 0
  private var dataOffset = 0
  private var dcTables = [3 of HuffmanTable?](repeating: nil)
  private var acTables = [3 of HuffmanTable?](repeating: nil)
  /// Of the components that were scanned: a later table of the file does not change them.
  private var quantizers = DCQuantizers(luma: 1)
  private var writer: CoarseFrameWriter?
  private var frameMemory: UnsafeMutableRawPointer?
  /// Components that were scanned, a bit each, and rows of luma blocks that all of them have.
  private var scannedComponents: UInt32 = 0
  private var completeRows = 0

  /// - Parameter copyTier: 1 for copying with AVX2, 0 for any processor.
  init(copyTier: Int32) {
    self.copyTier = copyTier
    // SAFETY: freed in deinit.
    unsafe bytes = .allocate(capacity: byteCapacity)
    unsafe segmentEnds = .allocate(capacity: segmentCapacity)
  }

  deinit {
    // SAFETY: allocated by self, and nothing else keeps the pointers.
    unsafe bytes.deallocate()
    unsafe segmentEnds.deallocate()
  }

  /// Whether the frame has components that no scan gave yet.
  var isMissingComponents: Bool { scannedComponents != (1 << UInt32(header.componentCount)) - 1 }

  /// Puts a picture on the lane, up to its first scan.
  func begin(
    _ picture: [UInt8], _ header: JPEGHeader, dataOffset: Int, format: CoarseFormat, index: Int,
    _ pool: FramePool, _ tables: inout HuffmanTableCache
  ) throws(ImageError) {
    (self.index, self.header, self.format) = (index, header, format)
    (damage, scannedComponents, byteCount) = (nil, 0, picture.count)
    completeRows = format.plane(.luma)!.heightBlocks
    quantizers = DCQuantizers(luma: 1)
    try findTables(picture, &tables)
    writer = try pool.coarseWriter(format)
    // SAFETY: the slab stays where it is while its writer lives, and the writer is kept until the frame is sealed.
    unsafe writer!.withBytes { unsafe frameMemory = $0.baseAddress }
    takeData(picture, from: dataOffset)
  }

  /// Goes on to the next scan of the same picture.
  ///
  /// - Returns: `nil` where the file ends before it: that is damage.
  func beginNextScan(
    _ picture: [UInt8], _ tables: inout HuffmanTableCache
  ) throws(ImageError) -> ScanPlan? {
    let next: Int?
    do throws(ImageError) {
      next = try header.read(picture.span, from: dataOffset + unstuffed.consumed)
    } catch {
      guard error.code == .truncated else { throw error }
      next = nil
    }
    guard let next else {
      damage = CoarseImage.Damage(
        isTruncated: true, byteOffset: picture.count,
        message: "the file ends before the scans of all components")
      return nil
    }
    guard let plan = ScanPlan(header, format: format) else {
      throw ImageError(.corrupt, byteOffset: next, "expected a unit of at most 10 blocks")
    }
    for position in 0..<header.scanComponentCount {
      guard scannedComponents >> UInt32(header.scanComponents[position].component) & 1 == 0 else {
        throw ImageError(.corrupt, byteOffset: next, "expected one scan a component, found a second one")
      }
    }
    try findTables(picture, &tables)
    takeData(picture, from: next)
    return plan
  }

  /// Gives back what the picture held: its frame, where it was not sealed.
  func leave() {
    writer = nil
    // SAFETY: only forgets the address, before its memory can have another owner.
    unsafe frameMemory = nil
  }

  private func findTables(_ picture: [UInt8], _ tables: inout HuffmanTableCache) throws(ImageError) {
    for position in 0..<header.scanComponentCount {
      let component = header.scanComponents[position]
      dcTables[position] = try tables.table(
        picture, header.dcTables[component.dcTable], JX_HUFFMAN_DC, standard: component.dcTable)
      acTables[position] = try tables.table(
        picture, header.acTables[component.acTable], JX_HUFFMAN_AC, standard: component.acTable)
    }
  }

  /// Copies the scan's data, without stuffing, up to the marker that ends them.
  private func takeData(_ picture: [UInt8], from offset: Int) {
    dataOffset = offset
    let segmentCount = ScanPlan(header, format: format)?.segmentCount ?? 1
    let count = picture.count - offset
    let needed = count + Int(JX_SCAN_PADDING_BYTES)
    if byteCapacity < needed {
      // A quarter more than this picture, so that pictures that grow slowly do not allocate each time.
      byteCapacity = needed + needed / 4
      // SAFETY: allocated by self, and no scan runs.
      unsafe bytes.deallocate()
      unsafe bytes = .allocate(capacity: byteCapacity)
    }
    if segmentCapacity < segmentCount {
      segmentCapacity = segmentCount
      // SAFETY: allocated by self, and no scan runs.
      unsafe segmentEnds.deallocate()
      unsafe segmentEnds = .allocate(capacity: segmentCapacity)
    }
    // SAFETY: `offset` lies inside the picture or at its end; there is room for the data, their padding and the ends.
    unsafe picture.withUnsafeBufferPointer { source in
      unsafe unstuffed = jx_unstuff(
        source.baseAddress! + offset, count, bytes, segmentEnds, segmentCount, copyTier)
    }
  }

  /// The lane as C sees it.
  func scan(_ plan: ScanPlan) -> jx_scan_lane {
    // SAFETY: the buffers and the frame's memory live until the picture leaves the lane.
    var lane = unsafe jx_scan_lane()
    unsafe lane.bytes = UnsafePointer(bytes)
    unsafe lane.segment_ends = UnsafePointer(segmentEnds)
    unsafe lane.segment_count = UInt32(unstuffed.segment_count)
    unsafe lane.components.0 = component(0, plan)
    if plan.componentCount > 1 { unsafe lane.components.1 = component(1, plan) }
    if plan.componentCount > 2 { unsafe lane.components.2 = component(2, plan) }
    return unsafe lane
  }

  private func component(_ position: Int, _ plan: ScanPlan) -> jx_scan_component {
    let plane = format.plane(PlaneIndex(rawValue: Int(plan.components[position]))!)!
    // SAFETY: the planes lie inside the frame's memory, 64-byte aligned, at the offsets that its format states.
    return unsafe jx_scan_component(
      dc_table: dcTables[position]?.state, ac_table: acTables[position]?.state,
      dc: (frameMemory! + plane.dcOffsetBytes).assumingMemoryBound(to: Int16.self),
      ac_bits: (frameMemory! + plane.textureOffsetBytes).assumingMemoryBound(to: UInt16.self))
  }

  /// Takes what the scan found: rows that are whole, and why it stopped.
  func take(_ scan: jx_scan_lane, _ plan: ScanPlan) {
    // SAFETY: plain numbers of a struct that also holds pointers.
    let (status, units, stopped) = unsafe (scan.status, scan.complete_mcus, scan.stopped_at_bytes)
    let largest = header.largestVertical
    let unitRows = Int(units / plan.mcusAcross)
    for position in 0..<plan.componentCount {
      let index = Int(plan.components[position])
      scannedComponents |= 1 << UInt32(index)
      quantizers[PlaneIndex(rawValue: index)!] = header.dcQuantizers[header.components[index].quantizerTable]
      let rows = unitRows * Int(plan.vertical[position])
      completeRows = min(completeRows, rows * largest / header.components[index].vertical)
      if status != JX_SCAN_COMPLETE { clear(format.plane(PlaneIndex(rawValue: index)!)!, fromRow: rows) }
    }
    guard status != JX_SCAN_COMPLETE else { return }
    let place = min(dataOffset + Int(stopped), byteCount)
    let isCut = status != JX_SCAN_INVALID_CODE && dataOffset + unstuffed.consumed + 1 >= byteCount
    let unit = "unit \(units) of \(Int(plan.mcusAcross) * Int(plan.mcusDown))"
    let message =
      switch status {
      case JX_SCAN_INVALID_CODE: "a code that no table has in \(unit)"
      case JX_SCAN_RESTART_MISSING: "expected a restart marker before \(unit)"
      default: "the data end in \(unit)"
      }
    damage = CoarseImage.Damage(isTruncated: isCut, byteOffset: place, message: message)
  }

  /// Makes rows neutral that no data gave.
  private func clear(_ plane: CoarseFormat.Plane, fromRow row: Int) {
    let first = min(row, plane.roomRows) * plane.strideBlocks
    let bytes = 2 * (plane.roomRows * plane.strideBlocks - first)
    // SAFETY: both planes have roomRows x strideBlocks values of two bytes.
    for offset in [plane.dcOffsetBytes, plane.textureOffsetBytes] {
      unsafe (frameMemory! + offset + 2 * first).initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
    }
  }

  /// Fills the levels and ends the picture.
  func seal(_ kernels: PixelKernels) throws(ImageError) -> CoarseImage {
    guard var frame = writer.take() else { preconditionFailure("a lane is sealed once") }
    // Without the scan of a component no row is whole.
    guard completeRows > 0, !isMissingComponents else {
      throw ImageError(
        damage?.isTruncated == false ? .corrupt : .truncated, byteOffset: damage?.byteOffset,
        "\(damage?.message ?? "the data end"), before the first row of blocks is whole")
    }
    for index in PlaneIndex.allCases.prefix(header.componentCount) where quantizers[index] == 0 {
      throw ImageError(.corrupt, "the quantiser table of component \(index.rawValue) is not defined")
    }
    frame.fillLevels(quantizers, kernels)
    let info = ImageInfo(
      format: .jpeg, widthPixels: header.widthPixels, heightPixels: header.heightPixels,
      chroma: format.chroma, bitDepth: 8, isProgressive: false, hasAlpha: false)
    return CoarseImage(
      frame: frame.seal(quantizers: quantizers, completeRows: completeRows, encodedBytes: byteCount),
      info: info, damage: damage)
  }
}
