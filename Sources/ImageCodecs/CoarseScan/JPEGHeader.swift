internal import FrameMemory

/// What a JPEG says before the entropy-coded data of a scan (ITU-T T.81, annex B).
///
/// A value without memory of its own: tables are named by where they stand in the file.
struct JPEGHeader {
  /// How the picture is coded, from its start-of-frame marker.
  enum Coding {
    /// One Huffman-coded scan gives whole coefficients of 8-bit samples (SOF0, SOF1).
    case sequential
    /// Any other kind that libjpeg may read: progressive, arithmetic.
    case other
  }

  /// A colour component of the frame.
  struct Component {
    var identifier: UInt8 = 0
    /// Sampling factors, 1…4.
    var horizontal = 1
    var vertical = 1
    var quantizerTable = 0
  }

  /// The tables that a scan uses for one component.
  struct ScanComponent {
    /// Index among the frame's components.
    var component = 0
    var dcTable = 0
    var acTable = 0
  }

  /// A Huffman table as it stands in the file: sixteen counts, then the symbols.
  struct HuffmanBytes {
    var offset = 0
    /// 0: not defined.
    var count = 0
  }

  var coding = Coding.sequential
  /// 0 until the start of the frame was read.
  var widthPixels = 0
  var heightPixels = 0
  var componentCount = 0
  var components = [3 of Component](repeating: Component())
  /// First entry of each quantiser table; 0: not defined.
  var dcQuantizers = [4 of UInt16](repeating: 0)
  var dcTables = [4 of HuffmanBytes](repeating: HuffmanBytes())
  var acTables = [4 of HuffmanBytes](repeating: HuffmanBytes())
  /// Units between restart markers; 0: none.
  var restartInterval = 0
  var scanComponentCount = 0
  var scanComponents = [3 of ScanComponent](repeating: ScanComponent())
  /// Whether the file says that its components are red, green and blue.
  var isRGB: Bool {
    if hasJFIF { return false }
    if let adobeTransform { return componentCount == 3 && adobeTransform == 0 }
    return componentCount == 3 && components[0].identifier == UInt8(ascii: "R")
      && components[1].identifier == UInt8(ascii: "G") && components[2].identifier == UInt8(ascii: "B")
  }
  var hasJFIF = false
  var adobeTransform: UInt8?

  var largestHorizontal: Int { (0..<componentCount).reduce(1) { max($0, components[$1].horizontal) } }
  var largestVertical: Int { (0..<componentCount).reduce(1) { max($0, components[$1].vertical) } }

  /// How luma and chroma relate; `nil` for layouts that frames do not have.
  var chroma: ChromaLayout? {
    guard componentCount == 3 else { return componentCount == 1 ? .grey : nil }
    let (across, down) = (largestHorizontal, largestVertical)
    let (luma, blue, red) = (components[0], components[1], components[2])
    guard luma.horizontal == across, luma.vertical == down, blue.horizontal == red.horizontal,
      blue.vertical == red.vertical, across % blue.horizontal == 0, down % blue.vertical == 0
    else { return nil }
    let ratio = (across / blue.horizontal, down / blue.vertical)
    guard ratio.0 != 3, ratio.1 != 3 else { return nil }
    return .ycbcr(horizontal: ratio.0, vertical: ratio.1)
  }

  /// Blocks of a component across and down, without those that fill up a unit.
  func blocks(of index: Int) -> (across: Int, down: Int) {
    func blocks(_ pixels: Int, _ factor: Int, _ largest: Int) -> Int {
      ((pixels * factor + largest - 1) / largest + 7) / 8
    }
    return (
      blocks(widthPixels, components[index].horizontal, largestHorizontal),
      blocks(heightPixels, components[index].vertical, largestVertical)
    )
  }
}
