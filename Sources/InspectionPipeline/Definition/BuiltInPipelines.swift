import CPipelineFiles

/// The files of `Pipelines/` as they were when the program was built.
package enum BuiltInPipelines {
  /// Paths below `Pipelines/`, in the order of the embedded files.
  package static let names = [
    "recorded-flight.yaml", "governance/jiangjin.yaml", "live-network.yaml", "nodes/jiangjin-68.yaml",
  ]

  /// An embedded file, named `built-in:<path>`; `nil` where there is none of that path.
  ///
  /// - Throws: where the embedded bytes are too many or no UTF-8, which a test excludes.
  package static func source(_ path: String) throws(DefinitionError) -> DefinitionSource? {
    guard let index = names.firstIndex(of: path) else { return nil }
    let bytes = (0..<jinxun_pipeline_file_size(index)).map { jinxun_pipeline_file_byte(index, $0) }
    return try DefinitionSource(name: "built-in:\(path)", bytes: bytes)
  }
}
