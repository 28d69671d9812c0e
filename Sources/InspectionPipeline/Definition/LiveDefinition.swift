package import ImageCodecs
package import Ingest
package import InspectionModel

/// How live sources are treated: one file of `Pipelines/` and its node file, read and checked.
package struct LiveDefinition: Sendable, Hashable {
  /// How much is looked at closely.
  package struct Attention: Sendable, Hashable {
    /// Full looks (decoded in full and scored) a second at most, over all nodes.
    package var fullLooksPerSecond: Double
    /// Every live node gets a full look at least so often, before anything suspicious does.
    package var fullLookEverySeconds: Double
    /// A node's full looks are at least so far apart, so that one busy street does not use up the budget.
    package var fullLookApartSeconds: Double
    /// First looks of the small network at a node's coarse planes.
    package var firstLookEverySeconds: Double
  }

  /// When a node's state changes, beyond the fixed limits of stale and offline.
  package struct Health: Sendable, Hashable {
    package var verdictSeconds: Double
    package var recoverySeconds: Double
    package var alarmSeconds: Double
  }

  /// Where health and metrics are served.
  package struct Operations: Sendable, Hashable {
    /// An address of this machine.
    package var host: String
    /// 0 for any free one.
    package var port: Int
  }

  /// How long things are kept.
  package struct Retention: Sendable, Hashable {
    /// Evidence of closed cases.
    package var evidenceDays: Int
    /// Below so much free space evidence of closed cases goes first, then new evidence stops.
    package var freeFloorMebibytes: Int
    /// Changes of nodes' states and coverage.
    package var nodeHistoryDays: Int
  }

  package let source: DefinitionSource
  package let nodesSource: DefinitionSource
  /// Path of the governance file, relative to this one.
  package let governancePath: String
  package let analyser: PipelineDefinition.Analyser
  package let thresholds: [HazardKind: HazardScore]
  package let attention: Attention
  package let decodeLimits: DecodeLimits
  package let evidence: PipelineDefinition.Evidence
  package let health: Health
  package let addressPolicy: AddressPolicy
  package let sourceLimits: SourceLimits
  package let inletLimits: InletLimits
  /// `nil` where nothing is taken in over HTTP.
  package let server: InletServerSettings?
  /// Where health and metrics are served; `nil` where they are not.
  package let operations: Operations?
  package let retention: Retention
  /// Durable observations and reports that wait at most; beyond it reports are told 503.
  package let maximumQueuedObservations: Int
  /// Every node, disabled ones too.
  package let nodes: [LiveNode]

  /// The rules of one node's life.
  package func lifeRules(_ node: LiveNode) -> NodeLifeRules {
    NodeLifeRules(
      periodSeconds: node.periodSeconds, verdictSeconds: health.verdictSeconds,
      recoverySeconds: health.recoverySeconds, alarmSeconds: health.alarmSeconds)
  }
}
