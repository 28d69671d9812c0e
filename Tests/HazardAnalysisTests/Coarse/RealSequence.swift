import Foundation
import FrameMemory
import ImageCodecs
import TestSupport

/// The coarse frames of the picture sequences beside the repository.
enum RealSequence {
  /// The frames of a sequence in order, by the coarse scan. Only where `exists`.
  static func frames(_ name: String) throws -> [CoarseFrame] {
    let folder = SharedData.item("sequences/\(name)")!
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .filter { $0.hasSuffix(".jpg") }
    let scanner = CoarseScanner(), pool = FramePool(slabCount: names.count, slabBytes: 1 << 20)
    return try names.map { name in
      let bytes = [UInt8](try Data(contentsOf: folder.appending(path: name)))
      return try scanner.scan([bytes], into: pool)[0].get().frame
    }
  }

  static func exists(_ name: String) -> Bool { SharedData.item("sequences/\(name)") != nil }
}
