import FrameMemory
import HazardAnalysis
import ImageCodecs
import InspectionModel
import TestSupport
import Testing

@Suite struct FixedTestAnalyzerTests {
  private static func color(of hazard: HazardKind) -> RGBColor {
    let marker = FixedTestAnalyzer.markers.first { $0.hazard == hazard }!
    return RGBColor(red: marker.red, green: marker.green, blue: marker.blue)
  }

  @Test(arguments: FixedTestAnalyzer.markers.map(\.hazard))
  func aDrawnMarkerIsFoundAtItsBox(hazard: HazardKind) throws {
    for chroma in [ChromaLayout.ycbcr444, .ycbcr422, .ycbcr420] {
      let drawn = DrawnFrames.make(
        256, 192, chroma: chroma, background: RGBColor(red: 110, green: 120, blue: 100),
        boxes: [(x: 64..<112, y: 32..<80, color: Self.color(of: hazard))])
      // As drawn, and through a JPEG.
      let pool = FramePool(slabCount: 1, slabBytes: 1 << 20)
      let decoded = try ImageDecoder().decode(try ImageEncoder().jpeg(drawn), into: pool).frame
      for frame in [drawn, decoded] {
        let measurement = FixedTestAnalyzer().measure(frame, wantsHeatMaps: true)
        #expect(measurement.hazards.filter(\.isSeen).map(\.hazard) == [hazard])
        let regions = measurement[hazard]!.regions
        #expect(
          regions.map(\.box) == [NormalizedBox(x: 0.25, y: 32.0 / 192, width: 48.0 / 256, height: 0.25)])
        #expect(measurement.vehicleCount == (hazard == .congestion ? 1 : 0))
        let map = measurement.heatMaps.first { $0.hazard == hazard }!
        #expect(map.samples.count { $0 >= 128 } == 36)
      }
    }
  }

  @Test func eachSeparateMarkerIsARegion() {
    let blue = Self.color(of: .congestion)
    let frame = DrawnFrames.make(
      320, 160, background: .white,
      boxes: [
        (x: 16..<32, y: 16..<32, color: blue), (x: 160..<192, y: 16..<48, color: blue),
        (x: 16..<48, y: 112..<136, color: blue), (x: 240..<272, y: 80..<112, color: Self.color(of: .water)),
      ])
    let measurement = FixedTestAnalyzer().measure(frame)
    #expect(measurement.vehicleCount == 3)
    #expect(measurement[.congestion]!.regions.map(\.box.x) == [0.05, 0.5, 0.05])
    #expect(measurement[.water]!.regions.count == 1)
    #expect(measurement[.fireSmoke]!.isSeen == false)
  }

  @Test func aGreyFrameShowsNothing() {
    let measurement = FixedTestAnalyzer().measure(DrawnFrames.grey(64, 64, luma: 90))
    #expect(measurement.hazards.allSatisfy { !$0.isSeen } && measurement.vehicleCount == 0)
  }
}
