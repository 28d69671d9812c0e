import Glibc
import TestSupport

/// Feeds damaged pictures, telemetry logs and tags to everything that reads bytes from outside.
///
/// Run it plain and under AddressSanitizer. A crash ends it; a broken promise, an input over the time limit or
/// memory over its limit makes the exit status 1. The same options give the same inputs; `--first N --count 1`
/// feeds one of them alone.
@main
enum HostileInput {
  static func main() throws {
    guard let options = HostileOptions(CommandLine.arguments.dropFirst()) else {
      print(HostileOptions.usage)
      exit(64)
    }
    let startKilobytes = peakKilobytes()
    var isSound = true
    for kind in options.kinds {
      let inputs = try kind.makeInputs(seed: options.seed)
      var tally = Tally(kind: kind, options: options, startKilobytes: startKilobytes)
      for index in options.first..<options.first + options.count {
        // Every input has a generator of its own, so that each can be made alone.
        var generator = SeededGenerator(seed: options.seed &* 0x1_0000_01B3 ^ UInt64(index))
        let input = inputs.input(&generator)
        if let folder = options.folder { try save(input, "\(folder)/\(kind)-\(index)") }
        tally.feed(inputs, input, index, generator)
        if tally.isBroken { break }
      }
      tally.report()
      isSound = isSound && !tally.isBroken
    }
    exit(isSound ? 0 : 1)
  }

  private static func save(_ bytes: [UInt8], _ path: String) throws {
    // SAFETY: the file is open between the calls, and the buffer outlives the write.
    guard let file = unsafe fopen(path, "wb") else { throw BrokenPromise("cannot write \(path)") }
    unsafe fwrite(bytes, 1, bytes.count, file)
    unsafe fclose(file)
  }
}

/// The most memory that the process ever had in RAM.
func peakKilobytes() -> Int {
  var usage = rusage()
  // SAFETY: the call fills a plain struct.
  unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return usage.ru_maxrss
}
