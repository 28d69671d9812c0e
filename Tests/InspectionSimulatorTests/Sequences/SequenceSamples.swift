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

  /// The luma blocks that a frame's truth names for an event.
  func blocks(_ index: Int, _ event: String) -> [PictureRect] {
    sequence.truth(ofFrame: index).sightings.filter { $0.event == event }.flatMap(\.places).map {
      PictureRect(left: $0.blocks[0], top: $0.blocks[1], right: $0.blocks[2], bottom: $0.blocks[3])
    }
  }

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

  /// All luma blocks of a picture of 640 x 360 pixels.
  static let allBlocks = PictureRect(left: 0, top: 0, right: 80, bottom: 45)

  /// Mean of the bits of luma blocks.
  static func meanTexture(_ frame: CoarseFrame, blocks: PictureRect) -> Double {
    let texture = frame.texture(.luma)!
    var sum = 0
    for y in blocks.top..<blocks.bottom {
      for x in blocks.left..<blocks.right { sum += Int(texture[x, y]) }
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

extension PictureRect {
  func contains(_ block: (x: Int, y: Int)) -> Bool {
    (left..<right).contains(block.x) && (top..<bottom).contains(block.y)
  }
}

extension [PictureRect] {
  func contain(_ block: (x: Int, y: Int)) -> Bool { contains { $0.contains(block) } }
}
