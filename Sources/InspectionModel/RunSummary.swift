/// What a run was: versions, settings, sources and what it changed in the store.
package struct RunSummary: Sendable, Hashable, Codable {
  /// Version of the program that made the findings.
  package var programVersion: String
  /// Name of the pipeline definition, without a path.
  package var pipelineName: String
  /// Hex digits over everything in the settings that can change a result.
  package var settingsHash: String
  /// The time at which cases were established (`--now`).
  package var establishedAt: Timestamp
  /// Sorted by kind and name of the source.
  package var sources: [SourceCoverage]
  package var analysers: [Analyser]
  /// What the run added to the store; `nil` for a plain export.
  package var changes: Changes?
  /// Clock readings, the only part that differs between two equal runs; `nil` where output must be repeatable.
  package var timing: Timing?
  /// Notices that the used tables ask for, each a plain sentence.
  package var attributions: [String]

  package init(
    programVersion: String, pipelineName: String, settingsHash: String, establishedAt: Timestamp,
    sources: [SourceCoverage], analysers: [Analyser], changes: Changes? = nil, timing: Timing? = nil,
    attributions: [String] = []
  ) {
    self.programVersion = programVersion
    self.pipelineName = pipelineName
    self.settingsHash = settingsHash
    self.establishedAt = establishedAt
    self.sources = sources
    self.analysers = analysers
    self.changes = changes
    self.timing = timing
    self.attributions = attributions
  }

  /// A procedure that took part and the scores from which a hazard counts as seen.
  package struct Analyser: Sendable, Hashable, Codable {
    package var procedure: AnalysisProcedure
    /// One per hazard that it can see, sorted by hazard.
    package var thresholds: [Threshold]

    package init(procedure: AnalysisProcedure, thresholds: [Threshold]) {
      self.procedure = procedure
      self.thresholds = thresholds
    }
  }

  /// The score from which a hazard counts as seen.
  package struct Threshold: Sendable, Hashable, Codable {
    package var hazard: HazardKind
    package var score: HazardScore

    package init(hazard: HazardKind, score: HazardScore) {
      self.hazard = hazard
      self.score = score
    }
  }

  /// Rows that a run added to the store; a second run over the same input adds none.
  package struct Changes: Sendable, Hashable, Codable {
    package var observationsAdded: Int
    package var incidentsAdded: Int
    package var incidentsUpdated: Int
    package var workOrdersAdded: Int

    package init(
      observationsAdded: Int, incidentsAdded: Int, incidentsUpdated: Int, workOrdersAdded: Int
    ) {
      self.observationsAdded = observationsAdded
      self.incidentsAdded = incidentsAdded
      self.incidentsUpdated = incidentsUpdated
      self.workOrdersAdded = workOrdersAdded
    }
  }

  /// When the run took place on the machine's clock, and on what.
  package struct Timing: Sendable, Hashable, Codable {
    package var startedAt: Timestamp
    package var elapsedSeconds: Double
    package var workers: Int
    package var kernelTier: String

    package init(startedAt: Timestamp, elapsedSeconds: Double, workers: Int, kernelTier: String) {
      self.startedAt = startedAt
      self.elapsedSeconds = elapsedSeconds
      self.workers = workers
      self.kernelTier = kernelTier
    }
  }
}
