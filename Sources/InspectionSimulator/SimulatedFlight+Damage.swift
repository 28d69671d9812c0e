/// What is broken on purpose: at fixed places, so that a test knows what to expect.
extension SimulatedFlight {
  private static let truncatedFrame = 1
  private static let frameWithoutAttitude = 3
  private static let mislabelledName = "SIM_9001.JPG"
  private static let emptyName = "SIM_9002.JPG"

  func isTruncated(_ index: Int) -> Bool {
    plan.damages.contains(.truncatedFrame) && index == Self.truncatedFrame
  }

  func lacksAttitude(_ index: Int) -> Bool {
    plan.damages.contains(.missingAttitude) && index == Self.frameWithoutAttitude
  }

  func isTurned(_ index: Int) -> Bool {
    plan.damages.contains(.turnedPictures) && index >= plan.frameCount - max(1, plan.frameCount / 3)
  }

  /// Files that only look like parts of a flight.
  var brokenFiles: [File] {
    var files: [File] = []
    if plan.damages.contains(.mislabelledFile) {
      files.append(File(name: Self.mislabelledName, bytes: Array("This file is text and no picture.\n".utf8)))
    }
    if plan.damages.contains(.emptyFile) { files.append(File(name: Self.emptyName, bytes: [])) }
    return files
  }

  /// What was broken and where, in the order of pictures, further files, log.
  var damageTruth: [FlightTruth.Damage] {
    var damages: [FlightTruth.Damage] = []
    func add(_ file: String, _ kind: FlightDamage, line: Int? = nil) {
      damages.append(FlightTruth.Damage(file: file, kind: kind.rawValue, line: line))
    }
    for index in 0..<plan.frameCount {
      if isTruncated(index) { add(fileName(ofFrame: index), .truncatedFrame) }
      if lacksAttitude(index) { add(fileName(ofFrame: index), .missingAttitude) }
      if isTurned(index) { add(fileName(ofFrame: index), .turnedPictures) }
    }
    if plan.damages.contains(.mislabelledFile) { add(Self.mislabelledName, .mislabelledFile) }
    if plan.damages.contains(.emptyFile) { add(Self.emptyName, .emptyFile) }
    if plan.damages.contains(.brokenSidecar) {
      for line in brokenLogLines { add(sidecarName, .brokenSidecar, line: line) }
    }
    return damages
  }

  // MARK: - Log

  /// Where the broken records of the log begin: two mutated ones and the last one, which is cut.
  private var brokenLogLines: [Int] {
    plan.sidecar == .srt
      ? Self.brokenSubtitleLines + [(records(SubtitleWriter.periodMilliseconds).count - 1) * 6 + 1]
      : Self.brokenRowLines + [records(AirdataWriter.periodMilliseconds).count + 1]
  }

  /// A subtitle has six lines with its blank one; the fifth and the tenth subtitle are broken.
  private static let brokenSubtitleLines = [4 * 6 + 1, 9 * 6 + 1]
  /// The fourth and the ninth row below the header.
  private static let brokenRowLines = [5, 10]

  /// A log with two mutated records; its last one is cut in the middle.
  func damaged(_ log: String) -> String {
    var lines = log.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if plan.sidecar == .srt {
      let (first, second) = (Self.brokenSubtitleLines[0] - 1, Self.brokenSubtitleLines[1] - 1)
      lines[first + 4] = "[latitude: 929.276000] [longitude: 106.232000] </font>"
      for index in second + 1...second + 4 { lines[index] = "@@\(index)@@" }
    } else {
      let (first, second) = (Self.brokenRowLines[0] - 1, Self.brokenRowLines[1] - 1)
      lines[first] = "n/a" + lines[first].drop { $0 != "," }
      lines[second] = lines[second].split(separator: ",").prefix(5).joined(separator: ",")
    }
    return String(lines.joined(separator: "\n").dropLast(45))
  }
}
