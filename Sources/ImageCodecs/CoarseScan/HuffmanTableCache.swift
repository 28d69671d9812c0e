internal import CCoarseScan

/// Decoding tables by the bytes that define them: a camera keeps its tables from frame to frame.
@safe final class HuffmanTableCache {
  /// Tables that are kept: cameras of a district use a handful of encoders, optimised files a new set each.
  static let capacity = 64

  @safe private struct Entry {
    let bytes: [UInt8]
    let tableClass: jx_huffman_class
    let table: OpaquePointer
    var lastUse: Int
  }

  private var entries: [Entry] = []
  private var clock = 0

  /// Tables that are held now.
  var count: Int { entries.count }

  deinit {
    for entry in entries {
      // SAFETY: made by jx_huffman_create, and nothing uses it after its cache.
      unsafe jx_huffman_destroy(entry.table)
    }
  }

  /// Gives up the tables that were used least recently, down to the capacity. No table may be in use.
  func trim() {
    guard entries.count > Self.capacity else { return }
    entries.sort { $0.lastUse > $1.lastUse }
    while entries.count > Self.capacity / 2 {
      let entry = entries.removeLast()
      // SAFETY: made by jx_huffman_create; the caller promises that no scan uses it.
      unsafe jx_huffman_destroy(entry.table)
    }
  }

  /// The table of a DHT body: sixteen counts, then the symbols. It lives until the next `trim`.
  ///
  /// - Returns: `nil` where the bytes define no prefix code.
  private func table(_ bytes: UnsafeBufferPointer<UInt8>, _ tableClass: jx_huffman_class) -> OpaquePointer? {
    clock += 1
    for index in entries.indices
    where unsafe entries[index].tableClass == tableClass && entries[index].bytes.elementsEqual(bytes) {
      entries[index].lastUse = clock
      return unsafe entries[index].table
    }
    // SAFETY: at least 16 counts, checked by the header's reader; the call reads `count` bytes at most.
    guard
      let table = unsafe jx_huffman_create(
        bytes.baseAddress!, bytes.baseAddress! + 16, bytes.count - 16, tableClass)
    else { return nil }
    unsafe entries.append(
      Entry(bytes: [UInt8](bytes), tableClass: tableClass, table: table, lastUse: clock))
    return unsafe table
  }

  /// The table that a scan names: the file's own, or where it has none the example of the standard (ITU-T T.81, annex
  /// K.3), 0 for luma and 1 for chroma, which Motion JPEG leaves out.
  ///
  /// - Throws: `corrupt` where the bytes define no prefix code, or nothing defines the table.
  func table(
    _ picture: [UInt8], _ place: JPEGHeader.HuffmanBytes, _ tableClass: jx_huffman_class, standard index: Int
  ) throws(ImageError) -> OpaquePointer {
    let name = "\(tableClass == JX_HUFFMAN_DC ? "DC" : "AC") Huffman table \(index)"
    guard place.count > 0 else {
      let standard = tableClass == JX_HUFFMAN_DC ? StandardHuffman.dc : StandardHuffman.ac
      guard index < standard.count else { throw ImageError(.corrupt, "\(name) is not defined") }
      // SAFETY: the array outlives the call.
      return unsafe standard[index].withUnsafeBufferPointer { unsafe table($0, tableClass)! }
    }
    // SAFETY: the header's reader checked that the table lies inside the picture.
    let found = unsafe picture.withUnsafeBufferPointer { bytes in
      unsafe table(UnsafeBufferPointer(rebasing: bytes[place.offset..<place.offset + place.count]), tableClass)
    }
    guard let found = unsafe found else {
      throw ImageError(
        .corrupt, byteOffset: place.offset, "expected a prefix code in \(name)")
    }
    return unsafe found
  }
}
