internal import CCoarseScan

/// A decoding table of the coarse scan.
@safe final class HuffmanTable {
  // SAFETY: set once, never written again, and destroyed with its last reference.
  let state: OpaquePointer

  /// - Parameter bytes: of a DHT segment: sixteen counts, then the symbols.
  /// - Returns: `nil` where the bytes define no prefix code.
  init?(_ bytes: ArraySlice<UInt8>, _ tableClass: jx_huffman_class) {
    precondition(bytes.count >= 16, "a table has sixteen counts")
    // SAFETY: the call reads the counts and at most as many symbols as there are.
    let created = unsafe bytes.withUnsafeBufferPointer {
      unsafe jx_huffman_create($0.baseAddress!, $0.baseAddress! + 16, $0.count - 16, tableClass)
    }
    guard let created = unsafe created else { return nil }
    unsafe state = created
  }

  deinit {
    // SAFETY: created in init, and this is the last reference.
    unsafe jx_huffman_destroy(state)
  }
}

/// Decoding tables by the bytes that define them: a camera keeps its tables from frame to frame.
struct HuffmanTableCache {
  /// Tables that are kept: cameras of a district use a handful of encoders, optimised files a new set each.
  static let capacity = 64

  private struct Entry {
    let bytes: [UInt8]
    let tableClass: jx_huffman_class
    let table: HuffmanTable
    var lastUse: Int
  }

  private var entries: [Entry] = []
  private var clock = 0

  /// Tables that are held now.
  var count: Int { entries.count }

  private mutating func table(_ bytes: ArraySlice<UInt8>, _ tableClass: jx_huffman_class) -> HuffmanTable? {
    clock += 1
    for index in entries.indices
    where entries[index].tableClass == tableClass && entries[index].bytes.elementsEqual(bytes) {
      entries[index].lastUse = clock
      return entries[index].table
    }
    guard let table = HuffmanTable(bytes, tableClass) else { return nil }
    if entries.count >= Self.capacity {
      // Those used least recently go, half of them, so that the sorting is rare.
      entries.sort { $0.lastUse > $1.lastUse }
      entries.removeLast(Self.capacity / 2)
    }
    entries.append(Entry(bytes: Array(bytes), tableClass: tableClass, table: table, lastUse: clock))
    return table
  }

  /// The table that a scan names: the file's own, or where it has none the example of the standard (ITU-T T.81, annex
  /// K.3), 0 for luma and 1 for chroma, which Motion JPEG leaves out.
  ///
  /// - Throws: `corrupt` where the bytes define no prefix code, or nothing defines the table.
  mutating func table(
    _ picture: [UInt8], _ place: JPEGHeader.HuffmanBytes, _ tableClass: jx_huffman_class, standard index: Int
  ) throws(ImageError) -> HuffmanTable {
    let isDC = tableClass == JX_HUFFMAN_DC
    let name = "\(isDC ? "DC" : "AC") Huffman table \(index)"
    let standard = isDC ? StandardHuffman.dc : StandardHuffman.ac
    let bytes: ArraySlice<UInt8>
    if place.count > 0 {
      bytes = picture[place.offset..<place.offset + place.count]
    } else if index < standard.count {
      bytes = standard[index][...]
    } else {
      throw ImageError(.corrupt, "\(name) is not defined")
    }
    guard let table = table(bytes, tableClass) else {
      throw ImageError(.corrupt, byteOffset: place.offset, "expected a prefix code in \(name)")
    }
    return table
  }
}
