package import Foundation
package import IncidentFusion
package import WorkOrders

/// A pipeline that can run: its definition together with the governance file it refers to, both checked.
package struct ValidatedPipeline: Sendable, Hashable {
  package let definition: PipelineDefinition
  package let governanceFile: GovernanceFile

  package init(definition: PipelineDefinition, governanceFile: GovernanceFile) {
    self.definition = definition
    self.governanceFile = governanceFile
  }

  /// The same pipeline with another governance file.
  package func replacingGovernance(file: URL) throws(DefinitionError) -> ValidatedPipeline {
    ValidatedPipeline(
      definition: definition, governanceFile: try GovernanceFile(DefinitionSource(file: file)))
  }

  package var governance: Governance { governanceFile.governance }
  package var fusionRules: FusionRules { governanceFile.fusionRules }

  /// The files that the settings came from, pipeline first: a run records their hashes.
  package var sources: [DefinitionSource] { [definition.source, governanceFile.source] }
}
