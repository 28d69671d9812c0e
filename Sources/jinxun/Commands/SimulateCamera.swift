internal import ArgumentParser
internal import Foundation
internal import InspectionSimulator

/// `jinxun simulate camera`: draws what a fixed camera sees of a street while something happens there.
struct SimulateCamera: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "camera",
    abstract: "Draws a fixed camera's pictures of a street, and truth.json.",
    discussion: """
      The scenario spreads over the pictures that are asked for; what it is named after begins after a quarter of \
      them. truth.json tells for each picture what is on, since when and where. The same options give the same bytes.

      Examples:
        jinxun simulate camera --scenario fire --out fire
        jinxun simulate camera --scenario ponding --out ponding --fps 0.1 --frames 360
      """)

  @Option(help: ArgumentHelp("What happens.", valueName: "name"))
  var scenario: CameraScenario

  @Option(help: ArgumentHelp("Folder to write into; has to be new or empty.", valueName: "dir"))
  var out: String

  @Option(help: "Number of pictures.")
  var frames = 250

  @Option(help: "Width of the pictures, pixels.")
  var width = 640

  @Option(help: "Height of the pictures, pixels.")
  var height = 360

  @Option(help: "Pictures a second; below 1 for a slow camera.")
  var fps = 25.0

  @Option(help: "Chooses street, cars, noise.")
  var seed: UInt64 = 1

  @Option(help: "JPEG quality, 1 to 100.")
  var quality = 80

  @Option(help: "Noise of a pixel, one sigma, levels; default 2, at night 3.")
  var noise: Double?

  func validate() throws {
    func require<Value: Comparable>(_ name: String, _ value: Value, _ range: ClosedRange<Value>) throws {
      guard range.contains(value) else {
        throw ValidationError(
          "\(name): expected \(range.lowerBound) to \(range.upperBound), found \(value)")
      }
    }
    try require("frames", frames, 1...100_000)
    try require("width", width, 64...4096)
    try require("height", height, 64...4096)
    try require("fps", fps, 0.001...100)
    try require("quality", quality, 1...100)
    try require("noise", noise ?? 0, 0...50)
  }

  func run() throws {
    var script = scenario.script(
      seed: seed, widthPixels: width, heightPixels: height,
      frameIntervalMilliseconds: Int((1000 / fps).rounded()), frameCount: frames)
    script.quality = quality
    if let noise { script.noiseSigmaHundredths = Int((noise * 100).rounded()) }
    var count = 0
    do throws(SimulationWritingError) {
      try SimulatedSequence(script: script).write(
        frameCount: frames, to: URL(filePath: out, directoryHint: .isDirectory)
      ) { _ in count += 1 }
      Standard.error("\(out): wrote \(count) files")
    } catch {
      Standard.error("jinxun: \(error.message)")
      throw ExitCode(2)
    }
  }
}

extension CameraScenario: ExpressibleByArgument {}
