package import ImageCodecs
package import InspectionModel

/// A pipeline file as it stands: what to do with recorded flights, and which governance file to use.
package struct PipelineDefinition: Sendable, Hashable {
  /// How many pictures are worked on at the same time.
  package enum Workers: Sendable, Hashable {
    /// One for each core of the machine.
    case cores
    case count(Int)
  }

  /// What looks at the pictures.
  package enum Analyser: String, Sendable, Hashable, CaseIterable {
    /// A trained convolutional network.
    case network
    /// Colour and texture of tiles through a small fitted model.
    case tiles
    /// Finds the pure colours that the simulator draws: for tests of everything behind the analysis.
    case markers
  }

  /// When faults make a finished run a failed one (exit code 1).
  package struct FaultLimit: Sendable, Hashable {
    package var count: Int
    /// 0…1 of the frames.
    package var shareOfFrames: Double

    /// Whether there are more faults than both the count and the share allow.
    package func isExceeded(faults: Int, frames: Int) -> Bool {
      faults > count && Double(faults) > shareOfFrames * Double(frames)
    }
  }

  /// How evidence pictures are written.
  package struct Evidence: Sendable, Hashable {
    /// 1…100.
    package var jpegQuality: Int
    package var maximumSidePixels: Int
  }

  package let source: DefinitionSource
  /// Path of the governance file, relative to this one.
  package let governancePath: String
  package let workers: Workers
  package let analyser: Analyser
  /// Thresholds that the file sets; a kind that is absent uses the one its analyser was fitted with.
  package let thresholds: [HazardKind: HazardScore]
  package let decodeLimits: DecodeLimits
  /// Seconds from one picture to the next where nothing tells the time.
  package let nominalPeriodSeconds: Double
  package let faultLimit: FaultLimit
  package let evidence: Evidence

  /// Reads a pipeline file.
  ///
  /// - Throws: at the first value that is missing, unknown or of a wrong type.
  package init(_ source: DefinitionSource) throws(DefinitionError) {
    let top = try DefinitionNode(source).mapping([
      "governance", "workers", "analysis", "decode", "nominalPeriodSeconds", "faultLimit", "evidence",
    ])
    self.source = source
    governancePath = try top.required("governance").text()
    workers = try top.required("workers").value("'cores' or a whole number from 1 to 256") { text in
      text == "cores" ? .cores : Int(text).flatMap { (1...256).contains($0) ? .count($0) : nil }
    }
    (analyser, thresholds) = try Self.analysis(top.required("analysis"))
    decodeLimits = try Self.decodeLimits(top.required("decode"))
    nominalPeriodSeconds = try top.required("nominalPeriodSeconds").number(in: 0.001...86_400)
    let faults = try top.required("faultLimit").mapping(["count", "shareOfFrames"])
    faultLimit = FaultLimit(
      count: try faults.required("count").integer(in: 0...1_000_000_000),
      shareOfFrames: try faults.required("shareOfFrames").number(in: 0...1))
    evidence = try Self.evidence(top.required("evidence"))
  }

  static func analysis(
    _ node: DefinitionNode
  ) throws(DefinitionError) -> (Analyser, [HazardKind: HazardScore]) {
    let analysis = try node.mapping(["analyser", "thresholds"])
    let words = Analyser.allCases.map { "'\($0.rawValue)'" }.joined(separator: " or ")
    return (
      try analysis.required("analyser").value(words) { Analyser(rawValue: $0) },
      try Self.thresholds(analysis)
    )
  }

  static func evidence(_ node: DefinitionNode) throws(DefinitionError) -> Evidence {
    let evidence = try node.mapping(["jpegQuality", "maximumSidePixels"])
    return Evidence(
      jpegQuality: try evidence.required("jpegQuality").integer(in: 1...100),
      maximumSidePixels: try evidence.required("maximumSidePixels").integer(in: 64...20_000))
  }

  private static func thresholds(
    _ analysis: DefinitionMapping
  ) throws(DefinitionError) -> [HazardKind: HazardScore] {
    let entry = try analysis.required("thresholds").mapping(HazardKind.allCases.map(\.rawValue))
    var thresholds: [HazardKind: HazardScore] = [:]
    for kind in HazardKind.allCases {
      // A list of no or one value: none for the fitted threshold.
      let value = try entry.required(kind.rawValue).value("'fitted' or a number from 0 to 1") { text in
        text == "fitted" ? [] : DefinitionNode.decimal(text).flatMap { (0...1).contains($0) ? [$0] : nil }
      }
      thresholds[kind] = value.first.map { HazardScore(fraction: $0) }
    }
    return thresholds
  }

  static func decodeLimits(_ node: DefinitionNode) throws(DefinitionError) -> DecodeLimits {
    let entry = try node.mapping([
      "maximumMebibytes", "maximumMegapixels", "maximumSidePixels", "maximumScans", "maximumBlockVisits",
      "maximumWorkingMebibytes",
    ])
    return DecodeLimits(
      maximumBytes: try entry.required("maximumMebibytes").integer(in: 1...2047) << 20,
      maximumPixels: try entry.required("maximumMegapixels").integer(in: 1...1000) * 1_000_000,
      maximumSidePixels: try entry.required("maximumSidePixels").integer(in: 16...65_535),
      maximumScans: try entry.required("maximumScans").integer(in: 1...10_000),
      maximumBlockVisits: try entry.required("maximumBlockVisits").integer(in: 1...1_000_000_000),
      maximumWorkingBytes: try entry.required("maximumWorkingMebibytes").integer(in: 1...65_536) << 20)
  }
}
