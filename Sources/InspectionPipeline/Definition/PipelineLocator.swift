package import Foundation

/// Finds pipeline files: the one that a person names, else in `$JINXUN_PIPELINES`, beside the program, built in.
package struct PipelineLocator: Sendable {
  /// The pipeline that runs where none is named.
  package static let defaultName = "recorded-flight.yaml"
  /// The live pipeline that runs where none is named.
  package static let defaultLiveName = "live-network.yaml"
  package static let environmentName = "JINXUN_PIPELINES"

  private let named: URL?
  private let environmentFolder: URL?
  private let programFolder: URL?

  /// - Parameters:
  ///   - named: what a person gave with `--pipeline`.
  ///   - environment: the program's environment.
  ///   - programFolder: where the program lies; its `Pipelines` folder is looked into.
  package init(named: String?, environment: [String: String], programFolder: URL?) {
    self.named = named.map { URL(filePath: $0) }
    environmentFolder = environment[Self.environmentName].flatMap {
      $0.isEmpty ? nil : URL(filePath: $0, directoryHint: .isDirectory)
    }
    self.programFolder = programFolder?.appending(path: "Pipelines", directoryHint: .isDirectory)
  }

  /// Reads and checks the pipeline and its governance file.
  ///
  /// The governance file is looked for beside the pipeline file first, then where every file is looked for.
  ///
  /// - Throws: where a file is missing, unreadable or wrong. A file that exists and cannot be used is never passed
  ///   over for another one.
  package func load() throws(DefinitionError) -> ValidatedPipeline {
    try checkEnvironmentFolder()
    let definition: PipelineDefinition
    if let named {
      definition = try PipelineDefinition(DefinitionSource(file: named))
    } else {
      definition = try PipelineDefinition(find(Self.defaultName, beside: nil, askedBy: nil))
    }
    let folder = named?.deletingLastPathComponent()
    let governance = try find(definition.governancePath, beside: folder, askedBy: definition.source.name)
    return ValidatedPipeline(definition: definition, governanceFile: try GovernanceFile(governance))
  }

  /// Whether the named file is a live pipeline: it names nodes, which a recorded one never does.
  package func namesLivePipeline() throws(DefinitionError) -> Bool {
    guard let named else { return false }
    return try DefinitionNode(DefinitionSource(file: named)).hasKey("nodes")
  }

  /// Reads and checks a live pipeline, its node file and its governance file, found as `load` finds them.
  ///
  /// - Throws: as `load` does.
  package func loadLive() throws(DefinitionError) -> ValidatedLivePipeline {
    try checkEnvironmentFolder()
    let folder = named?.deletingLastPathComponent()
    let source =
      if let named { try DefinitionSource(file: named) } else {
        try find(Self.defaultLiveName, beside: nil, askedBy: nil)
      }
    let definition = try LiveDefinition(source) { path throws(DefinitionError) in
      try find(path, beside: folder, askedBy: source.name)
    }
    let governance = try find(definition.governancePath, beside: folder, askedBy: source.name)
    return ValidatedLivePipeline(definition: definition, governanceFile: try GovernanceFile(governance))
  }

  private func find(
    _ path: String, beside folder: URL?, askedBy source: String?
  ) throws(DefinitionError) -> DefinitionSource {
    if path.hasPrefix("/") { return try DefinitionSource(file: URL(filePath: path)) }
    let folders = [folder, environmentFolder, programFolder].compactMap { $0 }
    for folder in folders {
      let file = folder.appending(path: path)
      if FileManager.default.fileExists(atPath: file.path) { return try DefinitionSource(file: file) }
    }
    if let source = try BuiltInPipelines.source(path) { return source }
    let places = folders.map(\.path) + ["the built-in files"]
    throw DefinitionError(
      file: source ?? path, line: nil,
      message: "expected the file '\(path)' in \(places.joined(separator: ", ")), found none")
  }

  private func checkEnvironmentFolder() throws(DefinitionError) {
    guard let environmentFolder else { return }
    // Only a folder has an entry for itself.
    let isFolder = FileManager.default.fileExists(atPath: environmentFolder.appending(path: ".").path)
    guard isFolder else {
      throw DefinitionError(
        file: environmentFolder.path, line: nil,
        message: "expected the folder that $\(Self.environmentName) names, found none")
    }
  }
}
