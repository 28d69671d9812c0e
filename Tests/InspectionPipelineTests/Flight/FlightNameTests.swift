import Foundation
import InspectionPipeline
import Testing

@Suite struct FlightNameTests {
  @Test(arguments: [
    ("/data/2026-11-24-degan", "2026-11-24-degan"), ("/data/degan/", "degan"), ("/data/./degan/.", "degan"),
    ("/data/degan/100MEDIA", "degan/100MEDIA"), ("/data/degan/DCIM/100MEDIA", "degan/100MEDIA"),
    ("/data/degan/DCIM", "degan/DCIM"), ("/DCIM/100MEDIA", "100MEDIA"), ("/data/100media1", "100media1"),
    ("/data/渡口 北岸", "渡口 北岸"), ("/", "/"),
  ]) func theFolderNamesTheFlight(path: String, name: String) {
    #expect(FlightName.of(URL(filePath: path, directoryHint: .isDirectory)) == name)
  }
}
