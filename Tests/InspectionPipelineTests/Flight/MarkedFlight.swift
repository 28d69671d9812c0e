import Foundation
import FrameMemory
import HazardAnalysis
import ImageCodecs
import InspectionModel
import InspectionPipeline
import TestSupport
import Testing

/// Small pictures with drawn markers, as a fixed camera's folder: what the pipeline does behind the analysis.
struct MarkedFlight {
  let folder: URL

  /// Makes an empty folder.
  init(_ folder: URL) throws {
    self.folder = folder
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// Encoded picture of 128 x 96 pixels, grey noise that depends on `seed`, with an area of 48 x 48 pixels in each
  /// hazard's colour.
  static func picture(_ hazards: [HazardKind], seed: UInt64) throws -> [UInt8] {
    var generator = SeededGenerator(seed: seed)
    let format = FrameFormat(widthPixels: 128, heightPixels: 96, chroma: .ycbcr444)
    guard var writer = FramePool(slabCount: 1, slabBytes: format.byteCount).makeWriter(format) else {
      preconditionFailure("a fresh pool has a slab")
    }
    let markers = FixedTestAnalyzer.markers.filter { hazards.contains($0.hazard) }
    func marker(_ x: Int, _ y: Int) -> FixedTestAnalyzer.Marker? {
      guard (16..<64).contains(y) else { return nil }
      return markers.enumerated().first { (8 + $0.offset * 56..<56 + $0.offset * 56).contains(x) }?.element
    }
    let noise = (0..<128 * 96).map { _ in UInt8.random(in: 90...150, using: &generator) }
    writer.fill(.luma) { x, y in marker(x, y) == nil ? noise[y * 128 + x] : 128 }
    writer.fill(.chromaBlue) { x, y in marker(x, y).map { Self.chroma($0).blue } ?? 128 }
    writer.fill(.chromaRed) { x, y in marker(x, y).map { Self.chroma($0).red } ?? 128 }
    return try ImageEncoder(quality: 90).jpeg(writer.seal())
  }

  /// Full-range BT.601, as the analyser expects.
  private static func chroma(_ marker: FixedTestAnalyzer.Marker) -> (blue: UInt8, red: UInt8) {
    let (red, green, blue) = (Double(marker.red), Double(marker.green), Double(marker.blue))
    let cb = 128 - 0.168736 * red - 0.331264 * green + 0.5 * blue
    let cr = 128 + 0.5 * red - 0.418688 * green - 0.081312 * blue
    return (UInt8(min(max(cb, 0), 255).rounded()), UInt8(min(max(cr, 0), 255).rounded()))
  }

  func add(_ name: String, _ bytes: [UInt8]) throws {
    try Data(bytes).write(to: folder.appending(path: name))
  }

  /// Adds numbered pictures, all with these hazards.
  func addPictures(_ range: Range<Int>, _ hazards: [HazardKind]) throws {
    for number in range {
      try add("frame_\(number).jpg", Self.picture(hazards, seed: UInt64(number)))
    }
  }

  /// The pipeline of the tests: built-in files, with the analyser of the markers.
  static func pipeline() throws -> ValidatedPipeline {
    let text = try #require(try BuiltInPipelines.source("recorded-flight.yaml")).text
      .replacing(/analyser: \w+/, with: "analyser: markers")
    let governance = try #require(try BuiltInPipelines.source("governance/jiangjin.yaml"))
    return ValidatedPipeline(
      definition: try PipelineDefinition(DefinitionSource(name: "test.yaml", text: text)),
      governanceFile: try GovernanceFile(governance))
  }
}
