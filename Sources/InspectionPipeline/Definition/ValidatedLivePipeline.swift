package import IncidentFusion
package import WorkOrders

/// A live pipeline that can run: its definition, its nodes and the governance file it refers to, all checked.
package struct ValidatedLivePipeline: Sendable, Hashable {
  package let definition: LiveDefinition
  package let governanceFile: GovernanceFile

  package init(definition: LiveDefinition, governanceFile: GovernanceFile) {
    self.definition = definition
    self.governanceFile = governanceFile
  }

  package var governance: Governance { governanceFile.governance }
  package var fusionRules: FusionRules { governanceFile.fusionRules }

  /// The files that the settings came from, pipeline first.
  package var sources: [DefinitionSource] {
    [definition.source, definition.nodesSource, governanceFile.source]
  }
}
