internal import ArgumentParser
internal import Foundation
internal import InspectionModel
internal import InspectionPipeline

/// `jinxun watch`: a fixed camera's pictures at the coarse level.
struct Watch: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Looks at a fixed camera's JPEG files at the coarse level and tells what begins and ends.",
    discussion: """
      Pictures are taken in the natural order of their names and are not decoded: one sample for each 8x8 block and \
      its texture are enough for motion, flames' flicker, slow change, congestion, lamps, and for a camera that is \
      frozen, dark, covered, blurred or moved. One line of JSON on stdout for each event; with --frames one for each \
      picture too. Boxes are fractions of width and height from the upper left corner: x, y, width, height.

      Example: jinxun watch camera-07 --fps 10 --start 2026-11-24T08:00:00+08:00

      Exit code: 0 done; 1 done, but some pictures could not be read whole; 2 nothing could be read.
      """)

  @Argument(help: ArgumentHelp("Folder of JPEG files of one camera.", valueName: "dir"))
  var folder: String

  @Option(help: "Pictures a second.")
  var fps = 25.0

  @Option(
    help: ArgumentHelp(
      "When the first picture was taken, for example 2026-11-24T08:00:00+08:00; default: 1970-01-01.",
      valueName: "time"))
  var start: String?

  @Flag(help: "Also one line for each picture.")
  var frames = false

  func validate() throws {
    guard fps >= 0.001, fps <= 1000 else {
      throw ValidationError("--fps: expected 0.001 to 1000, found \(fps)")
    }
  }

  func run() async throws {
    try await reportingFailures {
      let start = try instant(start, option: "--start", zone: .shanghai) ?? Timestamp(milliseconds: 0)
      let watch = CameraWatch(start: start, framesPerSecond: fps, tier: try chosenTier())
      let folder = URL(filePath: folder, directoryHint: .isDirectory), frames = frames
      let counts = try await WorkerThreads(name: "watch").run {
        Result { () throws -> Counts in
          var counts = Counts()
          try watch.look(at: folder) { counts.tell($0, frames: frames) }
          return counts
        }
      }.get()
      if counts.read == 0 { throw CommandFailure("none of the \(counts.refused) pictures could be read") }
      Standard.error(
        "\(counts.read) pictures, \(counts.events) events, \(counts.refused + counts.faulty) faulty")
      if counts.refused + counts.faulty > 0 { throw ExitCode(1) }
    }
  }

  /// What became of the pictures so far.
  private struct Counts: Sendable {
    var read = 0
    var refused = 0
    var faulty = 0
    var events = 0

    /// Writes what a picture brought to stdout and what was wrong to stderr.
    mutating func tell(_ look: CameraWatch.Look, frames: Bool) {
      let lines = look.eventLines
      for line in lines { Standard.output(line) }
      if frames { Standard.output(look.frameLine) }
      events += lines.count
      if look.findings == nil { refused += 1 } else { read += 1 }
      if let fault = look.fault {
        Standard.error(fault.description)
        if look.findings != nil { faulty += 1 }
      }
    }
  }
}
