internal import ArgumentParser
internal import Foundation
internal import HazardAnalysis
internal import InspectionModel
internal import InspectionPipeline

/// `jinxun score`: what single pictures show.
struct Score: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Scores the hazards in single pictures, one line of JSON each.",
    discussion: """
      Pictures are JPEG or PNG, looked at one by one: no history, no place. Scores are 0…1 for each hazard, regions \
      are boxes of the picture's width and height from its upper left corner.

      Example: jinxun score --list pictures.txt --root photos --heatmaps maps

      Exit code: 0 done; 1 done, but some pictures could not be read; 2 nothing could be read.
      """)

  @Option(help: ArgumentHelp("Names of pictures, one a line, relative to the root.", valueName: "file"))
  var list: String

  @Option(help: ArgumentHelp("Folder that the list is about.", valueName: "dir"))
  var root: String

  @Option(
    name: .customLong("heatmaps"),
    help: ArgumentHelp("Folder for grey maps NAME.HAZARD.png; 128 is the threshold.", valueName: "dir"))
  var heatMaps: String?

  @Option(help: ArgumentHelp("Folder for pictures NAME.jpg with boxes and heat drawn in.", valueName: "dir"))
  var explain: String?

  @Option(help: "Pictures in work at once; default: one per processor. Results do not depend on it.")
  var workers: Int?

  func validate() throws {
    if let workers, !(1...256).contains(workers) {
      throw ValidationError("--workers: expected 1 to 256, found \(workers)")
    }
  }

  func run() async throws {
    try await reportingFailures {
      let list = try readList()
      let scorer = PictureScorer(
        analyzer: NetworkAnalyzer(tier: try chosenTier()), root: try rootFolder(),
        extras: PictureScorer.Extras(
          heatMaps: try folder(heatMaps, "--heatmaps"), explanations: try folder(explain, "--explain")))
      let workers = workers ?? min(256, ProcessInfo.processInfo.activeProcessorCount)
      let (counts, signal) = try await untilSignal {
        var counts = Counts()
        _ = try await scorer.score(list, workers: workers) { counts.tell($0) }
        return counts
      }
      if let signal { throw ExitCode(signal.exitCode) }
      if counts.read == 0 { throw CommandFailure("none of the \(counts.refused) pictures could be read") }
      if counts.refused + counts.faulty > 0 {
        Standard.error("\(counts.refused) pictures could not be read, \(counts.faulty) have faults")
        throw ExitCode(1)
      }
    }
  }

  /// What became of the pictures so far.
  private struct Counts: Sendable {
    var read = 0
    var refused = 0
    var faulty = 0

    /// Writes an answer to stdout and what was wrong to stderr.
    mutating func tell(_ score: PictureScore) {
      Standard.output(score.line)
      switch score.result {
      case .success: read += 1
      case .failure(let refusal):
        refused += 1
        Standard.error("\(score.name): \(refusal.message)")
      }
      for fault in score.faults { Standard.error(fault.description) }
      if !score.faults.isEmpty { faulty += 1 }
    }
  }

  private func readList() throws -> PictureList {
    do {
      let list = PictureList(try String(contentsOfFile: list, encoding: .utf8))
      if list.entries.isEmpty { throw CommandFailure("--list \(self.list): names no picture") }
      return list
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw CommandFailure("--list \(list): cannot read it: \((error as NSError).localizedDescription)")
    }
  }

  private func rootFolder() throws -> URL {
    let url = URL(filePath: root, directoryHint: .isDirectory)
    guard (try? url.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == true else {
      throw CommandFailure("--root \(root): there is no such folder")
    }
    return url
  }

  private func folder(_ path: String?, _ option: String) throws -> URL? {
    guard let path else { return nil }
    let url = URL(filePath: path, directoryHint: .isDirectory)
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      throw CommandFailure(
        "\(option) \(path): cannot make the folder: \((error as NSError).localizedDescription)")
    }
    return url
  }
}
