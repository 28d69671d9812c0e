import Foundation
import HotPathBenchmarks

/// Measures the hot paths without the rest of the product: `Benchmarks NAME [OPTIONS]` prints one JSON object.
@main
enum Benchmarks {
  static func main() {
    do {
      let request = try Request(Array(CommandLine.arguments.dropFirst()))
      let encoder = JSONEncoder()
      encoder.keyEncodingStrategy = .convertToSnakeCase
      encoder.outputFormatting = [.sortedKeys]
      print(String(decoding: try encoder.encode(try request.measure()), as: UTF8.self))
    } catch let usage as Usage {
      fail(usage.reason + "\n" + Usage.text, code: 64)
    } catch {
      fail("\(error)", code: 2)
    }
  }

  private static func fail(_ text: String, code: Int32) -> Never {
    FileHandle.standardError.write(Data((text + "\n").utf8))
    exit(code)
  }
}

/// The command line makes no sense.
struct Usage: Error {
  static let text = """
    usage: Benchmarks kernels [--seconds S] [--planes DIR] [--tile T]
           Benchmarks scan [--seconds S] DIR…
           Benchmarks analysis [--seconds S] DIR…
           Benchmarks frames [--seconds S] DIR…
           Benchmarks network [--seconds S] [--width W] [--height H]
    """
  let reason: String
}

/// What is to be measured.
struct Request {
  private let name: String
  private var seconds = 5.0
  private var planes: URL?
  private var tile: Int?
  private var width = 224
  private var height = 224
  private var folders: [URL] = []

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    guard let name = rest.popFirst() else { throw Usage(reason: "no benchmark named") }
    self.name = name
    while let word = rest.popFirst() {
      guard word.hasPrefix("--") else {
        folders.append(URL(filePath: word, directoryHint: .isDirectory))
        continue
      }
      guard let value = rest.popFirst() else { throw Usage(reason: "\(word) needs a value") }
      switch word {
      case "--seconds":
        guard let number = Double(value), number > 0 else {
          throw Usage(reason: "'\(value)' is no number of seconds")
        }
        seconds = number
      case "--planes": planes = URL(filePath: value, directoryHint: .isDirectory)
      case "--width": width = try Self.side(value)
      case "--height": height = try Self.side(value)
      case "--tile":
        guard let number = Int(value), (1...64).contains(number) else {
          throw Usage(reason: "'\(value)' is no tile side of 1 to 64 samples")
        }
        tile = number
      default: throw Usage(reason: "no option '\(word)'")
      }
    }
  }

  private static func side(_ value: String) throws -> Int {
    guard let number = Int(value), (32...4096).contains(number) else {
      throw Usage(reason: "'\(value)' is no side of 32 to 4096 pixels")
    }
    return number
  }

  func measure() throws -> any Encodable {
    switch name {
    case "kernels": return try KernelReport.measure(seconds: seconds, planesIn: planes, tile: tile)
    case "scan": return try ScanBenchmark(cameras: try cameras(), seconds: seconds).run()
    case "analysis": return try CoarseAnalysisBenchmark(cameras: try cameras(), seconds: seconds).run()
    case "network":
      return NetworkBenchmark(widthPixels: width, heightPixels: height, seconds: seconds).run()
    case "frames": return try FrameBenchmark(cameras: try cameras(), seconds: seconds).run()
    default: throw Usage(reason: "no benchmark '\(name)'")
    }
  }

  private func cameras() throws -> [CameraSequence] {
    guard !folders.isEmpty else { throw Usage(reason: "no folder of frames") }
    return try folders.map { try CameraSequence(folder: $0) }
  }
}
