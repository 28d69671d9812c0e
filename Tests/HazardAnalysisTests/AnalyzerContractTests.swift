import FrameMemory
import HazardAnalysis
import ImageCodecs
import InspectionModel
import PixelKernels
import TestSupport
import Testing

/// What every analyser behind the seam owes its callers, on every kind of frame.
@Suite struct AnalyzerContractTests {
  static let analyzers: [any HazardAnalyzer] = [TileAnalyzer(), NetworkAnalyzer(), FixedTestAnalyzer()]
  static let layouts: [ChromaLayout] = [
    .grey, .ycbcr420, .ycbcr422, .ycbcr444, .ycbcr(horizontal: 1, vertical: 2),
    .ycbcr(horizontal: 4, vertical: 1), .ycbcr(horizontal: 4, vertical: 2),
  ]
  static let sizes = [
    (1, 1), (1, 9), (7, 1), (8, 8), (15, 17), (16, 16), (33, 31), (3, 400), (700, 2), (160, 120), (183, 120),
    (319, 201), (320, 100), (321, 241), (480, 200), (641, 97), (97, 1290),
  ]

  /// Every size with some layout, every layout with some size.
  static let frames: [(name: String, frame: Frame)] = sizes.enumerated().map { index, size in
    let layout = layouts[index % layouts.count], seed = UInt64(index + 1)
    return (
      "\(size.0) x \(size.1), \(layout), seed \(seed)",
      DrawnFrames.patches(size.0, size.1, chroma: layout, seed: seed)
    )
  }

  @Test func measurementsKeepTheContract() {
    for analyzer in Self.analyzers {
      for (name, frame) in Self.frames {
        let place = "\(analyzer.procedure.name): \(name)"
        let measurement = analyzer.measure(frame, wantsHeatMaps: true)
        #expect(measurement.hazards.map(\.hazard) == analyzer.thresholds.hazards, "\(place)")
        for item in measurement.hazards {
          #expect(item.threshold == analyzer.thresholds[item.hazard], "\(place)")
          if !item.isSeen { #expect(item.regions.isEmpty, "\(place): regions of a hazard that is not seen") }
          expectRegions(item.regions, of: item.hazard, place)
          #expect(
            item.regions.map(\.score) == item.regions.map(\.score).sorted(by: >), "\(place): strongest first")
        }
        #expect((measurement.vehicleCount ?? 0) >= 0, "\(place)")
        let quality = measurement.quality
        #expect((0...255).contains(quality.meanLuma) && (0...127.5).contains(quality.contrast), "\(place)")
        #expect((0...255).contains(quality.sharpness), "\(place)")
        #expect(measurement.signature.samples.allSatisfy { (0...4080).contains($0) }, "\(place)")
        expectHeatMaps(measurement, place)
      }
    }
  }

  private func expectRegions(_ regions: [HazardRegion], of hazard: HazardKind, _ place: String) {
    for region in regions {
      let box = region.box
      #expect(region.hazard == hazard, "\(place)")
      #expect(box.x >= 0 && box.y >= 0 && box.width > 0 && box.height > 0, "\(place): \(box)")
      #expect(box.x + box.width <= 1 + 1e-12 && box.y + box.height <= 1 + 1e-12, "\(place): \(box)")
    }
  }

  private func expectHeatMaps(_ measurement: FrameMeasurement, _ place: String) {
    let hazards = measurement.heatMaps.map(\.hazard)
    #expect(hazards == Array(Set(hazards)).sorted() && !hazards.isEmpty, "\(place)")
    for map in measurement.heatMaps {
      #expect(map.widthPixels > 0 && map.heightPixels > 0, "\(place)")
      guard let item = measurement[map.hazard] else {
        Issue.record("\(place): a heat map of \(map.hazard), which is not judged")
        continue
      }
      for region in item.regions {
        let columns = Self.cells(region.box.x, region.box.width, map.widthPixels)
        let rows = Self.cells(region.box.y, region.box.height, map.heightPixels)
        let hottest = rows.flatMap { row in columns.map { map.samples[row * map.widthPixels + $0] } }.max()
        #expect((hottest ?? 0) >= 128, "\(place): nothing hot in a region of \(map.hazard)")
      }
    }
  }

  /// The cells of a map that a part of the picture's side touches.
  private static func cells(_ start: Double, _ length: Double, _ count: Int) -> Range<Int> {
    let first = min(count - 1, Int(start * Double(count)))
    return first..<max(first + 1, min(count, Int(((start + length) * Double(count)).rounded(.up))))
  }

  @Test func heatMapsCostNothingUnlessAskedFor() {
    for analyzer in Self.analyzers {
      for (name, frame) in Self.frames {
        var withMaps = analyzer.measure(frame, wantsHeatMaps: true)
        let without = analyzer.measure(frame, wantsHeatMaps: false)
        #expect(without.heatMaps.isEmpty, "\(name)")
        withMaps.heatMaps = []
        #expect(
          withMaps == without, "\(analyzer.procedure.name): \(name): asking for maps changes the result")
      }
    }
  }

  /// A worker's memory carries nothing from one frame to the next, whatever came before.
  @Test func aUsedWorkspaceChangesNothing() {
    for analyzer in Self.analyzers {
      var workspace = AnalysisWorkspace()
      for (name, frame) in Self.frames + Self.frames.reversed() {
        let used = analyzer.measure(frame, wantsHeatMaps: true, workspace: &workspace)
        #expect(used == analyzer.measure(frame, wantsHeatMaps: true), "\(analyzer.procedure.name): \(name)")
      }
    }
  }

  @Test(arguments: KernelTier.allCases.filter(\.isSupported)) func everyTierMeasuresTheSame(tier: KernelTier)
  {
    let pairs: [(any HazardAnalyzer, any HazardAnalyzer)] = [
      (TileAnalyzer(tier: .portable), TileAnalyzer(tier: tier)),
      (FixedTestAnalyzer(tier: .portable), FixedTestAnalyzer(tier: tier)),
    ]
    for (reference, subject) in pairs {
      #expect(reference.procedure == subject.procedure)
      for (name, frame) in Self.frames {
        #expect(
          reference.measure(frame, wantsHeatMaps: true) == subject.measure(frame, wantsHeatMaps: true),
          "\(subject.procedure.name) on \(tier): \(name)")
      }
    }
  }

  @Test func procedureNamesTheParameters() {
    for analyzer in Self.analyzers {
      let hash = analyzer.procedure.parametersHash
      #expect(hash.count == 16 && hash.allSatisfy { "0123456789abcdef".contains($0) }, "\(hash)")
      #expect(!analyzer.procedure.name.isEmpty && !analyzer.procedure.version.isEmpty)
    }
  }
}
