import Foundation

/// Measures the hot paths: `Benchmarks NAME [OPTIONS]` prints one JSON object.
@main
enum Benchmarks {
  static func main() {
    var arguments = Array(CommandLine.arguments.dropFirst())
    do {
      guard !arguments.isEmpty else { throw BenchmarkError.usage("no benchmark named") }
      switch arguments.removeFirst() {
      case "kernels": try KernelsCommand(arguments).run()
      case let name: throw BenchmarkError.usage("no benchmark '\(name)'")
      }
    } catch {
      let isUsage = if case BenchmarkError.usage = error { true } else { false }
      FileHandle.standardError.write(Data("\(error)\n".utf8))
      exit(isUsage ? 64 : 2)
    }
  }
}

/// Why a benchmark could not run.
enum BenchmarkError: Error, CustomStringConvertible {
  case usage(String)
  /// A file with the place and what was expected there.
  case unreadable(String)

  var description: String {
    switch self {
    case .usage(let reason):
      "\(reason)\nusage: Benchmarks kernels [--seconds S] [--planes DIR] [--tile T]"
    case .unreadable(let reason): reason
    }
  }
}
