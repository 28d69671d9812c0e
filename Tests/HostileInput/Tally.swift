import Glibc
import TestSupport

/// What became of the inputs of one kind.
struct Tally {
  let kind: HostileKind
  let options: HostileOptions
  let startKilobytes: Int
  private(set) var isBroken = false
  private var outcomes: [String: Int] = [:]
  private var byteCount = 0
  private var worst = (seconds: 0.0, index: 0)
  private let began = ContinuousClock.now

  init(kind: HostileKind, options: HostileOptions, startKilobytes: Int) {
    (self.kind, self.options, self.startKilobytes) = (kind, options, startKilobytes)
  }

  mutating func feed(
    _ inputs: any HostileInputs, _ input: [UInt8], _ index: Int, _ generator: SeededGenerator
  ) {
    var generator = generator
    byteCount += input.count
    // A reader that never comes back is ended by the system.
    alarm(60)
    let start = Self.processorSeconds()
    do {
      outcomes[try inputs.feed(input, &generator), default: 0] += 1
    } catch {
      fail("input \(index): \((error as? BrokenPromise)?.text ?? "\(error)")")
    }
    let seconds = Self.processorSeconds() - start
    alarm(0)
    if seconds > worst.seconds { worst = (seconds, index) }
    if seconds > options.limitSeconds { fail("input \(index) took \(seconds) s") }
    let megabytes = (peakKilobytes() - startKilobytes) / 1024
    if megabytes > options.limitMegabytes { fail("input \(index): \(megabytes) MB more than at the start") }
  }

  /// Time that this thread has computed: a busy machine is not a slow reader.
  private static func processorSeconds() -> Double {
    var time = timespec()
    // SAFETY: the call fills a plain struct.
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private mutating func fail(_ text: String) {
    isBroken = true
    print("BROKEN \(kind): \(text)")
  }

  func report() {
    let total = outcomes.values.reduce(0, +)
    let seconds = Int((ContinuousClock.now - began) / .seconds(1))
    print("\(kind): \(total) inputs, \(byteCount / 1024 / 1024) MB in \(seconds) s")
    for (name, number) in outcomes.sorted(by: { $0.key < $1.key }) { print("  \(name): \(number)") }
    let peak = (peakKilobytes() - startKilobytes) / 1024
    print(
      "  worst input: \(Int(worst.seconds * 1000)) ms (number \(worst.index)); memory: +\(peak) MB at most")
  }
}
