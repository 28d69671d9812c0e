import Foundation
import FrameMemory
import HazardAnalysis
import ImageCodecs
import PixelKernels

/// Writes the tile features of pictures for fitting, so that training and running see the same planes.
///
/// `TileFeatureDump LIST ROOT OUT`: LIST names one picture a line, relative to ROOT. OUT gets, per picture, five
/// little-endian 32-bit integers (number of the line from 0, columns, rows, width and height of the base plane),
/// then per tile one 16-bit integer that is 1 for a blank tile, then its features as 16-bit integers. Pictures
/// that cannot be read are named on stderr and left out.
@main
enum TileFeatureDump {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4 else {
      FileHandle.standardError.write(Data("usage: TileFeatureDump LIST ROOT OUT\n".utf8))
      exit(64)
    }
    let names = try String(contentsOfFile: arguments[1], encoding: .utf8).split(separator: "\n")
    let root = URL(filePath: arguments[2], directoryHint: .isDirectory)
    _ = FileManager.default.createFile(atPath: arguments[3], contents: nil)
    let out = try FileHandle(forWritingTo: URL(filePath: arguments[3]))
    let decoder = ImageDecoder(), pool = FramePool(slabCount: 1, slabBytes: 64 << 20)
    var workspace = AnalysisWorkspace()
    for (number, name) in names.enumerated() {
      do {
        let bytes = [UInt8](try Data(contentsOf: root.appending(path: String(name))))
        let info = try decoder.probe(bytes)
        let denominator = AnalysisScale.decodeDenominator(
          widthPixels: info.widthPixels, heightPixels: info.heightPixels)
        let frame = try decoder.decode(bytes, into: pool, scale: DecodeScale(rawValue: denominator)!).frame
        let (grid, values, isBlank) = TileFeatures.measure(frame, tier: .best, workspace: &workspace)
        var data = Data()
        for value in [number, grid.columns, grid.rows, grid.widthPixels, grid.heightPixels] {
          data.append(contentsOf: littleEndian(Int32(value)))
        }
        for tile in 0..<grid.count {
          data.append(contentsOf: littleEndian(Int16(isBlank[tile] ? 1 : 0)))
          for value in values[tile * TileFeature.count..<(tile + 1) * TileFeature.count] {
            data.append(contentsOf: littleEndian(value))
          }
        }
        try out.write(contentsOf: data)
      } catch {
        FileHandle.standardError.write(Data("\(name): \(error)\n".utf8))
      }
    }
  }

  private static func littleEndian<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
    (0..<MemoryLayout<Value>.size).map { UInt8(truncatingIfNeeded: value >> Value(8 * $0)) }
  }
}
