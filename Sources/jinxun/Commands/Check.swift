internal import ArgumentParser
internal import Foundation
internal import ImageCodecs
internal import InspectionPipeline
internal import PixelKernels

/// `jinxun check`: a pipeline file, or this machine's kernels.
struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks a recorded or live pipeline, or the vector kernels on this machine.",
    discussion: """
      Examples:
        jinxun check my-pipeline.yaml      prints every setting that it comes to
        jinxun check --kernels             compares every instruction tier with the portable one, bit for bit
      """)

  @Argument(help: ArgumentHelp("Pipeline file; default: the one that would run.", valueName: "file"))
  var file: String?

  @Flag(help: "Check the vector kernels instead.")
  var kernels = false

  func run() async throws {
    try await reportingFailures {
      if kernels {
        try checkKernels()
        return
      }
      var options = PipelineOptions()
      options.pipeline = file
      Standard.output(try options.settingsText(), terminator: "")
    }
  }

  /// One line per kernel and tier; a difference ends the command with code 2.
  private func checkKernels() throws {
    let outcomes = KernelSelfCheck().run() + LayerSelfCheck().run()
    for outcome in outcomes {
      let verdict =
        outcome.planeCount == 0
        ? "not run: this processor lacks it"
        : outcome.firstDifference.map { "differs from portable: \($0)" }
          ?? "equal to portable on \(outcome.planeCount) planes"
      Standard.output("\(outcome.tier.rawValue)  \(outcome.kernel)  \(verdict)")
    }
    var isScanEqual = true
    for tier in KernelTier.allCases where tier.isSupported {
      let difference = try CoarseScanSelfCheck().firstDifference(on: tier)
      isScanEqual = isScanEqual && difference == nil
      let verdict =
        difference.map { "differs from libjpeg: \($0)" }
        ?? "equal to libjpeg on \(CoarseScanSelfCheck.pictureCount) pictures"
      Standard.output("\(tier.rawValue)  coarse_scan  \(verdict)")
    }
    guard outcomes.allSatisfy(\.passed), isScanEqual else {
      throw CommandFailure("a kernel or the coarse scan differs from its reference")
    }
  }
}
