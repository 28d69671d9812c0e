import Foundation
import FrameMemory
import InspectionSimulator
import TestSupport
import Testing

/// The named scenarios and their folders.
@Suite struct CameraScenarioTests {
  /// What a scenario has to show before its end, beside what is no hazard.
  private static let kinds: [CameraScenario: [SequenceEventKind]] = [
    .congestion: [.standingQueue], .fire: [.flames], .dumping: [.appearedObject], .ponding: [.ponding],
    .lampFailure: [.lampFailure], .freeze: [.freeze], .blur: [.blur], .cover: [.cover], .moved: [.moved],
  ]

  private static let hazardsAndFaults: Set<SequenceEventKind> = [
    .standingQueue, .appearedObject, .ponding, .flames, .lampFailure, .freeze, .blur, .cover, .moved,
  ]

  @Test(arguments: CameraScenario.allCases)
  func aScenarioBeginsAfterAQuarterAndShowsWhatItsNameSays(scenario: CameraScenario) {
    let frameCount = 400
    let sequence = SimulatedSequence(script: scenario.script(seed: 5, frameCount: frameCount))
    #expect(Set(sequence.script.events.map(\.name)).count == sequence.script.events.count)
    var seen: Set<SequenceEventKind> = []
    for index in 0..<frameCount {
      let sightings = sequence.truth(ofFrame: index).sightings.filter {
        Self.hazardsAndFaults.contains($0.kind)
      }
      if index < frameCount / 4 { #expect(sightings.isEmpty, "frame \(index)") }
      seen.formUnion(sightings.map(\.kind))
    }
    #expect(seen == Set(Self.kinds[scenario] ?? []))
  }

  @Test(arguments: CameraScenario.allCases, [(64, 64), (1280, 720)])
  func everyScenarioCanBeDrawnAtAnySize(scenario: CameraScenario, size: (width: Int, height: Int)) {
    let sequence = SimulatedSequence(
      script: scenario.script(
        seed: 5, widthPixels: size.width, heightPixels: size.height, frameIntervalMilliseconds: 10_000,
        frameCount: 16))
    let pool = FramePool(slabCount: 1, slabBytes: sequence.coarseFormat.byteCount)
    for index in [0, 4, 6, 10, 15] {
      let frame = sequence.coarseFrame(index, into: pool)
      #expect(frame?.format.widthPixels == size.width)
    }
  }

  @Test func aFolderHoldsPicturesAndTheirTruth() throws {
    let folder = try TemporaryFolder()
    let script = CameraScenario.fire.script(
      seed: 5, widthPixels: 96, heightPixels: 64, frameIntervalMilliseconds: 200, frameCount: 8)
    let sequence = SimulatedSequence(script: script)
    var written: [String] = []
    try sequence.write(frameCount: 8, to: folder.url) { written.append($0) }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    #expect(names == (1...8).map { "SIM_00000\($0).JPG" } + ["truth.json"] && names == written)

    let truth = try JSONDecoder().decode(
      SequenceTruth.self, from: Data(contentsOf: folder.url.appending(path: "truth.json")))
    #expect(truth == sequence.truth(frames: (0..<8).map { sequence.truth(ofFrame: $0) }))
    #expect(truth.events.first { $0.kind == .flames }?.firstFrame == 2)
    #expect(truth.frames.map(\.name) == Array(names.dropLast()))
    let pool = FramePool(slabCount: 1, slabBytes: 1 << 16)
    let picture = try [UInt8](Data(contentsOf: folder.url.appending(path: "SIM_000006.JPG")))
    #expect(try sequence.jpeg(5, into: pool) == picture)

    let error = #expect(throws: SimulationWritingError.self) {
      try sequence.write(frameCount: 1, to: folder.url)
    }
    guard case .folderNotEmpty = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
