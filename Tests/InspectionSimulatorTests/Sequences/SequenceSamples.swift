import FrameMemory
import InspectionSimulator

/// Sequences of 640 x 360 pixels and what tests read from their frames.
struct SequenceSamples {
  let sequence: SimulatedSequence
  let pool: FramePool

  init(seed: UInt64 = 3, _ change: (inout CameraScript) -> Void = { _ in }) {
    var script = CameraScript(seed: seed)
    change(&script)
    sequence = SimulatedSequence(script: script)
    pool = FramePool(slabCount: 8, slabBytes: 1 << 20)
  }

  var street: StreetLayout { sequence.script.street }

  func coarse(_ index: Int) -> CoarseFrame { sequence.coarseFrame(index, into: pool)! }

  /// Everything that a coarse frame says, one component after the other.
  static func content(_ frame: CoarseFrame) -> [Int] {
    var values = [frame.encodedBytes]
    for component in PlaneIndex.allCases {
      guard let levels = frame.levels(component) else { continue }
      let (dc, texture) = (frame.dc(component)!, frame.texture(component)!)
      for y in 0..<levels.heightPixels {
        for x in 0..<levels.widthPixels {
          values += [Int(dc[x, y]), Int(texture[x, y]), Int(levels[x, y])]
        }
      }
    }
    return values
  }

  /// Mean of the levels of a component over a rectangle of its blocks.
  static func mean(_ frame: CoarseFrame, _ component: PlaneIndex = .luma, blocks: PictureRect) -> Double {
    let levels = frame.levels(component)!
    var sum = 0
    for y in blocks.top..<blocks.bottom {
      for x in blocks.left..<blocks.right { sum += Int(levels[x, y]) }
    }
    return Double(sum) / Double(blocks.width * blocks.height)
  }

  /// Blocks whose level differs by more than `threshold` from one frame to another.
  static func changes(_ first: CoarseFrame, _ second: CoarseFrame, threshold: Int) -> [(x: Int, y: Int)] {
    let (before, after) = (first.luma, second.luma)
    var found: [(x: Int, y: Int)] = []
    for y in 0..<before.heightPixels {
      for x in 0..<before.widthPixels where abs(Int(before[x, y]) - Int(after[x, y])) > threshold {
        found.append((x, y))
      }
    }
    return found
  }
}
