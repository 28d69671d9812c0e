package import PixelKernels

/// Measures every kernel on every tier that the machine runs, interleaved with memory copies.
///
/// Rounds go through all subjects in turn, so that a disturbance of the machine meets them alike. A turn is one call
/// that brings the planes into the caches, and as many timed ones as take about two milliseconds.
package struct KernelBenchmark: Sendable {
  /// The best tier of the machine.
  package static let bestTier = KernelTier.best

  private let planes: BenchmarkPlanes
  private let tiers: [KernelTier]

  /// - Parameter tiers: those to measure; what the machine does not run is left out.
  package init(_ planes: BenchmarkPlanes, tiers: [KernelTier] = KernelTier.allCases) {
    self.planes = planes
    self.tiers = tiers.filter(\.isSupported)
  }

  /// Wall time that the timed calls of a turn take together.
  private static let turnMilliseconds = 2.0
  /// Rounds that find out how often a turn calls.
  private static let warmUpRounds = 2
  private static let leastRounds = 5

  private struct Subject {
    /// `nil` is the copy.
    let kernel: (MeasuredKernel, KernelTier)?
    var repetitions = 1
    var milliseconds: [Double] = []
  }

  /// Measures for about so many seconds; at least five rounds, however long they take.
  package func run(seconds: Double) -> KernelTimings {
    let input = MeasuredKernel.Input(planes)
    var output = MeasuredKernel.Output(input)
    // The copy takes whole rows with their padding: one run of memory.
    let source = PixelPlane(
      widthPixels: planes.first.strideBytes, heightPixels: planes.first.heightPixels
    ) { x, y in UInt8(truncatingIfNeeded: x ^ y) }
    var copied = source
    var subjects = [Subject(kernel: nil)]
    for kernel in MeasuredKernel.allCases { subjects += tiers.map { Subject(kernel: (kernel, $0)) } }
    let clock = ContinuousClock(), began = clock.now
    var round = 0
    while round < Self.warmUpRounds + Self.leastRounds || began.duration(to: clock.now) < .seconds(seconds) {
      for index in subjects.indices {
        let repetitions = subjects[index].repetitions
        var start = clock.now
        for call in 0...repetitions {
          if call == 1 { start = clock.now }
          if let (kernel, tier) = subjects[index].kernel {
            kernel.run(PixelKernels(tier: tier), input, &output)
          } else {
            copied.copy(source.view)
          }
        }
        let milliseconds = start.duration(to: clock.now) / .milliseconds(1) / Double(repetitions)
        if round < Self.warmUpRounds {
          subjects[index].repetitions = max(1, Int(Self.turnMilliseconds / max(milliseconds, 1e-5)))
        } else {
          subjects[index].milliseconds.append(milliseconds)
        }
      }
      round += 1
    }
    return timings(subjects, copiedBytes: Double(2 * source.strideBytes * source.heightPixels))
  }

  private func timings(_ subjects: [Subject], copiedBytes: Double) -> KernelTimings {
    let copy = KernelTimings.Timing(milliseconds: subjects[0].milliseconds, bytes: copiedBytes)
    let samples = Double(planes.first.widthPixels * planes.first.heightPixels)
    let kernels = subjects.compactMap { subject -> KernelTimings.Kernel? in
      guard let (kernel, tier) = subject.kernel else { return nil }
      // Texture and DC values exist for each sample of a row with its padding.
      let count = kernel == .dcLevels ? copiedBytes / 2 : samples
      let timing = KernelTimings.Timing(
        milliseconds: subject.milliseconds, bytes: count * kernel.bytesPerSample)
      return KernelTimings.Kernel(
        kernel: kernel.rawValue, tier: tier.rawValue, timing: timing,
        memcpyRatio: timing.gigabytesPerSecond / copy.gigabytesPerSecond)
    }
    return KernelTimings(
      widthPixels: planes.first.widthPixels, heightPixels: planes.first.heightPixels, tile: planes.tile,
      memcpy: copy, kernels: kernels)
  }
}
