internal import CCoarseScan
internal import FrameMemory

/// How the blocks of one scan follow each other; pictures with equal plans can be scanned in lockstep.
struct ScanPlan: Equatable {
  /// Components in the scan, 1…3, and which ones of the frame.
  var componentCount = 0
  var components = SIMD4<UInt32>(repeating: 0)
  /// Blocks in a unit (MCU).
  var horizontal = SIMD4<UInt32>(repeating: 1)
  var vertical = SIMD4<UInt32>(repeating: 1)
  /// Blocks from row to row of the frame's planes.
  var strides = SIMD4<UInt32>(repeating: 0)
  var mcusAcross: UInt32 = 0
  var mcusDown: UInt32 = 0
  var restartInterval: UInt32 = 0

  /// The plan of the scan that the header was read up to.
  ///
  /// - Returns: `nil` for a unit of more blocks than the standard allows.
  init?(_ header: JPEGHeader, format: CoarseFormat) {
    componentCount = header.scanComponentCount
    restartInterval = UInt32(header.restartInterval)
    var blocksPerUnit = 0
    for position in 0..<componentCount {
      let index = header.scanComponents[position].component
      let component = header.components[index]
      components[position] = UInt32(index)
      strides[position] = UInt32(format.plane(PlaneIndex(rawValue: index)!)!.strideBlocks)
      guard componentCount > 1 else { continue }
      horizontal[position] = UInt32(component.horizontal)
      vertical[position] = UInt32(component.vertical)
      blocksPerUnit += component.horizontal * component.vertical
    }
    guard blocksPerUnit <= Int(JX_SCAN_MAX_BLOCKS_PER_MCU) else { return nil }
    if componentCount == 1 {
      // A component alone is coded without the blocks that would fill up units of several components.
      let blocks = header.blocks(of: header.scanComponents[0].component)
      (mcusAcross, mcusDown) = (UInt32(blocks.across), UInt32(blocks.down))
    } else {
      let unit = (8 * header.largestHorizontal, 8 * header.largestVertical)
      mcusAcross = UInt32((header.widthPixels + unit.0 - 1) / unit.0)
      mcusDown = UInt32((header.heightPixels + unit.1 - 1) / unit.1)
    }
  }

  /// Restart intervals of the whole scan, at least 1.
  var segmentCount: Int {
    guard restartInterval > 0 else { return 1 }
    let units = Int(mcusAcross) * Int(mcusDown)
    return (units + Int(restartInterval) - 1) / Int(restartInterval)
  }

  /// The plan as C sees it.
  var geometry: jx_scan_geometry {
    jx_scan_geometry(
      component_count: UInt32(componentCount), horizontal: (horizontal.x, horizontal.y, horizontal.z),
      vertical: (vertical.x, vertical.y, vertical.z), stride: (strides.x, strides.y, strides.z),
      mcus_across: mcusAcross, mcus_down: mcusDown, restart_interval: restartInterval)
  }
}
