import Foundation
import Glibc
import InspectionStore

/// Trials of the store that a test bundle cannot host: the program is killed, or its limits are set.
///
/// ```
/// StoreCrash storm --kills 100 --seed 1     kill -9 at random moments under load; checks what is left
/// StoreCrash migrate --kills 20 --seed 1    kill -9 while an old store is brought to the newest schema
/// StoreCrash evidence                       the evidence folder on a disk that is full
/// StoreCrash rates                          appends, claims and completions a second; pages of 100,000 cases
/// ```
@main struct StoreCrash {
  static func main() async throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    let number = { (name: String, otherwise: Int) -> Int in
      guard let index = arguments.firstIndex(of: name), index + 1 < arguments.count else { return otherwise }
      return Int(arguments[index + 1]) ?? otherwise
    }
    let isFine: Bool
    switch arguments.first {
    case "storm":
      isFine = try await CrashStorm(kills: number("--kills", 5), seed: UInt64(number("--seed", 1))).run()
    case "migrate":
      isFine = try await MigrationStorm(kills: number("--kills", 5), seed: UInt64(number("--seed", 1))).run()
    case "evidence": isFine = try FullDisk.run()
    case "rates":
      isFine = try await StoreRates.run(
        cases: number("--cases", 100_000), maximum: number("--items", 1_000_000))
    case "work":
      try await CrashWork(path: arguments[1], run: arguments[2]).run()
      isFine = true
    case "open":
      _ = try InspectionStore(path: arguments[1])
      isFine = true
    default:
      Console.say("usage: StoreCrash storm|migrate|evidence|rates")
      isFine = false
    }
    exit(isFine ? 0 : 1)
  }
}

/// Lines on standard output, each written before the next statement runs.
enum Console {
  static func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
}
