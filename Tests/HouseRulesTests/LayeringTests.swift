import Foundation
import TestSupport
import Testing

/// Imports point down only, never sideways inside a layer.
@Suite struct LayeringTests {
  /// The layers of the house, lowest first. A target that is not listed here may not exist below `Sources`.
  static let layers: [[String]] = [
    [
      "InspectionModel", "CPixelKernels", "CCoarseScan", "CLibJPEG", "CLibPNG", "CPipelineFiles",
      "CHazardNetwork",
    ],
    ["FrameMemory"],
    ["PixelKernels"],
    ["HazardAnalysis", "IncidentFusion", "WorkOrders", "Georeferencing", "FlightLogs", "ImageCodecs"],
    [
      "Ingest", "InspectionStore", "HazardReports", "InspectionSimulator", "NodeSimulator",
      "HotPathBenchmarks",
    ],
    ["InspectionPipeline"],
    ["GovernanceServer"],
    ["jinxun"],
  ]

  static let layerOf: [String: Int] = Dictionary(
    uniqueKeysWithValues: layers.enumerated().flatMap { layer, names in names.map { ($0, layer) } })

  static func imports(of file: SourceFile) -> [(number: Int, module: String)] {
    file.codeLines.compactMap { number, code in
      guard
        let match = code.firstMatch(
          of:
            /^(?:@\w+ )*(?:(?:package|internal|public|private|fileprivate) )?import (?:struct |class |enum |func )?(\w+)/
        )
      else { return nil }
      return (number, String(match.1))
    }
  }

  @Test func everySourceFolderHasALayer() {
    let unknown = Set(SourceTree.files.filter { !$0.isTest }.map(\.target)).subtracting(Self.layerOf.keys)
    #expect(unknown.isEmpty, "targets without a layer: \(unknown.sorted())")
  }

  @Test func importsPointDownOnly() {
    for file in SourceTree.files where !file.isTest {
      guard let own = Self.layerOf[file.target] else { continue }
      for (number, module) in Self.imports(of: file) {
        guard let other = Self.layerOf[module] else { continue }
        #expect(other < own, "\(file.path):\(number): \(file.target) may not import \(module)")
      }
    }
  }

  /// What the pure layers may import from outside the house.
  static let pureImports: Set<String> = ["Glibc", "Foundation", "FoundationEssentials", "Synchronization"]

  @Test func pureLayersTouchNoFileSocketClockOrLog() {
    let banned = [
      "FileManager", "FileHandle", "URLSession", "Data(contentsOf", "contentsOfFile", "Date()", "Logger(",
      "ContinuousClock", "SuspendingClock", "fopen(", "socket(", " async ", "await ",
    ]
    for file in SourceTree.files where !file.isTest && (Self.layerOf[file.target] ?? 9) <= 3 {
      for (number, module) in Self.imports(of: file) where Self.layerOf[module] == nil {
        #expect(Self.pureImports.contains(module), "\(file.path):\(number): a pure layer imports \(module)")
      }
      for (number, code) in file.codeLines {
        for word in banned where code.contains(word) {
          Issue.record("\(file.path):\(number): '\(word)' in a pure layer")
        }
      }
    }
  }

  @Test func theManifestNamesEveryTargetOfTheHouse() {
    for target in Set(SourceTree.files.filter { !$0.isTest }.map(\.target)) {
      #expect(SourceTree.manifest.contains("\"\(target)\""), "Package.swift does not name \(target)")
    }
  }

  @Test func theModuleTableOfTheReadmeIsTheHouse() {
    let rows = SourceTree.readme.matches(of: /(?m)^\| (\d) \| `(\w+)` \|/)
    let table = Dictionary(rows.map { (String($0.2), Int($0.1)!) }, uniquingKeysWith: { first, _ in first })
    let built = Set(SourceTree.files.filter { !$0.isTest }.map(\.target)).union([
      "CPixelKernels", "CCoarseScan", "CLibJPEG", "CLibPNG", "CPipelineFiles", "CHazardNetwork",
    ])
    #expect(Set(table.keys) == built, "README's module table and the folders of Sources differ")
    for (name, layer) in table { #expect(Self.layerOf[name] == layer, "README gives \(name) layer \(layer)") }
  }
}
